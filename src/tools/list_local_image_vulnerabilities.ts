import { z } from 'zod';
import { ofAllImages, ofOneImage } from '../findings/listing.js';
import { HANDLE_STATUSES, SEVERITIES, VUL_TYPES } from '../hss/models.js';
import { LOOKED_IN_PROJECT_0 } from '../present/notes.js';
import { plural } from '../present/readable.js';
import { PAGE_FIELDS } from '../present/result.js';
import { tableOf } from '../present/table.js';
import { VULNERABILITY_COLUMNS } from '../present/vulnerability.js';
import { quoted } from '../text/clean.js';
import { pageFields, scopeFields, scopeOf } from './fields.js';
import { defineTool } from './tool.js';

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
    const { rows, total, more, checked } = image_id
      ? await ofOneImage(image_id, filter, page, scope, context.hss)
      : await ofAllImages(filter, page, scope, context.hss);
    const counted = total === undefined ? 'Vulnerabilities' : plural(total, 'vulnerability', 'vulnerabilities');
    return {
      scope,
      summary: `${counted} (${filter.handle_status}) in ${image_id ? `image ${quoted(image_id)}` : 'all local images'}, worst first.`,
      tables: [tableOf('vulnerabilities', rows, VULNERABILITY_COLUMNS, { total, page: { ...page, more } })],
      incomplete: checked && {
        ...checked,
        why: 'HSS has to be asked about each vulnerability',
      },
      notes: [
        ...(checked ? [capNote(checked.read)] : []),
        ...(rows.length === 0 ? emptyNotes(scope.enterpriseProjectId) : []),
      ],
      next:
        rows.length === 0
          ? 'Change the filters, or look at the scan states with list_local_images.'
          : 'For affected packages and how to fix one, call get_vulnerability_details with vul_id and type of a row.',
    };
  },
});

const capNote = (read: number) =>
  `Only the ${read} worst vulnerabilities were checked; the image may have more. ` +
  'Narrow it with severity_level, type or cve_id.';

function emptyNotes(enterpriseProjectId: string | undefined): string[] {
  return [
    'None matches. That is no proof of safety: only scanned images count, and a local scan covers vulnerabilities and software only.',
    ...(enterpriseProjectId === undefined ? [LOOKED_IN_PROJECT_0] : []),
  ];
}
