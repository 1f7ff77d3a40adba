import { inParallel } from '../call/parallel.js';
import { type Part, partOf } from '../call/part.js';
import type { CallScope, HssClient } from '../hss/client.js';
import { LARGEST_PAGE } from '../hss/every-row.js';
import type { ImageCheckRuleDetail, ImageRiskConfigRule } from '../hss/further-models.js';
import type { LocalImage } from '../hss/models.js';
import { SEVERITIES } from '../hss/models.js';
import { idOf, type PartRows } from './parts.js';

/** A rule of a baseline that an image fails, and what HSS says about it where that was read. */
export interface FailedRule {
  readonly rule: ImageRiskConfigRule;
  readonly detail: Part<ImageCheckRuleDetail> | undefined;
}

/** The failed rules of an image, the most severe first, as far as they were read. */
export interface FailedRules {
  readonly rules: readonly FailedRule[];
  /** How many HSS counts. */
  readonly total: number;
  /** The first check whose rules could not be read. */
  readonly unread: Part<unknown> | undefined;
}

/** Checks whose rules are read, and rules whose remedy is read: each costs a request. */
const MOST_CHECKS = 10;
const MOST_DETAILS = 10;
const AT_ONCE = 4;

/**
 * The failed rules of the checks that ListImageRiskConfigs gives (ListImageRiskConfigRules), and the remedies of the
 * most severe of them (ShowImageCheckRuleDetail). Checks without a failed rule cost nothing.
 */
export async function readFailedRules(
  hss: HssClient,
  image: LocalImage,
  { rows }: PartRows,
  scope: CallScope,
): Promise<FailedRules> {
  const image_id = idOf(image);
  const failing = rows.filter(({ failed_rule_num }) => failed_rule_num !== 0);
  const read = await inParallel(failing.slice(0, MOST_CHECKS), AT_ONCE, ({ check_name, standard }) =>
    partOf(rulesOf(hss, image_id, String(check_name ?? ''), String(standard ?? ''), scope)),
  );
  const rules = read.flatMap((part) => ('value' in part ? part.value : [])).toSorted(bySeverity);
  const details = await inParallel(rules.slice(0, MOST_DETAILS), AT_ONCE, (rule) =>
    partOf(detailOf(hss, image_id, rule, scope)),
  );
  return {
    rules: rules.map((rule, place) => ({ rule, detail: details[place] })),
    total: Math.max(
      rules.length,
      failing.reduce((sum, { failed_rule_num }) => sum + (Number(failed_rule_num) || 0), 0),
    ),
    unread: read.find((part) => 'failure' in part),
  };
}

async function rulesOf(hss: HssClient, image_id: string, check_name: string, standard: string, scope: CallScope) {
  const query = { standard, image_id, result_type: 'failed', offset: 0, limit: LARGEST_PAGE } as const;
  const { data_list } = await hss.listImageRiskConfigRules(check_name, query, scope);
  return data_list.filter(({ scan_result }) => scan_result === undefined || scan_result === 'failed');
}

/** HSS tells a rule by four fields of its row; `check_type` mostly equals the name of the check. */
function detailOf(hss: HssClient, image_id: string, rule: ImageRiskConfigRule, scope: CallScope) {
  const { check_name = '', check_type = check_name, check_rule_id = '', standard = '' } = rule;
  return hss.showImageCheckRuleDetail({ check_name, check_type, check_rule_id, standard, image_id }, scope);
}

function bySeverity(one: ImageRiskConfigRule, other: ImageRiskConfigRule): number {
  return rank(one) - rank(other);
}

/** What HSS does not rate comes last. */
function rank({ severity }: ImageRiskConfigRule): number {
  const place = (SEVERITIES as readonly (string | undefined)[]).indexOf(severity);
  return place === -1 ? SEVERITIES.length : place;
}
