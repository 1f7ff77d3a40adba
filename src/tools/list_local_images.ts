import { z } from 'zod';
import { badInput } from '../failure.js';
import { asksForHosts, hostsMeant, type ImageFilter } from '../findings/chosen-images.js';
import { type Counts, countFindings } from '../findings/counts.js';
import type { FindingsView } from '../findings/findings-index.js';
import { IMAGE_SORT, listImages } from '../findings/image-list.js';
import type { IndexedImage } from '../findings/image-table.js';
import { namesOf, readHosts } from '../findings/named-hosts.js';
import type { Presence, VulnerabilityRef } from '../findings/presence.js';
import { countStandings, standingOf } from '../findings/presence-counts.js';
import type { CallScope } from '../hss/client.js';
import { type ListImageLocalQuery, type LocalImage, SEVERITIES } from '../hss/models.js';
import { listNamedImages } from '../hss/named-images.js';
import { checkTimes, meantFilters, refuseNotExpressible } from '../images/filters.js';
import { narrowedByHss } from '../images/narrow.js';
import { asOf, incompleteOf, stoppedBy } from '../present/completeness.js';
import { failureAdvice } from '../present/failed-scans.js';
import {
  imageNotes,
  LISTED_IMAGE_COLUMNS,
  type ListedImage,
  STANDING_COLUMNS,
  type StandingImage,
} from '../present/image.js';
import { incompleteMatch, notesOnNames } from '../present/names.js';
import { type Found, PAGE_FIELDS } from '../present/result.js';
import { tableOf } from '../present/table.js';
import { quoted } from '../text/clean.js';
import { ipv4Block, isIpv4 } from '../text/ipv4.js';
import { words } from '../words/words.js';
import { MOST_SELECTED, type Selection } from '../workspace/selections.js';
import { filterFields, id, indexOf, pageFields, scopeFields, scopeOf, text } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

/** Smallest page that HSS allows. A smaller one is cut here. */
const HSS_LEAST_LIMIT = 10;
const DAY_MS = 86_400_000;
/** Images without the vulnerability that was asked for are shown beside, when there are so few. */
const MOST_OTHERS = 20;

const name = (meaning: string, most = 64) => text(most).optional().describe(meaning);
const exact = (meaning: string) => id(64).optional().describe(`Exact ${meaning}`);
const addresses = id(64, (value) => (ipv4Block(value) ? undefined : words().naming.no_address));

const input = z.strictObject({
  ...filterFields,
  image_name: filterFields.image_name.describe('Part of the image name, case-sensitive.'),
  image_version: filterFields.image_version.describe('Image version (tag); only together with image_name.'),
  scan_status: z
    .enum(['unscan', 'success', 'scanning', 'failed', 'waiting_for_scan'])
    .optional()
    .describe('State of the last scan. unscan means never scanned.'),
  has_vul: z.boolean().optional().describe('Whether it has vulnerabilities; only scanned images match.'),
  host_name: name('Part of the name of a host, case-sensitive.'),
  host_id: exact('id of a host.'),
  host_ip: addresses.optional().describe('IPv4 of a host; also 192.168.3.0/24 or 192.168.3.'),
  container_id: exact('container id.'),
  container_name: name('Part of a container name, case-sensitive.'),
  pod_id: exact('pod id.'),
  pod_name: name('Part of a pod name, case-sensitive.', 63),
  app_name: name('Part of the name of software in it, case-sensitive.'),
  has_container: z.boolean().optional().describe('Whether containers run from the image.'),
  vul_id: id(256).optional().describe('Has this vulnerability (vul_id of HSS), open.'),
  cve_id: id(256).optional().describe('Has this CVE, open. Counts present, absent and not_scanned images.'),
  severity_level: z.enum(SEVERITIES).optional().describe('Has an open finding at least this severe.'),
  scan_failed_desc: z
    .array(text(256))
    .min(1)
    .max(20)
    .optional()
    .describe('The last scan failed for one of these reasons.'),
  not_scanned_for_days: z
    .number()
    .min(0)
    .max(36_500)
    .optional()
    .describe('No scan ended within so many days, or never.'),
  scannable: z.boolean().optional().describe('Whether HSS can scan it (no non_scan_reason).'),
  sort_by: z.enum(IMAGE_SORT).optional().describe('Most or latest first.'),
  include: z
    .array(z.enum(['hosts']))
    .optional()
    .describe('hosts: names of the hosts of each image.'),
  select: z
    .boolean()
    .optional()
    .describe(`Keep all that match (at most ${MOST_SELECTED}) under a selection_id for other tools.`),
  ...scopeFields,
  ...pageFields,
});

type Input = z.output<typeof input>;

const output = {
  images: z.array(z.looseObject({ image_id: z.string().optional(), image_name: z.string().optional() })),
  ...PAGE_FIELDS,
  coverage: z.string().describe('What the scans behind the counts do not look at.'),
  selection_id: z.string().optional(),
};

/** Lists local images and the state of their scans (ListImageLocal, the index of findings). */
export const listLocalImages = defineTool({
  name: 'list_local_images',
  title: 'List local images',
  description:
    'Lists the container images that lie on the hosts protected by Huawei Cloud HSS, with scan state, vulnerability counts, ' +
    'and why an image cannot be scanned or its scan failed. Use it first to find images (all filters combine), also by CVE, ' +
    'severity, failure reason or age of the scan. Pass image_id, image_digest, image_name and image_version of its rows to ' +
    'batch_scan_local_image unchanged. 20 a page. If the list is empty, try enterprise_project_id all_granted_eps.',
  readOnly: true,
  input,
  output,
  example: { scan_status: 'unscan', enterprise_project_id: 'all_granted_eps' },

  async run(given, context) {
    const arguments_ = meantFilters(given);
    checkTimes(arguments_);
    refuseNotExpressible(arguments_);
    if (arguments_.vul_id !== undefined && arguments_.cve_id !== undefined) {
      throw badInput(words().images.both_ids, words().images.one_id);
    }
    const scope = scopeOf(arguments_, context);
    const index = await indexOf(scope, context);
    return needsIndex(arguments_)
      ? ofIndex(index, arguments_, scope, context)
      : ofHss(index, arguments_, scope, context);
  },
});

/** Whether HSS has no such filter or order, so that images are matched here. */
function needsIndex(arguments_: Input): boolean {
  const { vul_id, cve_id, severity_level, scan_failed_desc, not_scanned_for_days, scannable, host_ip } = arguments_;
  const own = [vul_id, cve_id, severity_level, scan_failed_desc, not_scanned_for_days, scannable, arguments_.sort_by];
  return (
    own.some((value) => value !== undefined) ||
    arguments_.select === true ||
    !(host_ip === undefined || isIpv4(host_ip))
  );
}

/** A page as HSS gives it, in its order. */
async function ofHss(index: FindingsView, arguments_: Input, scope: CallScope, { hss }: ToolContext): Promise<Found> {
  const { offset = 0, limit = 20 } = arguments_;
  const query = { ...filtersOfHss(arguments_), offset, limit: Math.max(limit, HSS_LEAST_LIMIT) };
  const { total_num, data_list, matchedHere, unmatched } = await listNamedImages(hss, query, scope);
  const rows = data_list.slice(0, limit);
  const counts = await countFindings(index.store);
  const known = (row: LocalImage) => index.store.images.find(row).find(({ listed }) => listed);
  const withHosts = wantsHosts(arguments_);
  const hosts =
    withHosts &&
    (await readHosts(
      index,
      rows.map((row) => index.store.images.seen(row)),
      scope,
    ));
  const images = rows.map((row) => {
    const image = known(row);
    return image ? listed(index, image, counts, withHosts) : { row };
  });
  return {
    scope,
    summary: words().images.match(total_num),
    facts: { coverage: words().notes.coverage },
    tables: [tableOf('images', images, LISTED_IMAGE_COLUMNS, { total: total_num, page: { offset, limit } })],
    notes: [...notesOn(total_num, offset, scope), ...notesOnNames(matchedHere, unmatched), ...notesOnRows(rows)],
    incomplete: (matchedHere && incompleteMatch(matchedHere)) ?? (hosts ? incompleteOf(hosts, HOSTS) : undefined),
    next: nextOn(rows.length),
  };
}

/** Images that are matched and ordered here. */
async function ofIndex(index: FindingsView, arguments_: Input, scope: CallScope, context: ToolContext): Promise<Found> {
  const { offset = 0, limit = 20, vul_id, cve_id, sort_by } = arguments_;
  const narrowed = await narrowedByHss(filtersOfHss(arguments_), scope, context.hss);
  const filter = filterOf(arguments_, narrowed?.rows);
  const ref = refOf(arguments_);
  const { images, presence, readings } = await listImages(index, { filter, ref, sortBy: sort_by }, scope);
  const page = images.slice(offset, offset + limit);
  const withHosts = wantsHosts(arguments_);
  const hosts = withHosts && (await readHosts(index, page, scope));
  const counts = await countFindings(index.store);
  const incomplete =
    (narrowed?.failure && stoppedBy(narrowed.failure, narrowed.rows.length, narrowed.total)) ??
    readings.flatMap(({ read, ...needed }) => incompleteOf(read, needed) ?? [])[0];
  const total = images.length;
  const hostIds = asksForHosts(filter) ? hostsMeant(index.store, filter) : undefined;
  const selection = arguments_.select && !incomplete && total > 0 ? select(images, hostIds, scope, context) : undefined;
  const others = offset === 0 ? othersOf(presence) : [];
  const { images: said } = words();
  return {
    scope,
    summary: ref ? said.with_open(total, quoted(vul_id ?? cve_id ?? '', 60)) : said.match(total),
    facts: {
      selection_id: selection?.id,
      ...(presence && countStandings(presence)),
      coverage: words().notes.coverage,
      ...(readings[0] && asOf(readings[0].read)),
    },
    tables: [
      tableOf(
        'images',
        page.map((image) => listed(index, image, counts, withHosts)),
        LISTED_IMAGE_COLUMNS,
        { total, page: { offset, limit } },
      ),
      ...(others.length > 0 ? [tableOf('others', others, STANDING_COLUMNS, { title: said.others })] : []),
    ],
    notes: [
      ...(presence ? [said.standings] : notesOn(total, offset, scope)),
      ...(arguments_.select && incomplete ? [said.nothing_selected] : []),
      ...(presence ? [] : notesOnRows(page.map(({ row }) => row))),
    ],
    incomplete: incomplete ?? (hosts ? incompleteOf(hosts, HOSTS) : undefined),
    next: selection ? said.selected(selection.id, total) : nextOn(page.length),
  };
}

const HOSTS = { lacks: 'hosts' } as const;

const wantsHosts = ({ include = [] }: Input) => include.includes('hosts');

/** The filters that ListImageLocal has. */
function filtersOfHss({
  region: _region,
  enterprise_project_id: _project,
  vul_id: _vul,
  cve_id: _cve,
  severity_level: _severity,
  scan_failed_desc: _reasons,
  not_scanned_for_days: _days,
  scannable: _scannable,
  sort_by: _sort,
  include: _include,
  select: _select,
  offset: _offset,
  limit: _limit,
  ...filters
}: Input): ListImageLocalQuery {
  return filters;
}

function filterOf(arguments_: Input, among: readonly LocalImage[] | undefined): ImageFilter {
  const { severity_level, scan_failed_desc, not_scanned_for_days: days, scannable } = arguments_;
  return {
    ...filtersOfHss(arguments_),
    severity_level,
    scan_failed_desc,
    not_scanned_since: days === undefined ? undefined : Date.now() - days * DAY_MS,
    scannable,
    among,
  };
}

function refOf({ vul_id, cve_id }: Input): VulnerabilityRef | undefined {
  if (vul_id !== undefined) return { vul_id };
  return cve_id === undefined ? undefined : { cve_id };
}

function listed(index: FindingsView, image: IndexedImage, counts: Counts, withHosts: boolean): ListedImage {
  return { row: image.row, findings: counts.of(image), ...(withHosts && { hosts: namesOf(index, [image]) }) };
}

/** @throws {Failure} of source `input` for more images than a selection holds. */
function select(
  images: readonly IndexedImage[],
  hostIds: readonly string[] | undefined,
  { region, enterpriseProjectId }: CallScope,
  { selections }: ToolContext,
): Selection {
  if (images.length > MOST_SELECTED) {
    throw badInput(words().images.too_many(images.length, MOST_SELECTED), words().images.narrow);
  }
  return selections.add({
    images: images.map(({ row }) => row),
    origin: 'filters',
    hostIds,
    region,
    enterpriseProjectId,
  });
}

/** How the images stand that do not have the vulnerability, where they are few. */
function othersOf(presence: ReadonlyMap<IndexedImage, Presence> | undefined): StandingImage[] {
  const all = Array.from(presence ?? [], ([{ row }, one]) => ({ row, standing: standingOf(one) }));
  const others = all.filter(({ standing }) => standing !== 'present');
  return others.length > MOST_OTHERS ? [] : others;
}

function notesOnRows(rows: readonly LocalImage[]): string[] {
  return [...failureAdvice(rows), ...imageNotes(rows)];
}

function notesOn(total: number, offset: number, { enterpriseProjectId }: CallScope): string[] {
  const { images, notes } = words();
  if (total > 0) return offset >= total ? [images.beyond(offset, total)] : [];
  return [enterpriseProjectId === undefined ? notes.looked_in_project_0 : images.none_match];
}

function nextOn(rows: number): string {
  return rows === 0 ? words().images.list_again : words().images.scan;
}
