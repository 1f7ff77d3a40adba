import { inParallel } from '../call/parallel.js';
import type { CallScope, HssClient } from '../hss/client.js';
import { type GeneralImageVul, VUL_TYPES } from '../hss/models.js';
import { type VulnerabilityFilter, worstFirst } from './worst-first.js';

/** Vulnerabilities that are checked at most for one image: each costs a call. */
const MOST_CHECKED = 300;
const CHECKED_AT_ONCE = 8;

/** Rows from `offset` on, and how many there are in all, where that is known. */
export interface Listed {
  readonly rows: readonly GeneralImageVul[];
  readonly total: number | undefined;
  /** Whether rows that were found follow these. */
  readonly more: boolean;
  /** Set where not every vulnerability that matches could be checked: how many were, and of how many. */
  readonly checked?: { readonly read: number; readonly of: number };
}

/** A page of the vulnerabilities of all images, worst first. */
export async function ofAllImages(
  filter: VulnerabilityFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  scope: CallScope,
  hss: HssClient,
): Promise<Listed> {
  const rows = await worstFirst(hss, filter, scope);
  const end = offset + limit;
  return { rows: rows.slice(offset, end), total: rows.length, more: end < rows.length };
}

/** HSS has no call for the vulnerabilities of one local image: each vulnerability is asked whether the image has it. */
export async function ofOneImage(
  imageId: string,
  filter: VulnerabilityFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  scope: CallScope,
  hss: HssClient,
): Promise<Listed> {
  const isAffected = async ({ vul_id, type }: GeneralImageVul) => {
    const kind = VUL_TYPES.find((known) => known === type);
    if (!vul_id || !kind) return false;
    const query = { vul_id, type: kind, is_handled: filter.handle_status === 'handled', image_id: imageId };
    const { data_list } = await hss.listVulAffectImages(query, scope);
    return data_list.some((image) => image.image_id === imageId);
  };
  const all = await worstFirst(hss, filter, scope);
  const checked = all.slice(0, MOST_CHECKED);
  const affected = await inParallel(checked, CHECKED_AT_ONCE, isAffected);
  const found = checked.filter((_, index) => affected[index]);
  const complete = checked.length === all.length;
  const end = offset + limit;
  return {
    rows: found.slice(offset, end),
    total: complete ? found.length : undefined,
    more: end < found.length,
    ...(!complete && { checked: { read: checked.length, of: all.length } }),
  };
}
