import { z } from 'zod';
import type { IndexedImage } from '../findings/image-table.js';
import { type ListingFilter, ofOneImage } from '../findings/listing.js';
import { worstFirst } from '../findings/worst-first.js';
import type { CallScope } from '../hss/client.js';
import { HANDLE_STATUSES, SEVERITIES, VUL_TYPES } from '../hss/models.js';
import { incompleteOf, stoppedBy } from '../present/completeness.js';
import { LOOKED_IN_PROJECT_0 } from '../present/notes.js';
import { plural, readableTime } from '../present/readable.js';
import { PAGE_FIELDS } from '../present/result.js';
import { tableOf } from '../present/table.js';
import { VULNERABILITY_COLUMNS } from '../present/vulnerability.js';
import { quoted } from '../text/clean.js';
import { id, imageId, pageFields, scopeFields, scopeOf, text } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

const input = z.strictObject({
  image_id: imageId.optional().describe('Only vulnerabilities of this image. Without it those of all local images.'),
  severity_level: z.enum(SEVERITIES).optional().describe('Filter: severity. Default all, worst first.'),
  type: z
    .enum(VUL_TYPES)
    .optional()
    .describe('Filter: linux_vul (system packages) or app_vul (applications). Default both.'),
  cve_id: id(256).optional().describe('Filter: CVE number, e.g. CVE-2021-44228.'),
  vul_id: id(256).optional().describe('Filter: vulnerability id of HSS.'),
  vul_name: text(256).optional().describe('Filter: name of the vulnerability.'),
  handle_status: z
    .enum(HANDLE_STATUSES)
    .optional()
    .describe('Filter: whether somebody has dealt with it. Default unhandled.'),
  ...scopeFields,
  ...pageFields,
});

const output = {
  vulnerabilities: z.array(z.looseObject({ vul_id: z.string().optional(), type: z.string().optional() })),
  ...PAGE_FIELDS,
};

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
    const filter = { ...filters, handle_status: filters.handle_status ?? ('unhandled' as const) };
    const page = { offset, limit };
    const found = image_id ? await ofImage(image_id, filter, scope, context) : await ofAll(filter, scope, context);
    const { rows, images, incomplete } = found;
    const where = image_id ? `image ${quoted(image_id)}` : 'all local images';
    const counted = plural(rows.length, 'vulnerability', 'vulnerabilities');
    return {
      scope,
      summary:
        `${counted} (${filter.handle_status}) ${incomplete ? 'read so far' : ''} in ${where}, worst first.`.replace(
          '  ',
          ' ',
        ),
      tables: [
        tableOf('vulnerabilities', rows.slice(offset, offset + limit), VULNERABILITY_COLUMNS, {
          page: { ...page, more: offset + limit < rows.length },
          // How many there are is not known before all was read.
          total: incomplete ? undefined : rows.length,
        }),
      ],
      notes: [...images.map(scanNote), ...(rows.length === 0 ? emptyNotes(scope.enterpriseProjectId) : [])],
      incomplete,
      next:
        rows.length === 0
          ? 'Change the filters, or look at the scan states with list_local_images.'
          : 'For affected packages and how to fix one, call get_vulnerability_details with vul_id and type of a row.',
    };
  },
});

/** Those of all images; what could be read is kept when HSS lets no more be read now. */
async function ofAll(filter: ListingFilter, scope: CallScope, { hss }: ToolContext) {
  const { rows, total, failure } = await worstFirst(hss, filter, scope);
  return { rows, images: [], incomplete: failure && stoppedBy(failure, rows.length, total) };
}

async function ofImage(image_id: string, filter: ListingFilter, scope: CallScope, { hss, findings }: ToolContext) {
  const { region, enterpriseProjectId } = scope;
  const projectId = await hss.projectId(region, scope);
  const index = findings.of({ region, projectId, enterpriseProjectId });
  const { rows, images, completeness } = await ofOneImage(index, image_id, filter, scope);
  return { rows, images, incomplete: incompleteOf(completeness) };
}

/** What an answer about an image rests on: what is absent was absent when it was scanned. */
function scanNote({ row }: IndexedImage): string {
  const scanned = readableTime(row.latest_scan_time);
  return scanned ? `The image was scanned at ${scanned}.` : 'The image was never scanned: nothing is known about it.';
}

function emptyNotes(enterpriseProjectId: string | undefined): string[] {
  return [
    'None matches. That is no proof of safety: only scanned images count, and a local scan covers vulnerabilities and software only.',
    ...(enterpriseProjectId === undefined ? [LOOKED_IN_PROJECT_0] : []),
  ];
}
