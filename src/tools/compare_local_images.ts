import { z } from 'zod';
import { badInput } from '../failure.js';
import { beside } from '../findings/beside.js';
import { type Comparison, compareImages, compareWithEarlier } from '../findings/compare.js';
import type { FindingsView } from '../findings/findings-index.js';
import type { IndexedImage } from '../findings/image-table.js';
import { presenceOf } from '../findings/presence.js';
import { atLeast, type IndexedVulnerability } from '../findings/vulnerability-table.js';
import type { CallScope } from '../hss/client.js';
import { type LocalImage, SEVERITIES, type Severity } from '../hss/models.js';
import { findOne } from '../images/find.js';
import { wasScanned } from '../images/state.js';
import { blindNote, type ComparedLists, type ComparedRow, comparedTables } from '../present/comparison.js';
import { asOf, incompleteOf } from '../present/completeness.js';
import { tableOf, timeColumn } from '../present/table.js';
import { words } from '../words/words.js';
import { id, indexOf, scopeFields, scopeOf } from './fields.js';
import { defineTool } from './tool.js';

/** So many packages are looked up, one request each, where nothing holds requests back. */
const MOST_PACKAGES = 16;

const name = id(512).optional();
/** The fields of a row that name an image; what they are is told where they are first met. */
const imageFields = { image_id: name, image_digest: name, image_name: name, image_version: name };

const input = z.strictObject({
  after: z.strictObject(imageFields).describe('The image after, by the fields of its row; image_name helps.'),
  before: z.strictObject(imageFields).optional().describe('The image before. Either this or vul_ids.'),
  vul_ids: z
    .array(id(256))
    .min(1)
    .max(500)
    .optional()
    .describe('Ids of earlier findings, where the image before is gone. CVE numbers are taken, too.'),
  severity_level: z.enum(SEVERITIES).optional().describe('Only findings of at least this severity. Default all.'),
  ...scopeFields,
});

const rows = z.array(z.looseObject({}));
const output = {
  images: rows,
  gone: rows,
  new: rows,
  still_open: rows,
  handled: rows,
  not_observable: rows.describe('Not told whether it is there, with the reason; never to be taken for gone.'),
  counts: z.looseObject({}),
  as_of: z.string().optional().describe('Age of the oldest part.'),
};

/** Compares the open findings of two images, or of one with earlier ones (the index of findings). */
export const compareLocalImages = defineTool({
  name: 'compare_local_images',
  title: 'Compare local images',
  description:
    'Tells what a rebuild or an upgrade changed: the open vulnerabilities of the image before that are gone in the image ' +
    'after, the new ones, and those still open; handled ones (ignored, white list) and those that cannot be told stand apart ' +
    'with the reason. Where the image before is gone, give the vul_ids that it had: then new stays empty. The image after ' +
    'has to be scanned first (batch_scan_local_image).',
  readOnly: true,
  input,
  output,
  example: {
    before: { image_name: 'registry/org/app', image_version: 'v1' },
    after: { image_name: 'registry/org/app', image_version: 'v2' },
  },

  async run(arguments_, context) {
    const { vul_ids: earlier, severity_level: depth = 'Low' } = arguments_;
    if ((arguments_.before === undefined) === (earlier === undefined)) {
      throw badInput(words().comparison.either, words().comparison.give_one);
    }
    const scope = scopeOf(arguments_, context);
    const afterRow = await findOne(context.hss, arguments_.after, scope);
    const beforeRow = arguments_.before && (await findOne(context.hss, arguments_.before, scope));
    const index = await indexOf(scope, context);
    const ofImages = [...(beforeRow ? [beforeRow] : []), afterRow];
    const read = await index.ask({ ofImages, ofImagesDepth: depth, handled: true, inventory: false }, scope);
    const after = imageOf(index, afterRow);
    const before = beforeRow && imageOf(index, beforeRow);
    const compared = before
      ? rowsOf(compareImages(index.store, before, after))
      : rowsOf(compareWithEarlier(index.store, known(index, earlier), after), unlisted(index, earlier, after));
    const lists = ofSeverity(compared.lists, depth);
    if (read.failure && isEmpty(lists)) throw read.failure;
    await readPackages(index, lists, before, after, scope);
    const counts = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length]));
    return {
      scope,
      summary: summaryOf(lists, before !== undefined),
      facts: { counts, ...asOf(read) },
      tables: [
        tableOf('images', before ? [before, after] : [after], [
          { name: 'role', value: (image) => (image === after ? 'after' : 'before') },
          { name: 'image_name', value: ({ row }) => row.image_name },
          { name: 'image_version', value: ({ row }) => row.image_version },
          { name: 'image_id', value: ({ row }) => row.image_id },
          { name: 'scan_status', value: ({ row }) => row.scan_status },
          timeColumn('latest_scan_time', ({ row }) => row.latest_scan_time),
          timeColumn('latest_update_time', ({ row }) => row.latest_update_time),
        ]),
        ...comparedTables(withPackages(index, lists, before, after)),
      ],
      notes: [...blindNote(compared), ...staleNotes(before, after), ...earlierNote(before)],
      next: nextOn(lists, compared.blind),
      incomplete: incompleteOf(read, { depth, lacks: 'not_observable' }),
    };
  },
});

function imageOf({ store }: FindingsView, row: LocalImage): IndexedImage {
  return store.images.find(row).find(({ listed }) => listed) ?? store.images.seen(row);
}

/** The vulnerabilities that ids of earlier findings mean: by their own id, else by CVE. */
function known({ store }: FindingsView, ids: readonly string[] = []): IndexedVulnerability[] {
  const meant = ids.flatMap((id) => {
    const own = store.vulnerabilities.matching([id], []);
    return own.length > 0 ? own : store.vulnerabilities.matching([], [id]);
  });
  return [...new Set(meant)];
}

/** Ids that HSS lists in no image any more. */
function unlisted(index: FindingsView, ids: readonly string[] = [], after: IndexedImage): Partial<ComparedLists> {
  const gone: ComparedRow[] = [];
  const not_observable: ComparedRow[] = [];
  for (const vul_id of new Set(ids)) {
    if (known(index, [vul_id]).length > 0) continue;
    const presence = presenceOf(index.store, { vul_id }, after);
    const vulnerability = { vul_id };
    if (presence.state !== 'unknown') gone.push({ vulnerability });
    else {
      const reason = presence.reason === 'never_scanned' ? 'after_never_scanned' : 'not_read';
      not_observable.push({ vulnerability, reason });
    }
  }
  return { gone, not_observable };
}

function rowsOf(comparison: Comparison, more: Partial<ComparedLists> = {}) {
  const plain = (found: readonly IndexedVulnerability[]) => found.map((vulnerability) => ({ vulnerability }));
  const lists: ComparedLists = {
    gone: [...plain(comparison.gone), ...(more.gone ?? [])],
    new: plain(comparison.new),
    still_open: comparison.stillOpen.map(({ vulnerability, as }) => ({ vulnerability, as: as?.vul_id })),
    handled: plain(comparison.handled),
    not_observable: [...comparison.notObservable, ...(more.not_observable ?? [])],
  };
  return { lists, blind: comparison.blind };
}

/** An id that HSS lists nowhere has no severity; it was asked for, and stays. */
function ofSeverity(lists: ComparedLists, depth: Severity): ComparedLists {
  const isMeant = ({ vulnerability }: ComparedRow) =>
    !('number' in vulnerability) || atLeast(vulnerability.severity, depth);
  return mapLists(lists, (rows) => rows.filter(isMeant));
}

function mapLists(
  lists: ComparedLists,
  change: (rows: readonly ComparedRow[], name: keyof ComparedLists) => readonly ComparedRow[],
): ComparedLists {
  return {
    gone: change(lists.gone, 'gone'),
    new: change(lists.new, 'new'),
    still_open: change(lists.still_open, 'still_open'),
    handled: change(lists.handled, 'handled'),
    not_observable: change(lists.not_observable, 'not_observable'),
  };
}

/** Where the packages of a list are looked up: what is gone is in the image before alone. */
function sidesOf(
  before: IndexedImage | undefined,
  after: IndexedImage,
): Partial<Record<keyof ComparedLists, IndexedImage>> {
  return { still_open: after, new: after, ...(before && { gone: before }) };
}

/** Reads a few packages that are not known yet, unless requests are held back. */
async function readPackages(
  index: FindingsView,
  lists: ComparedLists,
  before: IndexedImage | undefined,
  after: IndexedImage,
  scope: CallScope,
): Promise<void> {
  const samples = Object.entries(sidesOf(before, after)).flatMap(([name, image]) =>
    lists[name as keyof ComparedLists].flatMap((row) => {
      const found = standingFor(index, row);
      return found && !packagesIn(index, found, image) ? [{ vulnerability: found.number, image: image.number }] : [];
    }),
  );
  const few = samples.slice(0, MOST_PACKAGES);
  if (few.length === 0 || !index.isFree('ListVulAffectImageApps', few.length)) return;
  await index.ask({ inventory: false, packages: few }, beside(index, scope));
}

function withPackages(
  index: FindingsView,
  lists: ComparedLists,
  before: IndexedImage | undefined,
  after: IndexedImage,
) {
  const sides = sidesOf(before, after);
  return mapLists(lists, (rows, name) =>
    rows.map((row) => {
      const found = standingFor(index, row);
      const image = sides[name];
      return found && image ? { ...row, packages: packagesIn(index, found, image) } : row;
    }),
  );
}

/** The vulnerability under which the packages of a row are known. */
function standingFor({ store }: FindingsView, { vulnerability, as }: ComparedRow): IndexedVulnerability | undefined {
  if (as !== undefined) return store.vulnerabilities.matching([as], [])[0];
  return 'number' in vulnerability ? vulnerability : undefined;
}

function packagesIn({ store }: FindingsView, found: IndexedVulnerability, { row }: IndexedImage): string[] | undefined {
  const seen = row.image_id ? store.packages.of(found).get(row.image_id) : undefined;
  return seen?.map(({ app_name, versions }) => [app_name, ...versions].join(' '));
}

function isEmpty({ not_observable: _, ...lists }: ComparedLists): boolean {
  return Object.values(lists).every((rows) => rows.length === 0);
}

function summaryOf({ gone, new: added, still_open, not_observable }: ComparedLists, hasBefore: boolean): string {
  const { summary } = words().comparison;
  return summary(gone.length, hasBefore ? added.length : undefined, still_open.length, not_observable.length);
}

/** A scan older than the row's update is worth a word, and no more: HSS may update rows for other reasons. */
function staleNotes(before: IndexedImage | undefined, after: IndexedImage): string[] {
  const isStale = ({ row }: IndexedImage) =>
    wasScanned(row) && (row.latest_scan_time ?? 0) < (row.latest_update_time ?? 0);
  const { stale_before, stale_after } = words().comparison;
  return [...(before && isStale(before) ? [stale_before] : []), ...(isStale(after) ? [stale_after] : [])];
}

function earlierNote(before: IndexedImage | undefined): string[] {
  return before ? [] : [words().comparison.with_ids];
}

function nextOn({ still_open, new: added, not_observable }: ComparedLists, blind: Comparison['blind']): string {
  const { comparison } = words();
  if (blind) return comparison.scan_first;
  if (not_observable.length > 0) return comparison.call_again;
  return still_open.length + added.length === 0 ? comparison.nothing_open : comparison.fix;
}
