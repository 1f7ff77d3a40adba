import type { Repeatability } from '../http/retry.js';

/** One operation of HSS: its method, its path below `/v5/{project_id}/`, and whether it may be repeated. */
export interface HssOperation {
  readonly method: 'GET' | 'POST';
  /** A name in braces stands for one segment, an id. */
  readonly path: string;
  readonly repeatability: Repeatability;
}

const get = (path: string): HssOperation => ({ method: 'GET', path, repeatability: 'read' });
const query = (path: string): HssOperation => ({ method: 'POST', path, repeatability: 'read' });
const act = (path: string): HssOperation => ({ method: 'POST', path, repeatability: 'act' });

/**
 * Every operation that this program may call. HSS has calls that change how vulnerabilities are handled, and one of
 * them differs from the query `ListImageHandleAffectVulnerabilities` by the end of its path alone: what is not in this
 * table is not sent.
 */
export const HSS_OPERATIONS = {
  BatchScanLocalImage: act('image/local/batch-scan'),
  ListContainerNodes: get('container/nodes'),
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
  ListVulAffectImageApps: get('image/vulnerability/{image_id}/apps'),
  ListVulAffectImageContainers: get('image/vulnerability/{image_id}/containers'),
  ListVulAffectImages: get('vulnerability/images'),
  ListVulnerabilityCve: get('image/vulnerability/{vul_id}/cve'),
  ShowImageCheckRuleDetail: get('image/baseline/check-rule/detail'),
} as const satisfies Readonly<Record<string, HssOperation>>;
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
