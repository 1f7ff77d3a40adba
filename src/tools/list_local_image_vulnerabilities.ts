import { z } from 'zod';
import { inParallel } from '../call/parallel.js';
import { countVulnerabilities, type VulnerabilityFilter, worstFirst } from '../findings/worst-first.js';
import type { CallScope } from '../hss/client.js';
import { type GeneralImageVul, HANDLE_STATUSES, SEVERITIES, VUL_TYPES } from '../hss/models.js';
import { plural } from '../present/readable.js';
import { fitRows } from '../present/result.js';
import { presentVulnerability, VULNERABILITY_COLUMNS, vulnerabilityLine } from '../present/vulnerability.js';
import { fence, quoted } from '../text/clean.js';
import { LOOKED_IN_PROJECT_0, pageFields, scopeFields, scopeOf } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

/** Vulnerabilities that are checked at most for one image: each costs a call. */
const MOST_CHECKED = 300;
const CHECKED_AT_ONCE = 8;

const input = z.strictObject({
  image_id: z
    .string()
    .max(256)
    .optional()
    .describe('Only vulnerabilities of this image. Without it those of all local images.'),
  severity_level: z.enum(SEVERITIES).optional().describe('Filter: severity. Default all, worst first.'),
  type: z
    .enum(VUL_TYPES)
    .optional()
    .describe('Filter: linux_vul (system packages) or app_vul (applications). Default both.'),
  cve_id: z.string().max(256).optional().describe('Filter: CVE number, e.g. CVE-2021-44228.'),
  vul_id: z.string().max(256).optional().describe('Filter: vulnerability id of HSS.'),
  vul_name: z.string().max(256).optional().describe('Filter: name of the vulnerability.'),
  handle_status: z
    .enum(HANDLE_STATUSES)
    .optional()
    .describe('Filter: whether somebody has dealt with it. Default unhandled.'),
  ...scopeFields,
  ...pageFields,
});

const output = z.looseObject({
  vulnerabilities: z.array(z.looseObject({ vul_id: z.string().optional(), type: z.string().optional() })),
  total_num: z.int().optional().describe('All that match; absent when not all could be checked.'),
  next_offset: z.int().optional().describe('offset of the next page; absent on the last one.'),
  truncated: z.boolean(),
  region: z.string(),
  enterprise_project_id: z.string(),
  notes: z.array(z.string()),
  next: z.string(),
});

/** Rows from `offset` on, and how many there are in all, where that is known. */
interface Found {
  readonly rows: readonly GeneralImageVul[];
  readonly total: number | undefined;
  readonly more: boolean;
  readonly notes: readonly string[];
}

/** Lists vulnerabilities of local images, worst first (ListGeneralImageVuls, ListVulAffectImages). */
export const listLocalImageVulnerabilities = defineTool({
  name: 'list_local_image_vulnerabilities',
  title: 'List vulnerabilities of local images',
  description:
    'Lists the vulnerabilities that scans found in local images, worst first: Critical, High, Medium, Low, with CVEs, scores ' +
    'and the fix. With image_id only those of one image. Take vul_id and type of a row to get_vulnerability_details. ' +
    'Images that were never scanned contribute nothing.',
  readOnly: true,
  input,
  output,
  example: { image_id: 'ID', severity_level: 'Critical' },

  async run(arguments_, context) {
    const {
      region: _region,
      enterprise_project_id: _project,
      image_id,
      offset = 0,
      limit = 20,
      ...filters
    } = arguments_;
    const scope = scopeOf(arguments_, context);
    const filter: VulnerabilityFilter = { ...filters, handle_status: filters.handle_status ?? 'unhandled' };
    const { rows, total, more, notes } = image_id
      ? await ofOneImage(image_id, filter, offset, limit, scope, context)
      : await ofAllImages(filter, offset, limit, scope, context);
    const where = image_id ? `image ${quoted(image_id)}` : 'all local images';

    return fitRows(rows, (shown) => {
      const nextOffset = offset + shown.length;
      const truncated = more || shown.length < rows.length;
      const next = nextStep(shown.length, truncated && shown.length > 0 ? nextOffset : undefined);
      const counted = total === undefined ? 'Vulnerabilities' : plural(total, 'vulnerability', 'vulnerabilities');
      const said = [...notes, ...(rows.length === 0 ? emptyNotes(scope.enterpriseProjectId) : [])];
      return {
        structured: {
          vulnerabilities: shown.map(presentVulnerability),
          ...(total !== undefined && { total_num: total }),
          ...(truncated && { next_offset: nextOffset }),
          truncated,
          region: scope.region,
          enterprise_project_id: scope.enterpriseProjectId ?? '0',
          notes: said,
          next,
        },
        text: [
          `${counted} (${filter.handle_status}) in ${where}, region ${scope.region}, worst first; ` +
            `${shown.length === 0 ? 'none shown' : `rows ${offset + 1} to ${nextOffset} shown`}.`,
          ...(shown.length > 0 ? [fence([VULNERABILITY_COLUMNS, ...shown.map(vulnerabilityLine)])] : []),
          ...said,
          `Next: ${next}`,
        ].join('\n'),
      };
    });
  },
});

async function ofAllImages(
  filter: VulnerabilityFilter,
  offset: number,
  limit: number,
  scope: CallScope,
  { hss }: ToolContext,
): Promise<Found> {
  const total = await countVulnerabilities(hss, filter, scope);
  const rows: GeneralImageVul[] = [];
  for await (const row of worstFirst(hss, filter, { skip: offset, pageSize: limit }, scope)) {
    rows.push(row);
    if (rows.length === limit) break;
  }
  return { rows, total, more: offset + rows.length < total && rows.length > 0, notes: [] };
}

/** HSS has no call for the vulnerabilities of one local image: each vulnerability is asked whether the image has it. */
async function ofOneImage(
  imageId: string,
  filter: VulnerabilityFilter,
  offset: number,
  limit: number,
  scope: CallScope,
  { hss }: ToolContext,
): Promise<Found> {
  const isAffected = async ({ vul_id, type }: GeneralImageVul) => {
    const kind = VUL_TYPES.find((known) => known === type);
    if (!vul_id || !kind) return false;
    const query = { vul_id, type: kind, is_handled: filter.handle_status === 'handled', image_id: imageId };
    const { data_list } = await hss.listVulAffectImages(query, scope);
    return data_list.some((image) => image.image_id === imageId);
  };
  const found: GeneralImageVul[] = [];
  let checked = 0;
  let complete = true;
  const check = async (batch: readonly GeneralImageVul[]) => {
    const affected = await inParallel(batch, CHECKED_AT_ONCE, isAffected);
    found.push(...batch.filter((_, index) => affected[index]));
    checked += batch.length;
  };
  let batch: GeneralImageVul[] = [];
  for await (const row of worstFirst(hss, filter, { skip: 0, pageSize: MOST_CHECKED }, scope)) {
    if (checked + batch.length === MOST_CHECKED) {
      complete = false;
      break;
    }
    batch.push(row);
    if (batch.length < CHECKED_AT_ONCE) continue;
    await check(batch);
    batch = [];
  }
  await check(batch);
  const rows = found.slice(offset, offset + limit);
  const cap =
    `Only the ${MOST_CHECKED} worst vulnerabilities were checked, because HSS has to be asked about each one; ` +
    'the image may have more. Narrow it with severity_level, type or cve_id.';
  return {
    rows,
    total: complete ? found.length : undefined,
    more: offset + rows.length < found.length,
    notes: complete ? [] : [cap],
  };
}

function emptyNotes(enterpriseProjectId: string | undefined): string[] {
  return [
    'None matches. That is no proof of safety: only scanned images count, and a local scan covers vulnerabilities and software only.',
    ...(enterpriseProjectId === undefined ? [LOOKED_IN_PROJECT_0] : []),
  ];
}

function nextStep(shown: number, nextOffset: number | undefined): string {
  if (shown === 0) return 'Change the filters, or look at the scan states with list_local_images.';
  const more =
    nextOffset === undefined
      ? ''
      : `For more rows call list_local_image_vulnerabilities again with offset ${nextOffset}. `;
  return `${more}For affected packages and how to fix one, call get_vulnerability_details with vul_id and type of a row.`;
}
