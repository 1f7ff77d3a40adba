import type { Operation } from '../operation.js';
import { batchScanLocalImage } from './batch-scan-local-image.js';
import { listGeneralImageVuls } from './list-general-image-vuls.js';
import { listImageLocal } from './list-image-local.js';
import { listImageRiskConfigs } from './list-image-risk-configs.js';
import { listLocalImageAppInfo } from './list-local-image-app-info.js';
import { listLocalImageContainers } from './list-local-image-containers.js';
import { listLocalImageHosts } from './list-local-image-hosts.js';
import { listVulAffectImageApps } from './list-vul-affect-image-apps.js';
import { listVulAffectImages } from './list-vul-affect-images.js';
import { listVulnerabilityCve } from './list-vulnerability-cve.js';

/** Every operation of HSS that is embedded. */
export const OPERATIONS: readonly Operation[] = [
  batchScanLocalImage,
  listGeneralImageVuls,
  listImageLocal,
  listImageRiskConfigs,
  listLocalImageAppInfo,
  listLocalImageContainers,
  listLocalImageHosts,
  listVulAffectImageApps,
  listVulAffectImages,
  listVulnerabilityCve,
];
