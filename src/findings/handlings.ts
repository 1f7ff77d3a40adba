import type { CallScope, HssClient } from '../hss/client.js';
import { type RowsRead, rowsSoFar } from '../hss/every-row.js';
import type { VulOperation } from '../hss/further-models.js';
import type { ImageNames } from './image-table.js';

/** Rows of a history that are read at most: five requests. */
const MOST_HANDLINGS = 1_000;

/** Who handled a vulnerability in which image, and when (ListGeneralImageVulOperations), as far as it was read. */
export function readHandlings(hss: HssClient, vul_id: string, scope: CallScope): Promise<RowsRead<VulOperation>> {
  return rowsSoFar((paging) => hss.listGeneralImageVulOperations({ vul_id, ...paging }, scope), MOST_HANDLINGS);
}

/**
 * The latest decision that holds for an image. HSS keeps decisions by agent and package: one that was taken back on the
 * same agent for the same package holds no more. Undefined when the history names none.
 */
export function handlingOf(history: readonly VulOperation[], image: ImageNames): VulOperation | undefined {
  const latest = new Map<string, VulOperation>();
  for (const row of history) {
    if (!isOf(row, image)) continue;
    const key = JSON.stringify([row.agent_id, row.app_name, row.app_version, row.app_path]);
    const other = latest.get(key);
    if (!other || timeOf(row) >= timeOf(other)) latest.set(key, row);
  }
  return [...latest.values()]
    .filter(({ handle_type }) => handle_type !== 'not_ignore')
    .reduce<VulOperation | undefined>((last, row) => (last && timeOf(last) >= timeOf(row) ? last : row), undefined);
}

function isOf(row: VulOperation, { image_id, image_digest }: ImageNames): boolean {
  const sameDigest = !row.image_digest || !image_digest || row.image_digest === image_digest;
  return image_id
    ? row.image_id === image_id && sameDigest
    : Boolean(image_digest) && row.image_digest === image_digest;
}

function timeOf({ handle_time = 0 }: VulOperation): number {
  return handle_time;
}
