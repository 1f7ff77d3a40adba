import { z } from 'zod';

// Every field of an answer is optional in the vendor's SDKs, and fields come and go between editions of the API: a
// missing, null or unexpected value counts as absent, and what is not named here stays in the row.
const text = z.string().optional().catch(undefined);
const count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .optional()
  .catch(undefined);

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

/** The envelope of every list call of HSS. `total_num` counts all rows that match, not only those of this page. */
export function page<T extends z.ZodType>(row: T) {
  return z.object({ total_num: count, data_list: z.array(row).nullish() }).transform(({ total_num, data_list }) => ({
    total_num: total_num ?? data_list?.length ?? 0,
    data_list: data_list ?? [],
  }));
}

/** A page of rows and the number of all rows that match. */
export interface Page<T> {
  readonly total_num: number;
  readonly data_list: readonly T[];
}
