import { z } from 'zod';
import { badInput } from '../failure.js';
import { COVERAGE, failureAdvice, IMAGE_COLUMNS, imageLine, presentImage } from '../present/image.js';
import { plural } from '../present/readable.js';
import { fitRows } from '../present/result.js';
import { fence } from '../text/clean.js';
import {
  checkTimes,
  filterFields,
  LOOKED_IN_PROJECT_0,
  loneBounds,
  pageFields,
  scopeFields,
  scopeOf,
} from './fields.js';
import { defineTool } from './tool.js';

/** Smallest page that HSS allows. A smaller one is cut here. */
const HSS_LEAST_LIMIT = 10;

const name = (meaning: string, most = 64) => z.string().max(most).optional().describe(`Filter: ${meaning}`);

const input = z.strictObject({
  ...filterFields,
  image_name: filterFields.image_name.describe('Filter: part of the image name, case-sensitive.'),
  image_version: filterFields.image_version.describe('Filter: image version (tag); only together with image_name.'),
  scan_status: z
    .enum(['unscan', 'success', 'scanning', 'failed', 'waiting_for_scan'])
    .optional()
    .describe('Filter: state of the last scan. unscan means never scanned.'),
  has_vul: z
    .boolean()
    .optional()
    .describe('Filter: with (true) or without (false) vulnerabilities; only scanned images match.'),
  host_name: name('part of the name of a host that holds the image, case-sensitive.'),
  host_id: name('exact id of a host that holds the image.'),
  host_ip: name('exact IPv4 address, public or private, of a host that holds the image.'),
  container_id: name('exact container id.'),
  container_name: name('part of a container name, case-sensitive.'),
  pod_id: name('exact pod id.'),
  pod_name: name('part of a pod name, case-sensitive.', 63),
  app_name: name('part of the name of software contained in the image, case-sensitive.'),
  has_container: z.boolean().optional().describe('Filter: whether containers run from the image.'),
  ...scopeFields,
  ...pageFields,
});

const output = z.looseObject({
  images: z.array(z.looseObject({ image_id: z.string().optional(), image_name: z.string().optional() })),
  total_num: z.int().describe('All images that match, not only those shown.'),
  next_offset: z.int().optional().describe('offset of the next page; absent on the last one.'),
  truncated: z.boolean().describe('Whether rows that match are not shown.'),
  region: z.string(),
  enterprise_project_id: z.string(),
  coverage: z.string().describe('What the scans behind the counts do not look at.'),
  notes: z.array(z.string()).optional(),
  next: z.string(),
});

type Input = z.output<typeof input>;

/** Lists local images and the state of their scans (ListImageLocal). */
export const listLocalImages = defineTool({
  name: 'list_local_images',
  title: 'List local images',
  description:
    'Lists the container images that lie on the hosts protected by Huawei Cloud HSS, with scan state, vulnerability counts, ' +
    'size, and why an image cannot be scanned or its scan failed. Use it first to find images (all filters combine), and pass ' +
    'image_id, image_digest, image_name and image_version of its rows to batch_scan_local_image unchanged. Rows come in the ' +
    'order of HSS, 20 a page. If the list is empty, try enterprise_project_id all_granted_eps.',
  readOnly: true,
  input,
  output,
  example: { scan_status: 'unscan', enterprise_project_id: 'all_granted_eps' },

  async run(arguments_, context) {
    refuseWhatHssIgnores(arguments_);
    checkTimes(arguments_);
    const { region: _region, enterprise_project_id: _project, offset = 0, limit = 20, ...filters } = arguments_;
    const scope = scopeOf(arguments_, context);
    const query = { ...filters, offset, limit: Math.max(limit, HSS_LEAST_LIMIT) };
    const { total_num, data_list } = await context.hss.listImageLocal(query, scope);

    return fitRows(data_list.slice(0, limit), (shown) => {
      const nextOffset = offset + shown.length;
      const truncated = nextOffset < total_num && data_list.length > 0;
      const notes = notesOn(total_num, offset, scope.enterpriseProjectId);
      const advice = failureAdvice(shown);
      const next = nextStep(shown.length, truncated ? nextOffset : undefined);
      return {
        structured: {
          images: shown.map(presentImage),
          total_num,
          ...(truncated && { next_offset: nextOffset }),
          truncated,
          region: scope.region,
          enterprise_project_id: scope.enterpriseProjectId ?? '0',
          coverage: COVERAGE,
          ...(notes.length > 0 && { notes }),
          next,
        },
        text: [
          `${plural(total_num, 'local image')} in region ${scope.region}, enterprise project ${scope.enterpriseProjectId ?? '0'}` +
            ` match; ${shown.length === 0 ? 'none shown' : `rows ${offset + 1} to ${nextOffset} shown`}.`,
          ...notes,
          ...(shown.length > 0 ? [fence([IMAGE_COLUMNS, ...shown.map(imageLine)]), COVERAGE] : []),
          ...advice,
          next,
        ].join('\n'),
      };
    });
  },
});

/** HSS silently drops a lone time bound and a version without a name; the caller would take the answer for filtered. */
function refuseWhatHssIgnores(filters: Input): void {
  const [lone] = loneBounds(filters);
  if (lone) {
    const [given, missing] = lone;
    throw badInput(`${given} is given without ${missing}; HSS ignores half a range.`, `Give ${missing} too.`);
  }
  if (filters.image_version !== undefined && filters.image_name === undefined) {
    throw badInput('image_version is given without image_name; HSS ignores it then.', 'Give image_name too.');
  }
  for (const range of ['update', 'scan'] as const) {
    const [start, end] = [filters[`start_latest_${range}_time`], filters[`end_latest_${range}_time`]];
    if (start !== undefined && start === end) {
      throw badInput(
        `start_latest_${range}_time equals end_latest_${range}_time; HSS ignores such a range.`,
        `Give an end_latest_${range}_time that is later.`,
      );
    }
  }
}

function notesOn(total: number, offset: number, enterpriseProjectId: string | undefined): string[] {
  if (total > 0) return offset >= total ? [`offset ${offset} is beyond the last of ${total} rows.`] : [];
  if (enterpriseProjectId === undefined) {
    return [LOOKED_IN_PROJECT_0];
  }
  return ['No image matches. Filters are case-sensitive; try fewer of them, or another region.'];
}

function nextStep(shown: number, nextOffset: number | undefined): string {
  if (shown === 0) return 'Change the filters or the enterprise project and list again.';
  const more = nextOffset === undefined ? '' : `For more rows call list_local_images again with offset ${nextOffset}. `;
  return (
    `${more}To scan images, call batch_scan_local_image with image_info_list: image_id, image_digest, image_name and ` +
    'image_version of the wanted rows, unchanged.'
  );
}
