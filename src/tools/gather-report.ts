import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLimits } from '../call/limits.js';
import {
  findingsAmong,
  fitsFilter,
  type ImageFilter,
  isWide,
  matching,
  readForFilter,
} from '../findings/chosen-images.js';
import { type Completeness, orFailure, progressOf } from '../findings/completeness.js';
import { findingGroups } from '../findings/finding-groups.js';
import type { FindingsView } from '../findings/findings-index.js';
import { type IndexedImage, wasLookedInto } from '../findings/image-table.js';
import { bestUpgrades, type Upgrade } from '../findings/upgrades.js';
import type { IndexedVulnerability } from '../findings/vulnerability-table.js';
import type { CallScope } from '../hss/client.js';
import type { Severity } from '../hss/models.js';
import { asOf, incompleteOf, severitiesTo } from '../present/completeness.js';
import { readableTime } from '../present/readable.js';
import type { Incomplete } from '../present/result.js';
import type { RenderedFormat } from '../report/formats.js';
import type { Report, ReportGroup, ReportImage, ReportUpgrade, ReportVulnerability } from '../report/report.js';
import { clean } from '../text/clean.js';
import { VERSION } from '../version.js';
import type { Language } from '../words/language.js';
import { wordsIn } from '../words/words.js';

const MOST_UPGRADES = 10;
const LOOK_MS = 1_000;
/** Time that the upgrades may take beyond the findings: a report is one without them, too. In ms. */
const UPGRADES_MS = 8_000;
const LONGEST_TEXT = 2_000;

/** What a report is made of. */
export interface ReportQuery {
  /** Which images; their severity is not asked here. */
  readonly filter: Omit<ImageFilter, 'severity_level'>;
  /** Findings of at least this severity are in the report. */
  readonly least: Severity;
  /** Absent: a title of ours. */
  readonly title?: string | undefined;
  /** Where was looked, and for what, as the report tells it. */
  readonly scope: Report['scope'];
  readonly sandbox: boolean;
  /** Whether the upgrades are wanted: they cost requests. */
  readonly upgrades: boolean;
  /** The language that the report is written in; what is said of the reading beside it is in the one that is spoken. */
  readonly language: Language;
}

/** Where was looked and for what, as a report tells it. What a caller gave is told in clean form. */
export function reportScope(
  { region, enterpriseProjectId }: Pick<CallScope, 'region' | 'enterpriseProjectId'>,
  { image_name, host_name, has_container }: ReportQuery['filter'],
): Report['scope'] {
  return {
    region,
    enterprise_project_id: enterpriseProjectId ?? '0',
    ...(image_name !== undefined && { image_name: clean(image_name) }),
    ...(host_name !== undefined && { host_name: clean(host_name) }),
    ...(has_container !== undefined && { has_container }),
  };
}

/** A report of what was read, and whether that was everything. */
export interface Gathered {
  readonly report: Report;
  readonly incomplete: Incomplete | undefined;
  /** Whether only time is missing: asking again brings the rest. */
  readonly passes: boolean;
}

/**
 * Reads what a report is made of, as far as the call's time allows.
 * @param progress told how much was read of how much.
 * @throws {Failure} that stands in the way when nothing could be read.
 */
export async function gatherReport(
  index: FindingsView,
  query: ReportQuery,
  limits: CallLimits,
  progress: (done: number, total: number) => void,
): Promise<Gathered> {
  const end = new AbortController();
  const looking = tell(index, query.least, progress, end.signal);
  try {
    const { found, read } = await readAll(index, query, limits);
    const fits = await fitsFilter(index.store, query.filter);
    const images = matching(index.store, fits);
    const plan = query.upgrades && read.complete ? await planOf(index, query, fits, limits) : undefined;
    const incompleteIn = (language?: Language) =>
      incompleteOf(found, { lacks: 'images', beyond: read }, language) ??
      incompleteOf(read, { depth: query.least, lacks: 'findings' }, language);
    const incomplete = incompleteIn();
    const written = incompleteIn(query.language);
    const report = await reportOf(index, query, fits, images, read);
    return {
      report: {
        ...report,
        ...(written && { incomplete: clean(written.why, LONGEST_TEXT) }),
        upgrades: plan?.upgrades ?? [],
        ...(query.upgrades && !plan?.isFinal && { upgrades_partial: true }),
      },
      incomplete,
      passes: found.failure === undefined && read.failure === undefined,
    };
  } finally {
    end.abort();
    await looking;
  }
}

async function readAll(
  index: FindingsView,
  { filter, least }: ReportQuery,
  limits: CallLimits,
): Promise<{ readonly found: Completeness; readonly read: Completeness }> {
  if (isWide(filter)) {
    const everything = index.ask({ depth: least, handled: true }, limits);
    const [found, read] = await Promise.all([readForFilter(index, filter, limits), everything]);
    return { found: orFailure(found), read };
  }
  const found = orFailure(await readForFilter(index, filter, limits));
  const question = await findingsAmong(index.store, filter, least);
  return { found, read: await index.ask({ ...question, handled: true }, limits) };
}

/** Whether a format shows the upgrades: the others spare their requests. */
export function needsUpgrades(format: RenderedFormat): boolean {
  return format === 'markdown' || format === 'html' || format === 'json';
}

/** Tells how far the reading is as long as it goes on. */
async function tell(
  { store }: FindingsView,
  least: Severity,
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let told = 0;
  while (!signal.aborted) {
    await sleep(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
    const { images, unhandled, handled } = progressOf(store);
    const parts = [images, ...severitiesTo(least).flatMap((severity) => [unhandled[severity], handled[severity]])];
    const done = parts.reduce((sum, { read }) => sum + read, 0);
    if (signal.aborted || done <= told) continue;
    told = done;
    progress(
      done,
      parts.reduce((sum, { read, of }) => sum + Math.max(read, of ?? read + 1), 0),
    );
  }
}

async function planOf(
  index: FindingsView,
  { least: severity }: ReportQuery,
  fits: (image: IndexedImage) => boolean,
  limits: CallLimits,
): Promise<{ readonly upgrades: ReportUpgrade[]; readonly isFinal: boolean }> {
  const deadline = Math.min(limits.deadline, performance.now() + UPGRADES_MS);
  const options = { severity, limit: MOST_UPGRADES, rankBy: 'findings', fits } as const;
  const { plan, completeness } = await bestUpgrades(index, options, { ...limits, deadline });
  return {
    upgrades: plan.upgrades.map(upgradeOf),
    isFinal: completeness.complete && plan.unsettled.length === 0,
  };
}

function upgradeOf(upgrade: Upgrade, place: number): ReportUpgrade {
  const { packages, fix, critical, high, medium, low, images, containers } = upgrade;
  const name = packages?.join(', ') || fix || '?';
  const counts = { critical, high, medium, low, images, containers };
  return { rank: place + 1, package: clean(name), fix: clean(fix, LONGEST_TEXT), ...counts };
}

async function reportOf(
  index: FindingsView,
  { least, title, scope, sandbox, language }: ReportQuery,
  fits: (image: IndexedImage) => boolean,
  images: readonly IndexedImage[],
  read: Completeness,
): Promise<Omit<Report, 'upgrades'>> {
  const { store } = index;
  const rows = new Map(images.map((image) => [image.number, imageOf(image)]));
  const groups: { vulnerability: ReportVulnerability; open: Uint32Array; handled: Uint32Array }[] = [];
  for await (const { vulnerability, open, handled } of findingGroups(store, fits, least)) {
    groups.push({ vulnerability: vulnerabilityOf(vulnerability), open, handled });
  }
  return {
    title: clean(title ?? wordsIn(language).report.title(scope.region)),
    program: { name: 'huaweicloud-hss-mcp', version: VERSION },
    generated_at: new Date().toISOString(),
    ...asOf(read),
    scope,
    sandbox,
    least,
    images: [...rows.values()],
    *groups(): Iterable<ReportGroup> {
      for (const { vulnerability, open, handled } of groups) {
        yield { vulnerability, open: rowsOf(rows, open), handled: rowsOf(rows, handled) };
      }
    },
  };
}

/** Goes through the rows anew each time that it is asked to. */
function rowsOf(rows: ReadonlyMap<number, ReportImage>, numbers: Uint32Array): Iterable<ReportImage> {
  return {
    *[Symbol.iterator]() {
      for (const number of numbers) {
        const row = rows.get(number);
        if (row) yield row;
      }
    },
  };
}

function imageOf({ row }: IndexedImage): ReportImage {
  const text = (value: string | undefined) => (value ? clean(value) : undefined);
  return {
    image_name: text(row.image_name),
    image_version: text(row.image_version),
    image_id: text(row.image_id),
    image_digest: text(row.image_digest),
    scan_status: text(row.scan_status),
    ...(row.scan_status === 'failed' && { scan_failed_desc: text(row.scan_failed_desc) }),
    non_scan_reason: text(row.non_scan_reason),
    latest_scan_time: readableTime(row.latest_scan_time),
    scanned: wasLookedInto(row),
    containers: row.container_num ?? 0,
  };
}

function vulnerabilityOf({ vul_id, type, severity, row, cveIds }: IndexedVulnerability): ReportVulnerability {
  const text = (value: string | undefined) => (value ? clean(value, LONGEST_TEXT) : undefined);
  return {
    vul_id: clean(vul_id),
    type,
    // What HSS does not rate counts as low, here as everywhere.
    severity_level: severity ?? 'Low',
    vul_name: text(row.vul_name),
    cve_ids: [...new Set(cveIds.map((id) => clean(id)))],
    max_cvss_score: row.max_cvss_score,
    description: text(row.description),
    fix: text(row.solution_detail),
  };
}
