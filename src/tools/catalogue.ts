import { batchScanLocalImage } from './batch_scan_local_image.js';
import { listLocalImages } from './list_local_images.js';
import type { Tool } from './tool.js';

/** Every tool, in the order in which they are advertised. */
export const CATALOGUE: readonly Tool[] = [batchScanLocalImage, listLocalImages];
