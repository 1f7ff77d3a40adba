import { batchScanLocalImage } from './batch_scan_local_image.js';
import { compareLocalImages } from './compare_local_images.js';
import { exportLocalImageReport } from './export_local_image_report.js';
import { getLocalImageDetails } from './get_local_image_details.js';
import { getLocalImageScanStatus } from './get_local_image_scan_status.js';
import { getVulnerabilityDetails } from './get_vulnerability_details.js';
import { listLocalImageVulnerabilities } from './list_local_image_vulnerabilities.js';
import { listLocalImages } from './list_local_images.js';
import { planLocalImageFixes } from './plan_local_image_fixes.js';
import { summarizeLocalImages } from './summarize_local_images.js';
import type { Tool } from './tool.js';

/** Every tool, in the order in which they are advertised: the order of work. */
export const CATALOGUE: readonly Tool[] = [
  batchScanLocalImage,
  listLocalImages,
  getLocalImageScanStatus,
  listLocalImageVulnerabilities,
  summarizeLocalImages,
  planLocalImageFixes,
  compareLocalImages,
  getLocalImageDetails,
  getVulnerabilityDetails,
  exportLocalImageReport,
];
