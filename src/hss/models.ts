import { z } from 'zod';

// Every field of an answer is optional in the vendor's SDKs, and fields come and go between editions of the API: a
// missing, null or unexpected value counts as absent, and what is not named here stays in the row.
export const text = z.string().optional().catch(undefined);
export const count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);

/** A number of rows; anything else that stands there counts as absent. */
export const total = count.transform((value) =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined,
);

/** One image of a scan request (`LocalImageInfo`). */
export interface LocalImageInfo {
  readonly image_id?: string | undefined;
  readonly image_digest?: string | undefined;
  readonly image_name?: string | undefined;
  readonly image_version?: string | undefined;
}

/** Filters that BatchScanLocalImage and ListImageLocal share. Times in ms since 1970, size in bytes. */
export interface LocalImageFilter {
  readonly image_name?: string | undefined;
  readonly image_version?: string | undefined;
  readonly local_image_type?: string | undefined;
  readonly scan_status?: string | undefined;
  readonly image_size?: number | undefined;
  readonly start_latest_update_time?: number | undefined;
  readonly end_latest_update_time?: number | undefined;
  readonly start_latest_scan_time?: number | undefined;
  readonly end_latest_scan_time?: number | undefined;
}

/** Body of BatchScanLocalImage (`LocalImageBatchScanRequestBody`). */
export interface LocalImageBatchScanRequestBody extends LocalImageFilter {
  readonly operate_all?: boolean | undefined;
  readonly image_info_list?: readonly LocalImageInfo[] | undefined;
}

/** Query of ListImageLocal; `limit` from 10 to 200, `offset` up to 2,000,000. */
export interface ListImageLocalQuery extends LocalImageFilter {
  readonly has_vul?: boolean | undefined;
  readonly host_name?: string | undefined;
  readonly host_id?: string | undefined;
  readonly host_ip?: string | undefined;
  readonly container_id?: string | undefined;
  readonly container_name?: string | undefined;
  readonly pod_id?: string | undefined;
  readonly pod_name?: string | undefined;
  readonly app_name?: string | undefined;
  readonly has_container?: boolean | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/** One row of ListImageLocal. Size in bytes, times in ms since 1970 (`latest_scan_time` 0 or absent: never scanned). */
export const localImage = z.looseObject({
  image_name: text,
  image_id: text,
  image_digest: text,
  image_version: text,
  local_image_type: text,
  scan_status: text,
  image_size: count,
  latest_update_time: count,
  latest_scan_time: count,
  vul_num: count,
  unsafe_setting_num: count,
  malicious_file_num: count,
  host_num: count,
  container_num: count,
  component_num: count,
  scan_failed_desc: text,
  severity_level: text,
  host_name: text,
  host_id: text,
  agent_id: text,
  non_scan_reason: text,
});
export type LocalImage = z.infer<typeof localImage>;

/** A vulnerability across the images of the account: one row of ListGeneralImageVuls. */
export const generalImageVul = z.looseObject({
  vul_id: text,
  vul_name: text,
  type: text,
  severity_level: text,
  image_num: count,
  cve_list: z
    .array(z.looseObject({ cve_id: text, cvss: count }))
    .optional()
    .catch(undefined),
  max_cvss_score: count,
  scan_time: count,
  description: text,
  url: text,
  solution_detail: text,
});
export type GeneralImageVul = z.infer<typeof generalImageVul>;

/** An image in which a vulnerability was found: one row of ListVulAffectImages. Times come as text. */
export const vulAffectImage = z.looseObject({
  image_id: text,
  image_name: text,
  image_version: text,
  image_digest: text,
  vul_id: text,
  repair_necessity: text,
  container_num: count,
  agent_id: text,
  status: text,
  latest_scan_time: count,
});
export type VulAffectImage = z.infer<typeof vulAffectImage>;

/** A package in which a vulnerability lies: one row of ListVulAffectImageApps. */
export const vulAffectImageApp = z.looseObject({
  app_name: text,
  paths: z
    .array(z.looseObject({ app_version: text, app_path: text, status: text }))
    .optional()
    .catch(undefined),
  rule: text,
});
export type VulAffectImageApp = z.infer<typeof vulAffectImageApp>;

/** One row of ListVulnerabilityCve. */
export const vulnerabilityCve = z.looseObject({
  cve_id: text,
  cvss_score: count,
  publish_time: count,
  description: text,
});

/** A package of an image: one row of ListLocalImageAppInfo. */
export const localImageApp = z.looseObject({ app_name: text, app_type: text, app_version: text, vul_num: count });

/** A host that holds an image: one row of ListLocalImageHosts. */
export const localImageHost = z.looseObject({
  agent_id: text,
  host_name: text,
  host_id: text,
  agent_status: text,
  version: text,
  private_ip: text,
  public_ip: text,
});

/** A container that runs from an image: one row of ListLocalImageContainers. */
export const localImageContainer = z.looseObject({
  container_name: text,
  container_id: text,
  agent_id: text,
  host_id: text,
  host_name: text,
  pod_name: text,
});

/** A baseline result of an image: one row of ListImageRiskConfigs. */
export const imageRiskConfig = z.looseObject({
  check_name: text,
  check_type: text,
  severity: text,
  standard: text,
  check_rule_num: count,
  failed_rule_num: count,
});

/** The two kinds of vulnerabilities that HSS tells apart; its lists give one kind a call. */
export const VUL_TYPES = ['linux_vul', 'app_vul'] as const;
export type VulType = (typeof VUL_TYPES)[number];
/** From the worst on. */
export const SEVERITIES = ['Critical', 'High', 'Medium', 'Low'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const HANDLE_STATUSES = ['unhandled', 'handled'] as const;
export type HandleStatus = (typeof HANDLE_STATUSES)[number];

/** Query of ListGeneralImageVuls, for local images. */
export interface ListGeneralImageVulsQuery {
  readonly type: VulType;
  readonly handle_status: (typeof HANDLE_STATUSES)[number];
  readonly severity_level?: (typeof SEVERITIES)[number] | undefined;
  readonly vul_id?: string | undefined;
  readonly vul_name?: string | undefined;
  readonly cve_id?: string | undefined;
  readonly offset?: number;
  readonly limit?: number;
}

/** Query of ListVulAffectImages, for local images. */
export interface ListVulAffectImagesQuery {
  readonly vul_id: string;
  readonly type: VulType;
  readonly is_handled: boolean;
  readonly image_id?: string;
  readonly image_name?: string;
  readonly offset?: number;
  readonly limit?: number;
}

/** Selects the image of ListLocalImageHosts and ListLocalImageContainers. */
export interface ImageSelector {
  readonly image_digest?: string | undefined;
  readonly image_name?: string | undefined;
  readonly image_version?: string | undefined;
}

/** The envelope of every list call of HSS. `total_num` counts all rows that match, not only those of this page. */
export function page<T extends z.ZodType>(row: T) {
  return z.object({ total_num: total, data_list: z.array(row).nullish() }).transform(({ total_num, data_list }) => ({
    total_num: total_num ?? data_list?.length ?? 0,
    data_list: data_list ?? [],
  }));
}

/** A page of rows and the number of all rows that match. */
export interface Page<T> {
  readonly total_num: number;
  readonly data_list: readonly T[];
  /** Time of the answer on the clock of the server, or of this machine when the answer carries none. */
  readonly servedAt: Date;
}

/** Offset and limit (10 to 200) of a list call. */
export interface Paging {
  readonly offset?: number;
  readonly limit?: number;
}
