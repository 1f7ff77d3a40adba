import { z } from 'zod';
import { count, text } from './models.js';

const flag = z.union([z.boolean(), z.stringbool()]).optional().catch(undefined);

/** A container of an image on one agent: one row of ListVulAffectImageContainers. */
export const vulAffectImageContainer = z.looseObject({
  container_name: text,
  container_id: text,
  cluster_name: text,
  cluster_id: text,
  host_name: text,
  public_ip: text,
  private_ip: text,
  pod_name: text,
  pod_id: text,
  namespace: text,
});

/** Selects the image and the agent of ListVulAffectImageContainers; HSS demands all four. */
export interface AgentImageSelector {
  readonly image_digest: string;
  readonly image_name: string;
  readonly image_version: string;
  readonly agent_id: string;
}

/** One handling of a vulnerability on an image: one row of ListGeneralImageVulOperations. Time in ms since 1970. */
export const vulOperation = z.looseObject({
  image_id: text,
  image_name: text,
  image_digest: text,
  image_version: text,
  agent_id: text,
  user_name: text,
  app_name: text,
  app_version: text,
  app_path: text,
  remark: text,
  handle_time: count,
  handle_type: text,
  status: text,
});
export type VulOperation = z.infer<typeof vulOperation>;

/** Query of ListGeneralImageVulOperations, for local images. */
export interface ListGeneralImageVulOperationsQuery {
  readonly vul_id: string;
  readonly image_id?: string | undefined;
  readonly image_name?: string | undefined;
}

/** A software of an image: one row of ListGlobalImageApps. Time in ms since 1970. */
export const globalImageApp = z.looseObject({
  app_name: text,
  app_type: text,
  app_version: text,
  app_path: text,
  layer_digest: text,
  vul_num: count,
  latest_scan_time: count,
  image_name: text,
  image_version: text,
  image_id: text,
});
export type GlobalImageApp = z.infer<typeof globalImageApp>;

/** A container host: one row of ListContainerNodes. */
export const containerNode = z.looseObject({
  agent_id: text,
  host_id: text,
  host_name: text,
  private_ip: text,
  public_ip: text,
  host_status: text,
  agent_status: text,
  protect_status: text,
  protect_interrupt: flag,
  protect_degradation: flag,
  degradation_reason: text,
  container_tags: text,
});
export type ContainerNode = z.infer<typeof containerNode>;

/** Query of ListContainerNodes; how `host_name` matches is not documented. */
export interface ListContainerNodesQuery {
  readonly host_name?: string | undefined;
}

/** A rule of a baseline: one row of ListImageRiskConfigRules. */
export const imageRiskConfigRule = z.looseObject({
  severity: text,
  check_name: text,
  check_type: text,
  standard: text,
  check_rule_name: text,
  check_rule_id: text,
  scan_result: text,
});
export type ImageRiskConfigRule = z.infer<typeof imageRiskConfigRule>;

/** Query of ListImageRiskConfigRules; without an image it speaks of all. */
export interface ListImageRiskConfigRulesQuery {
  readonly standard: string;
  readonly image_id?: string | undefined;
  readonly result_type?: 'pass' | 'failed' | undefined;
}

/** Answer of ShowImageCheckRuleDetail. */
export const imageCheckRuleDetail = z.looseObject({
  description: text,
  reference: text,
  audit: text,
  remediation: text,
  check_info_list: z
    .array(z.looseObject({ check_description: text, current_value: text, suggest_value: text }))
    .optional()
    .catch(undefined),
});
export type ImageCheckRuleDetail = z.infer<typeof imageCheckRuleDetail>;

/** Query of ShowImageCheckRuleDetail: all from one row of ListImageRiskConfigRules, and the image. */
export interface ShowImageCheckRuleDetailQuery {
  readonly check_name: string;
  readonly check_type: string;
  readonly check_rule_id: string;
  readonly standard: string;
  readonly image_id?: string | undefined;
}
