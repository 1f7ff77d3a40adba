import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Query } from './call.js';
import { Region, seed } from './region.js';

let region: Region;
beforeEach(async () => {
  region = await Region.start();
});
afterEach(() => region.close());

const NGINX = seed('nginx');
const PAYMENT = seed('payment-service');
const LOG4SHELL = 'CVE-2021-44228';
const long = (length: number) => 'x'.repeat(length);

const READS: readonly {
  readonly name: string;
  readonly path: string;
  /** Every parameter that is required. */
  readonly query: Query;
  readonly regionRequired: boolean;
  readonly wrong: readonly Query[];
}[] = [
  {
    name: 'ListGeneralImageVuls',
    path: 'images/vulnerabilities',
    query: { type: 'app_vul', handle_status: 'unhandled', image_type: 'local' },
    regionRequired: false,
    wrong: [
      { type: 'linux' },
      { handle_status: 'Handled' },
      { image_type: 'local_image' },
      { severity_level: 'critical' },
      { status: 'unfix' },
      { vul_id: long(257) },
      { vul_name: long(257) },
      { cve_id: long(257) },
      { cluster_id: long(129) },
      { label_list: 'a,b,c,d,e,f,g,h,i,j,k' },
    ],
  },
  {
    name: 'ListVulAffectImages',
    path: 'vulnerability/images',
    query: { is_handled: false, vul_id: LOG4SHELL, type: 'app_vul', image_type: 'local' },
    regionRequired: false,
    wrong: [
      { is_handled: 'unhandled' },
      { is_handled: 0 },
      { vul_id: long(257) },
      { type: 'jar' },
      { image_type: 'local_image' },
      { repair_necessity: 'immediate_repair' },
      { status: 'handled' },
      { image_id: long(257) },
      { image_name: long(257) },
      { registry_name: long(257) },
      { registry_type: long(257) },
      { cluster_id: long(129) },
    ],
  },
  {
    name: 'ListVulAffectImageApps',
    path: `image/vulnerability/${PAYMENT.image_id}/apps`,
    query: { is_handled: false, image_type: 'local', vul_id: LOG4SHELL },
    regionRequired: false,
    wrong: [{ is_handled: 'no' }, { image_type: 'local_image' }, { vul_id: long(257) }],
  },
  {
    name: 'ListVulnerabilityCve',
    path: `image/vulnerability/${LOG4SHELL}/cve`,
    query: {},
    regionRequired: false,
    wrong: [],
  },
  {
    name: 'ListLocalImageAppInfo',
    path: 'image/local/apps',
    query: { image_id: NGINX.image_id },
    regionRequired: false,
    wrong: [{ image_id: long(257) }, { app_name: long(257) }],
  },
  { name: 'ListLocalImageHosts', path: 'image/local/hosts', query: {}, regionRequired: true, wrong: [] },
  { name: 'ListLocalImageContainers', path: 'image/local/containers', query: {}, regionRequired: true, wrong: [] },
  {
    name: 'ListImageRiskConfigs',
    path: 'image/baseline/risk-configs',
    query: { image_type: 'local_image' },
    regionRequired: false,
    wrong: [{ image_id: long(129) }, { severity: 'Critical' }, { severity: 'low' }, { standard: 'cis' }],
  },
  {
    name: 'ListGlobalImageApps',
    path: 'image/apps',
    query: {},
    regionRequired: false,
    wrong: [{ image_type: 'cluster' }, { app_name: long(33) }, { is_compliant: 'no' }],
  },
  {
    name: 'ListContainerNodes',
    path: 'container/nodes',
    query: {},
    regionRequired: false,
    wrong: [{ host_name: long(129) }, { agent_status: 'on' }, { protect_status: 'open' }, { container_tags: 'cci' }],
  },
  {
    name: 'ListVulAffectImageContainers',
    path: `image/vulnerability/${NGINX.image_id}/containers`,
    query: {
      image_digest: NGINX.image_digest,
      image_name: NGINX.image_name,
      image_version: NGINX.image_version,
      agent_id: NGINX.hosts[0]?.agent_id ?? '',
    },
    regionRequired: false,
    wrong: [],
  },
  {
    name: 'ListGeneralImageVulOperations',
    path: 'image/vulnerability/handle-history',
    query: { vul_id: LOG4SHELL, image_type: 'local' },
    regionRequired: false,
    wrong: [
      { vul_id: long(257) },
      { image_type: 'cicd' },
      { image_id: long(257) },
      { status: 'handled' },
      { handle_type: 'manual_repair' },
      { user_name: long(257) },
    ],
  },
  {
    name: 'ListImageRiskConfigRules',
    path: 'image/baseline/risk-configs/CentOS 7/rules',
    query: { image_type: 'local_image', standard: 'hw_standard' },
    regionRequired: false,
    wrong: [{ image_type: 'local' }, { standard: 'cis' }, { result_type: 'passed' }, { severity: 'low' }],
  },
];

describe.each(READS)('$name', ({ name, path, query, regionRequired, wrong }) => {
  it('is answered with the documented envelope', async () => {
    const answer = await region.get(path, query);
    expect(answer).toMatchObject({
      status: 200,
      body: { total_num: expect.any(Number), data_list: expect.any(Array) },
    });
    expect(region.sandbox.carriedOut(name)).toBe(1);
  });

  it('refuses a missing or empty required parameter', async () => {
    for (const parameter of Object.keys(query)) {
      const { [parameter]: _, ...rest } = query;
      for (const incomplete of [rest, { ...rest, [parameter]: '' }]) {
        const answer = await region.get(path, incomplete);
        expect(codeOf(answer)).toBe('400 HSS.0001');
        expect(answer.text).toContain(`${parameter} is required`);
      }
    }
  });

  it('refuses parameters out of range', async () => {
    for (const parameter of [...wrong, { limit: 9 }, { limit: 201 }, { offset: -1 }, { offset: 2_000_001 }]) {
      expect(codeOf(await region.get(path, { ...query, ...parameter })), JSON.stringify(parameter)).toBe(
        '400 HSS.0001',
      );
    }
  });

  it(`${regionRequired ? 'needs' : 'does without'} the header region`, async () => {
    const { status } = await region.call({ path, query, headers: {} });
    expect(status).toBe(regionRequired ? 400 : 200);
  });

  it('denies an unknown enterprise project', async () => {
    expect(codeOf(await region.get(path, { ...query, enterprise_project_id: 'unknown' }))).toBe('400 00000010');
  });
});
