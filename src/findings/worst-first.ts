import type { CallScope, HssClient } from '../hss/client.js';
import {
  type GeneralImageVul,
  type ListGeneralImageVulsQuery,
  SEVERITIES,
  VUL_TYPES,
  type VulType,
} from '../hss/models.js';

/** Page sizes that HSS allows. */
const LEAST_LIMIT = 10;
const MOST_LIMIT = 200;

/** Filters of ListGeneralImageVuls; without `type` both kinds are read, without `severity_level` all severities. */
export type VulnerabilityFilter = Omit<ListGeneralImageVulsQuery, 'type' | 'offset' | 'limit'> & {
  readonly type?: VulType | undefined;
};

/**
 * Reads vulnerabilities worst first. HSS sorts by nothing that it documents and gives one kind a call, so Critical,
 * High, Medium and Low are asked for in turn, both kinds of each, and no more pages than are taken.
 */
export async function* worstFirst(
  hss: HssClient,
  filter: VulnerabilityFilter,
  paging: { readonly skip: number; readonly pageSize: number },
  scope: CallScope,
): AsyncGenerator<GeneralImageVul> {
  const limit = Math.min(Math.max(paging.pageSize, LEAST_LIMIT), MOST_LIMIT);
  let skip = paging.skip;
  for (const query of partitions(filter)) {
    let offset = skip;
    let total = 0;
    do {
      const page = await hss.listGeneralImageVuls({ ...query, offset, limit }, scope);
      total = page.total_num;
      yield* page.data_list;
      offset += page.data_list.length;
      if (page.data_list.length === 0) break;
    } while (offset < total);
    skip = Math.max(0, skip - total);
  }
}

/** How many vulnerabilities match, over both kinds. */
export async function countVulnerabilities(
  hss: HssClient,
  filter: VulnerabilityFilter,
  scope: CallScope,
): Promise<number> {
  const types = filter.type ? [filter.type] : VUL_TYPES;
  const pages = await Promise.all(
    types.map((type) => hss.listGeneralImageVuls({ ...filter, type, offset: 0, limit: LEAST_LIMIT }, scope)),
  );
  return pages.reduce((sum, page) => sum + page.total_num, 0);
}

function partitions(filter: VulnerabilityFilter): ListGeneralImageVulsQuery[] {
  const severities = filter.severity_level ? [filter.severity_level] : SEVERITIES;
  const types = filter.type ? [filter.type] : VUL_TYPES;
  return severities.flatMap((severity_level) => types.map((type) => ({ ...filter, severity_level, type })));
}
