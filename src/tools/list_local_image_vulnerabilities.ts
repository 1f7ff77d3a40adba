import { z } from 'zod';
import { type IndexedImage, wasLookedInto } from '../findings/image-table.js';
import { type ListingFilter, type MeantImages, ofSomeImages } from '../findings/listing.js';
import { worstFirst } from '../findings/worst-first.js';
import type { CallScope } from '../hss/client.js';
import { HANDLE_STATUSES, SEVERITIES, VUL_TYPES } from '../hss/models.js';
import { incompleteOf, stoppedBy } from '../present/completeness.js';
import { readableTime } from '../present/readable.js';
import { type Incomplete, PAGE_FIELDS } from '../present/result.js';
import { type Column, type Table, type TablePage, tableOf } from '../present/table.js';
import { TOUCHED_COLUMNS, VULNERABILITY_COLUMNS } from '../present/vulnerability.js';
import { quoted } from '../text/clean.js';
import { forPeople } from '../text/zone.js';
import { words } from '../words/words.js';
import { chosenOf, id, imageId, indexOf, pageFields, scopeFields, selectionField, text } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

const input = z.strictObject({
  image_id: imageId.optional().describe('Only those of this image.'),
  image_name: text(512).optional().describe('Only of images whose name holds this text, case-sensitive.'),
  selection_id: selectionField,
  severity_level: z.enum(SEVERITIES).optional().describe('At least this severity.'),
  type: z.enum(VUL_TYPES).optional().describe('linux_vul (system packages) or app_vul (applications). Default both.'),
  cve_id: id(256).optional().describe('CVE number, e.g. CVE-2021-44228.'),
  vul_id: id(256).optional().describe('Vulnerability id of HSS.'),
  vul_name: text(256).optional().describe('Name of the vulnerability.'),
  handle_status: z.enum(HANDLE_STATUSES).optional().describe('Whether somebody has dealt with it. Default unhandled.'),
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
    'and the fix. With image_id, image_name or selection_id only those of some images. Take vul_id and type of a row to get_vulnerability_details. ' +
    'Images that were never scanned contribute nothing.',
  readOnly: true,
  input,
  output,
  example: { image_id: 'ID', severity_level: 'Critical' },

  async run(arguments_, context) {
    const { image_id, image_name, offset = 0, limit = 20 } = arguments_;
    const { severity_level, type, cve_id, vul_id, vul_name, handle_status = 'unhandled' } = arguments_;
    const { scope, selection } = chosenOf(arguments_, context);
    const filter = { severity_level, type, cve_id, vul_id, vul_name, handle_status };
    const isNarrowed = [image_id, image_name, selection].some((part) => part !== undefined);
    const meant = { image_id, image_name, among: selection?.images };
    const found = isNarrowed ? await ofImages(meant, filter, scope, context) : await ofAll(filter, scope, context);
    const { table, total, images, incomplete } = found({ offset, limit });
    const { vulnerabilities: said } = words();
    return {
      scope,
      summary: said.summary(total, handle_status, !incomplete, whereOf(meant, images)),
      tables: [table],
      notes: [...scanNotes(images), ...(total === 0 ? emptyNotes(scope.enterpriseProjectId) : [])],
      incomplete,
      next: total === 0 ? said.change_filters : said.details,
    };
  },
});

/** A list, ready to be cut into pages; `images` only where some were meant. */
type Listing = (page: TablePage) => {
  readonly table: Table;
  readonly total: number;
  readonly images: readonly IndexedImage[] | undefined;
  readonly incomplete: Incomplete | undefined;
};

/** Those of all images; what could be read is kept when HSS lets no more be read now. */
async function ofAll(filter: ListingFilter, scope: CallScope, { hss }: ToolContext): Promise<Listing> {
  const { rows, total, failure } = await worstFirst(hss, filter, scope);
  const incomplete = failure && stoppedBy(failure, rows.length, total);
  return (page) => ({
    table: paged(rows, VULNERABILITY_COLUMNS, page, incomplete),
    total: rows.length,
    images: undefined,
    incomplete,
  });
}

async function ofImages(
  meant: MeantImages,
  filter: ListingFilter,
  scope: CallScope,
  context: ToolContext,
): Promise<Listing> {
  const index = await indexOf(scope, context);
  const { rows, images, completeness } = await ofSomeImages(index, meant, filter, scope);
  const incomplete = incompleteOf(completeness);
  return (page) => ({
    table:
      meant.image_id === undefined
        ? paged(rows, TOUCHED_COLUMNS, page, incomplete)
        : paged(
            rows.map(({ vulnerability }) => vulnerability.row),
            VULNERABILITY_COLUMNS,
            page,
            incomplete,
          ),
    total: rows.length,
    images,
    incomplete,
  });
}

function paged<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  { offset, limit }: TablePage,
  incomplete: Incomplete | undefined,
): Table {
  return tableOf('vulnerabilities', rows.slice(offset, offset + limit), columns, {
    page: { offset, limit, more: offset + limit < rows.length },
    // How many there are is not known before all was read.
    total: incomplete ? undefined : rows.length,
  });
}

function whereOf({ image_id }: MeantImages, images: readonly IndexedImage[] | undefined): string {
  const { vulnerabilities: said } = words();
  if (image_id !== undefined) return said.one_image(quoted(image_id));
  return images ? said.images(images.length) : said.all_images;
}

/** What an answer about images rests on: what is absent was absent when they were scanned. */
function scanNotes(found: readonly IndexedImage[] = []): string[] {
  const images = found.filter(({ listed }) => listed);
  const never = images.filter(({ row }) => !wasLookedInto(row)).length;
  const [image, ...others] = images;
  const { vulnerabilities: said } = words();
  if (!image) return [];
  if (others.length === 0) {
    const scanned = readableTime(image.row.latest_scan_time);
    return [scanned ? said.scanned_at(forPeople(scanned)) : said.never_scanned];
  }
  return never > 0 ? [said.some_never_scanned(never, images.length)] : [];
}

function emptyNotes(enterpriseProjectId: string | undefined): string[] {
  const { vulnerabilities: said, notes } = words();
  return [said.none_match, ...(enterpriseProjectId === undefined ? [notes.looked_in_project_0] : [])];
}
