import type { CallScope, HssClient } from '../../src/hss/client.js';
import type { CredentialsKind } from '../support/secrets.js';
import type { Service } from './faults.js';

/** An operation of HSS or IAM, and the call that needs it and no other. */
export interface Operation {
  readonly name: string;
  readonly service: Service;
  readonly credentials: CredentialsKind;
  call(hss: HssClient, scope: CallScope): Promise<unknown>;
}

const vulnerability = { vul_id: 'CVE-2021-44228', type: 'app_vul', is_handled: false } as const;
const image = { image_id: 'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b' };

/** Every operation that this program uses. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: 'BatchScanLocalImage',
    service: 'HSS',
    credentials: 'access key',
    call: (hss, scope) => hss.batchScanLocalImage({ image_info_list: [{ image_id: 'nginx' }] }, scope),
  },
  {
    name: 'ListImageLocal',
    service: 'HSS',
    credentials: 'token',
    call: (hss, scope) => hss.listImageLocal({ offset: 0, limit: 10 }, scope),
  },
  {
    name: 'ListGeneralImageVuls',
    service: 'HSS',
    credentials: 'access key',
    call: (hss, scope) => hss.listGeneralImageVuls({ type: 'app_vul', handle_status: 'unhandled' }, scope),
  },
  {
    name: 'ListVulAffectImages',
    service: 'HSS',
    credentials: 'token',
    call: (hss, scope) => hss.listVulAffectImages(vulnerability, scope),
  },
  {
    name: 'ListVulAffectImageApps',
    service: 'HSS',
    credentials: 'access key',
    call: (hss, scope) =>
      hss.listVulAffectImageApps(image.image_id, { vul_id: vulnerability.vul_id, is_handled: false }, scope),
  },
  {
    name: 'ListVulnerabilityCve',
    service: 'HSS',
    credentials: 'token',
    call: (hss, scope) => hss.listVulnerabilityCve(vulnerability.vul_id, { offset: 0, limit: 10 }, scope),
  },
  {
    name: 'ListLocalImageAppInfo',
    service: 'HSS',
    credentials: 'access key',
    call: (hss, scope) => hss.listLocalImageAppInfo({ ...image, offset: 0, limit: 10 }, scope),
  },
  {
    name: 'ListLocalImageHosts',
    service: 'HSS',
    credentials: 'token',
    call: (hss, scope) => hss.listLocalImageHosts({ image_name: 'nginx', offset: 0, limit: 10 }, scope),
  },
  {
    name: 'ListLocalImageContainers',
    service: 'HSS',
    credentials: 'access key',
    call: (hss, scope) => hss.listLocalImageContainers({ image_name: 'nginx', offset: 0, limit: 10 }, scope),
  },
  {
    name: 'ListImageRiskConfigs',
    service: 'HSS',
    credentials: 'token',
    call: (hss, scope) => hss.listImageRiskConfigs({ ...image, offset: 0, limit: 10 }, scope),
  },
  {
    name: 'KeystoneListAuthProjects',
    service: 'IAM',
    credentials: 'access key',
    call: (hss, scope) => hss.projectId(scope.region, scope),
  },
  {
    name: 'KeystoneCreateUserTokenByPassword',
    service: 'IAM',
    credentials: 'IAM user',
    call: (hss, scope) => hss.projectId(scope.region, scope),
  },
];
