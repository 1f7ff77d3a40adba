import { z } from 'zod';
import { listNamedImages } from '../hss/named-images.js';
import { checkTimes, refuseNotExpressible } from '../images/filters.js';
import { failureAdvice } from '../present/failed-scans.js';
import { IMAGE_COLUMNS, imageNotes } from '../present/image.js';
import { incompleteMatch, notesOnNames } from '../present/names.js';
import { COVERAGE, LOOKED_IN_PROJECT_0 } from '../present/notes.js';
import { plural } from '../present/readable.js';
import { PAGE_FIELDS } from '../present/result.js';
import { tableOf } from '../present/table.js';
import { filterFields, id, pageFields, scopeFields, scopeOf, text } from './fields.js';
import { defineTool } from './tool.js';

/** Smallest page that HSS allows. A smaller one is cut here. */
const HSS_LEAST_LIMIT = 10;

const name = (meaning: string, most = 64) => text(most).optional().describe(`Filter: ${meaning}`);
const exact = (meaning: string) => id(64).optional().describe(`Filter: exact ${meaning}`);

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
  host_id: exact('id of a host that holds the image.'),
  host_ip: exact('IPv4 address, public or private, of a host that holds the image.'),
  container_id: exact('container id.'),
  container_name: name('part of a container name, case-sensitive.'),
  pod_id: exact('pod id.'),
  pod_name: name('part of a pod name, case-sensitive.', 63),
  app_name: name('part of the name of software contained in the image, case-sensitive.'),
  has_container: z.boolean().optional().describe('Filter: whether containers run from the image.'),
  ...scopeFields,
  ...pageFields,
});

const output = {
  images: z.array(z.looseObject({ image_id: z.string().optional(), image_name: z.string().optional() })),
  ...PAGE_FIELDS,
  coverage: z.string().describe('What the scans behind the counts do not look at.'),
};

/** Lists local images and the state of their scans (ListImageLocal). */
export const listLocalImages = defineTool({
  name: 'list_local_images',
  title: 'List local images',
  description:
    'Lists the container images that lie on the hosts protected by Huawei Cloud HSS, with scan state, vulnerability counts, ' +
    'and why an image cannot be scanned or its scan failed. Use it first to find images (all filters combine), and pass ' +
    'image_id, image_digest, image_name and image_version of its rows to batch_scan_local_image unchanged. Rows come in the ' +
    'order of HSS, 20 a page. If the list is empty, try enterprise_project_id all_granted_eps.',
  readOnly: true,
  input,
  output,
  example: { scan_status: 'unscan', enterprise_project_id: 'all_granted_eps' },

  async run(arguments_, context) {
    checkTimes(arguments_);
    refuseNotExpressible(arguments_);
    const { region: _region, enterprise_project_id: _project, offset = 0, limit = 20, ...filters } = arguments_;
    const scope = scopeOf(arguments_, context);
    const query = { ...filters, offset, limit: Math.max(limit, HSS_LEAST_LIMIT) };
    const { total_num, data_list, matchedHere, unmatched } = await listNamedImages(context.hss, query, scope);
    const images = data_list.slice(0, limit);
    return {
      scope,
      summary: `${plural(total_num, 'local image')} match.`,
      facts: { coverage: COVERAGE },
      tables: [tableOf('images', images, IMAGE_COLUMNS, { total: total_num, page: { offset, limit } })],
      notes: [
        ...notesOn(total_num, offset, scope.enterpriseProjectId),
        ...notesOnNames(matchedHere, unmatched),
        ...failureAdvice(images),
        ...imageNotes(images),
      ],
      incomplete: matchedHere && incompleteMatch(matchedHere),
      next:
        images.length === 0
          ? 'Change the filters or the enterprise project and list again.'
          : 'To scan, call batch_scan_local_image with image_info_list: image_id, image_digest, image_name and image_version of rows, unchanged.',
    };
  },
});

function notesOn(total: number, offset: number, enterpriseProjectId: string | undefined): string[] {
  if (total > 0) return offset >= total ? [`offset ${offset} is beyond the last of ${total} rows.`] : [];
  if (enterpriseProjectId === undefined) return [LOOKED_IN_PROJECT_0];
  return ['No image matches. Filters are case-sensitive; try fewer of them, or another region.'];
}
