import { z } from 'zod';
import { badInput } from '../failure.js';
import { words } from '../words/words.js';
import { type HandleStatus, text, total, type VulType } from './models.js';

/**
 * Which pairs of image and vulnerability ListImageHandleAffectVulnerabilities shows: all, those of images, or those of
 * vulnerabilities; one kind and one state a call. At most 5000 ids.
 */
export interface AffectedPairsSelection {
  readonly type: VulType;
  readonly handle_status: HandleStatus;
  readonly image_id_list?: readonly string[] | undefined;
  readonly vul_id_list?: readonly string[] | undefined;
}

/**
 * The body of the query. HSS gives it the same fields as the action behind it; the action's words are fixed here, so
 * that no caller chooses them.
 * @throws {Failure} of source `input` for an empty list or an empty id.
 */
export function affectedPairsBody({ type, handle_status, image_id_list, vul_id_list }: AffectedPairsSelection): object {
  checkIds('image_id_list', image_id_list);
  checkIds('vul_id_list', vul_id_list);
  const selected = image_id_list
    ? { select_type: 'specific_image_all_vul', image_id_list }
    : vul_id_list
      ? { select_type: 'specific_vul_all_image', vul_id_list }
      : { select_type: 'all_vul' };
  const operate_type = handle_status === 'unhandled' ? 'ignore' : 'not_ignore';
  return { image_type: 'local', type, operate_type, handle_status, ...selected };
}

const MOST_IDS = 5000;

function checkIds(name: string, ids: readonly string[] | undefined): void {
  if (ids === undefined) return;
  if (ids.length > 0 && ids.length <= MOST_IDS && ids.every((id) => id !== '')) return;
  const say = words().requests;
  throw badInput(say.number_of_ids(name, ids.length), say.give_ids(name, MOST_IDS));
}

/** A page of pairs. `total_vul_num` counts the pairs of all pages; absent when HSS does not say. */
export const affectedPairsPage = z
  .object({
    total_vul_num: total,
    vul_num: total,
    image_num: total,
    data_list: z.array(z.looseObject({ image_id: text, image_name: text, vul_id: text, vul_name: text })).nullish(),
  })
  .transform(({ data_list, ...numbers }) => ({ ...numbers, data_list: data_list ?? [] }));

export interface AffectedPairsPage extends z.output<typeof affectedPairsPage> {
  /** Time of the answer on the clock of the server, or of this machine when the answer carries none. */
  readonly servedAt: Date;
}
