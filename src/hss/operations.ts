import type { Repeatability } from '../http/retry.js';

/** One operation of HSS: its method, its path below `/v5/{project_id}/`, and whether it may be repeated. */
export interface HssOperation {
  readonly method: 'GET' | 'POST';
  /** A name in braces stands for one segment, an id. */
  readonly path: string;
  readonly repeatability: Repeatability;
  /** Rows of a page at most, where HSS documents more than 200. */
  readonly mostRows?: number;
}

const get = (path: string): HssOperation => ({ method: 'GET', path, repeatability: 'read' });
const query = (path: string): HssOperation => ({ method: 'POST', path, repeatability: 'read', mostRows: 5_000 });
const act = (path: string): HssOperation => ({ method: 'POST', path, repeatability: 'act' });

/**
 * Every operation that this program may call. HSS has calls that change how vulnerabilities are handled, and one of
 * them differs from the query `ListImageHandleAffectVulnerabilities` by the end of its path alone: what is not in this
 * table is not sent. `act` are the two that leave something behind in HSS: a scan, and the task of an export with its file.
 */
export const HSS_OPERATIONS = {
  BatchExportLocalVulTask: act('image/local-vulnerability/export'),
  BatchScanLocalImage: act('image/local/batch-scan'),
  ListContainerNodes: get('container/nodes'),
  ListDownloadExportedFile: get('download/{file_id}'),
  ListGeneralImageVulOperations: get('image/vulnerability/handle-history'),
  ListGeneralImageVuls: get('images/vulnerabilities'),
  ListGlobalImageApps: get('image/apps'),
  ListImageHandleAffectVulnerabilities: query('image/vulnerability/handle-affect-vulnerabilities'),
  ListImageLocal: get('image/local-repositories'),
  ListImageRiskConfigRules: get('image/baseline/risk-configs/{check_name}/rules'),
  ListImageRiskConfigs: get('image/baseline/risk-configs'),
  ListLocalImageAppInfo: get('image/local/apps'),
  ListLocalImageContainers: get('image/local/containers'),
  ListLocalImageHosts: get('image/local/hosts'),
  ListQueryExportTask: get('export-task/{task_id}'),
  ListVulAffectImageApps: get('image/vulnerability/{image_id}/apps'),
  ListVulAffectImageContainers: get('image/vulnerability/{image_id}/containers'),
  ListVulAffectImages: get('vulnerability/images'),
  ListVulnerabilityCve: get('image/vulnerability/{vul_id}/cve'),
  ShowImageCheckRuleDetail: get('image/baseline/check-rule/detail'),
} satisfies Readonly<Record<string, HssOperation>>;
export type HssOperationName = keyof typeof HSS_OPERATIONS;

const SEGMENT = '(?!\\.{1,2}(?:/|$))[^/?#]+';
const ALLOWED: readonly { readonly method: string; readonly path: RegExp }[] = Object.values(HSS_OPERATIONS).map(
  ({ method, path }: HssOperation) => ({
    method,
    path: new RegExp(`^/v5/${SEGMENT}/${path.replace(/\{\w+\}/g, SEGMENT)}$`),
  }),
);

/** Whether the method and the whole path, project and all, are those of an operation of the table. */
export function isAllowed(method: string, path: string): boolean {
  return ALLOWED.some((operation) => operation.method === method && operation.path.test(path));
}
