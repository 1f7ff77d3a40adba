import { z } from 'zod';

/** Result of batch_scan_local_image, of a real request and of a dry run. */
export const scanOutput = z.looseObject({
  accepted: z.boolean().describe('Whether HSS accepted every request. Accepted does not mean finished.'),
  dry_run: z.boolean().optional(),
  mode: z.string().describe('list, all, all_with_filters or filters.'),
  image_count: z.int().optional().describe('Images named in the requests, or counted by a dry run.'),
  request_ids: z.array(z.string()),
  submitted_at: z
    .string()
    .optional()
    .describe('Time of acceptance, ISO 8601. A scan is done when latest_scan_time is not earlier.'),
  region: z.string(),
  project_id: z.string(),
  enterprise_project_id: z.string(),
  batches: z
    .array(z.looseObject({ first: z.int(), last: z.int(), outcome: z.string(), request_id: z.string().optional() }))
    .optional(),
  images: z.array(z.looseObject({})).optional(),
  not_found: z.array(z.looseObject({})).optional(),
  not_found_num: z.int().optional(),
  warnings: z.array(z.string()),
  next: z.string(),
});

export type ScanOutput = z.input<typeof scanOutput>;
