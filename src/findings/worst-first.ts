import { contentOf, partOf } from '../call/part.js';
import type { CallScope, HssClient } from '../hss/client.js';
import { type RowsRead, rowsSoFar } from '../hss/every-row.js';
import {
  type GeneralImageVul,
  type ListGeneralImageVulsQuery,
  SEVERITIES,
  type Severity,
  VUL_TYPES,
  type VulType,
} from '../hss/models.js';

/** Filters of ListGeneralImageVuls; without `type` both kinds are read. `severity_level` means at least this severe. */
export type VulnerabilityFilter = Omit<ListGeneralImageVulsQuery, 'type' | 'severity_level' | 'offset' | 'limit'> & {
  readonly type?: VulType | undefined;
  readonly severity_level?: Severity | undefined;
};

/**
 * Reads every vulnerability that matches, worst first. HSS sorts by nothing that it documents and gives one kind a
 * call, so both kinds are read whole: an estate has some hundred vulnerabilities, a few pages of each kind.
 */
export async function worstFirst(
  hss: HssClient,
  filter: VulnerabilityFilter,
  scope: CallScope,
): Promise<RowsRead<GeneralImageVul>> {
  const types = filter.type ? [filter.type] : VUL_TYPES;
  const { severity_level: least, ...rest } = filter;
  // HSS filters by one severity only: the worst can be asked for, the others are picked here.
  const query = least === 'Critical' ? filter : rest;
  const read = await Promise.all(
    types.map((type) => partOf(rowsSoFar((paging) => hss.listGeneralImageVuls({ ...query, type, ...paging }, scope)))),
  );
  const lists = read.flatMap((part) => contentOf(part) ?? []);
  const [failure] = read.flatMap((part) => ('failure' in part ? part.failure : (part.value.failure ?? [])));
  if (lists.length === 0 && failure) throw failure;
  return {
    rows: lists
      .flatMap(({ rows }) => rows)
      .filter((row) => least === undefined || rank(row) <= rank({ severity_level: least }))
      .sort(byWeight),
    total: lists.reduce((sum, { total }) => sum + total, 0),
    ...(failure && { failure }),
  };
}

/** By severity, then the score, then the number of images, then the id, so that pages of one list never overlap. */
export function byWeight(a: GeneralImageVul, b: GeneralImageVul): number {
  return (
    rank(a) - rank(b) ||
    (b.max_cvss_score ?? 0) - (a.max_cvss_score ?? 0) ||
    (b.image_num ?? 0) - (a.image_num ?? 0) ||
    ((a.vul_id ?? '') < (b.vul_id ?? '') ? -1 : 1)
  );
}

const RANKS: ReadonlyMap<string | undefined, number> = new Map(SEVERITIES.map((severity, rank) => [severity, rank]));

/** What HSS gives no severity, or one that is not documented, comes last. */
const rank = ({ severity_level }: GeneralImageVul): number => RANKS.get(severity_level) ?? SEVERITIES.length;
