import type { Operation } from '../operation.js';
import { batchScanLocalImage } from './batch-scan-local-image.js';
import { listImageLocal } from './list-image-local.js';

/** Every operation of HSS that is embedded. */
export const OPERATIONS: readonly Operation[] = [batchScanLocalImage, listImageLocal];
