import type { Operation } from '../operation.js';
import { batchExportLocalVulTask } from './batch-export-local-vul-task.js';
import { batchScanLocalImage } from './batch-scan-local-image.js';
import { listContainerNodes } from './list-container-nodes.js';
import { listDownloadExportedFile } from './list-download-exported-file.js';
import { listGeneralImageVulOperations } from './list-general-image-vul-operations.js';
import { listGeneralImageVuls } from './list-general-image-vuls.js';
import { listGlobalImageApps } from './list-global-image-apps.js';
import { listImageHandleAffectVulnerabilities } from './list-image-handle-affect-vulnerabilities.js';
import { listImageLocal } from './list-image-local.js';
import { listImageRiskConfigRules } from './list-image-risk-config-rules.js';
import { listImageRiskConfigs } from './list-image-risk-configs.js';
import { listLocalImageAppInfo } from './list-local-image-app-info.js';
import { listLocalImageContainers } from './list-local-image-containers.js';
import { listLocalImageHosts } from './list-local-image-hosts.js';
import { listQueryExportTask } from './list-query-export-task.js';
import { listVulAffectImageApps } from './list-vul-affect-image-apps.js';
import { listVulAffectImageContainers } from './list-vul-affect-image-containers.js';
import { listVulAffectImages } from './list-vul-affect-images.js';
import { listVulnerabilityCve } from './list-vulnerability-cve.js';
import { showImageCheckRuleDetail } from './show-image-check-rule-detail.js';

/**
 * Every operation of HSS that is embedded. Those that handle vulnerabilities are not and never shall be: a request for one
 * is answered and counted as `unknown`, so a test sees that it came.
 */
export const OPERATIONS: readonly Operation[] = [
  batchExportLocalVulTask,
  batchScanLocalImage,
  listContainerNodes,
  listDownloadExportedFile,
  listGeneralImageVulOperations,
  listGeneralImageVuls,
  listGlobalImageApps,
  listImageHandleAffectVulnerabilities,
  listImageLocal,
  listImageRiskConfigRules,
  listImageRiskConfigs,
  listLocalImageAppInfo,
  listLocalImageContainers,
  listLocalImageHosts,
  listQueryExportTask,
  listVulAffectImageApps,
  listVulAffectImageContainers,
  listVulAffectImages,
  listVulnerabilityCve,
  showImageCheckRuleDetail,
];
