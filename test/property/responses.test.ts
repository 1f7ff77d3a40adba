import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import {
  adviceIn,
  hostileObject,
  hostileText,
  hostileValue,
  INJECTION,
  INVISIBLE,
  outsideFences,
  stringsIn,
} from '../support/hostile.js';
import { Program, settingsFor } from '../support/program.js';

// Whatever HSS, or something in its place, answers: the call has a result as it is advertised, of bounded size, clean,
// and the program lives on. The watch over stdout checks the rest.

const VULNERABILITY = { vul_id: 'CVE-2021-44228', type: 'app_vul' };
/** Who handled one is read anew with each call. */
const HANDLED = { vul_id: 'CVE-2022-21351', type: 'app_vul' };
const CALLS: readonly (readonly [operation: string, tool: string, args: object])[] = [
  ['ListImageLocal', 'list_local_images', {}],
  ['ListImageLocal', 'get_local_image_scan_status', { images: [{ image_name: 'nginx' }] }],
  ['ListImageLocal', 'get_local_image_scan_status', { image_name: 'nginx', submitted_at: '2026-01-01' }],
  ['ListImageLocal', 'get_local_image_details', { image_name: 'nginx' }],
  ['ListImageLocal', 'batch_scan_local_image', { operate_all: true, dry_run: true }],
  ['ListLocalImageAppInfo', 'get_local_image_details', { image_name: 'nginx', include: ['packages'] }],
  ['ListLocalImageHosts', 'get_local_image_details', { image_name: 'nginx', include: ['hosts'] }],
  ['ListLocalImageContainers', 'get_local_image_details', { image_name: 'nginx', include: ['containers'] }],
  ['ListImageRiskConfigs', 'get_local_image_details', { image_name: 'nginx', include: ['baseline'] }],
  ['ListImageRiskConfigRules', 'get_local_image_details', { image_name: 'nginx', include: ['baseline'] }],
  ['ShowImageCheckRuleDetail', 'get_local_image_details', { image_name: 'nginx', include: ['baseline'] }],
  ['ListGeneralImageVuls', 'list_local_image_vulnerabilities', {}],
  ['ListVulAffectImages', 'list_local_image_vulnerabilities', { image_id: 'i-1', cve_id: VULNERABILITY.vul_id }],
  ['ListGeneralImageVuls', 'get_vulnerability_details', VULNERABILITY],
  ['ListVulnerabilityCve', 'get_vulnerability_details', VULNERABILITY],
  ['ListVulAffectImages', 'get_vulnerability_details', VULNERABILITY],
  ['ListVulAffectImageApps', 'get_vulnerability_details', VULNERABILITY],
  ['ListGeneralImageVulOperations', 'get_vulnerability_details', HANDLED],
  ['BatchScanLocalImage', 'batch_scan_local_image', { image_info_list: [{ image_name: 'nginx' }] }],
];

/**
 * What is asked about in one run. The program keeps what it has read of a vulnerability, and rests after a failure, for
 * each enterprise project by itself: each run has its own. HSS knows both, as far as it does not answer anything.
 */
function freshVulnerability(operation: string): typeof VULNERABILITY {
  runs += 1;
  const vul_id = `${VULNERABILITY.vul_id}-${runs}`;
  const own = { ...VULNERABILITY, vul_id, enterprise_project_id: `project-${runs}` };
  const rows: Record<string, object> = {
    ListGeneralImageVuls: { vul_id, type: own.type, severity_level: 'Critical', image_num: 1 },
    ListVulAffectImages: { image_id: 'i', image_digest: 'd', image_name: 'n', vul_id },
  };
  for (const [name, row] of Object.entries(rows)) {
    const body = JSON.stringify({ total_num: 1, data_list: [row] });
    const times = Number.POSITIVE_INFINITY;
    if (name !== operation) sandbox.inject({ kind: 'respond', status: 200, body, operation: name, times });
  }
  return own;
}
let runs = 0;

/** Names of fields of HSS's rows, those that the program reads above all. */
const FIELDS = [
  ...['image_name', 'image_id', 'image_digest', 'image_version', 'scan_status', 'scan_failed_desc', 'non_scan_reason'],
  ...['image_size', 'latest_update_time', 'latest_scan_time', 'vul_num', 'host_num', 'severity_level', 'host_name'],
  ...['vul_id', 'vul_name', 'type', 'cve_list', 'max_cvss_score', 'image_num', 'description', 'solution_detail'],
  ...['cve_id', 'cvss_score', 'publish_time', 'app_name', 'app_version', 'app_type', 'paths', 'rule', 'container_name'],
  ...['check_name', 'severity', 'standard', 'failed_rule_num', 'private_ip', 'agent_status', 'host_id'],
  ...['check_rule_name', 'check_rule_id', 'check_type', 'scan_result', 'remediation', 'check_info_list'],
  ...['user_name', 'handle_type', 'handle_time', 'remark'],
];

/** Values that make the program look at other fields. */
const state = fc.record(
  {
    scan_status: fc.oneof(fc.constantFrom('failed', 'success', 'scanning', 'unscan'), hostileText),
    scan_failed_desc: fc.oneof(fc.constantFrom('huge_image', 'constructor', '__proto__'), hostileText),
    latest_scan_time: fc.oneof(fc.constantFrom(0, Date.now(), 9e15), hostileValue),
    severity_level: fc.oneof(fc.constantFrom('High', 'Security', 'constructor'), hostileText),
    vul_id: fc.constantFrom(VULNERABILITY.vul_id, 'other'),
  },
  { requiredKeys: [] },
);
const row = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(hostileObject(FIELDS), state).map(([some, known]) => ({ ...some, ...known })) },
  { weight: 1, arbitrary: hostileValue },
);
const rows = fc.oneof(
  { weight: 6, arbitrary: fc.array(row, { maxLength: 30 }) },
  { weight: 1, arbitrary: row.map((one) => Array.from({ length: 300 }, () => one)) },
  { weight: 1, arbitrary: hostileValue },
);
const page = fc
  .record({ total_num: fc.oneof(fc.nat(400), hostileValue), data_list: rows }, { requiredKeys: [] })
  .map(toJson);
const code = fc.constantFrom('HSS.0001', 'constructor', '__proto__', `APIGW.0301 ${INJECTION}`);
const error = fc
  .tuple(hostileObject(['error_code', 'error_msg', 'error_description', 'request_id', 'error']), code)
  .map(([some, error_code]) => toJson({ error_code, ...some }));
const body = fc.oneof(
  { weight: 8, arbitrary: page },
  { weight: 2, arbitrary: error },
  { weight: 1, arbitrary: hostileValue.map(toJson) },
  { weight: 1, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.uint8Array().map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('{"data_list":'.repeat(50_000), `{"total_num":1,"data_list":${'['.repeat(50_000)}`),
  },
);
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant(200) },
  { weight: 1, arbitrary: fc.constantFrom(400, 401) },
);

/** JSON of a value of any depth, which JSON.stringify alone cannot write. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return `{"total_num":1,"data_list":[{"image_name":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`;
  }
}

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
  sandbox = await Sandbox.start({ baseline: 'some' });
  program = await Program.start({ ...settingsFor(sandbox), HSS_ENTERPRISE_PROJECT_ID: 'all_granted_eps' });
});
afterAll(async () => {
  await program.end();
  await sandbox.close();
});

describe.each(CALLS)('%s answers anything to %s', (operation, tool, args) => {
  it(`and ${JSON.stringify(args)} still has a result that is whole, clean and small`, { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(status, body, async (code, content) => {
        sandbox.heal();
        const own = args === VULNERABILITY ? freshVulnerability(operation) : undefined;
        const body =
          own && typeof content === 'string' ? content.replaceAll(VULNERABILITY.vul_id, own.vul_id) : content;
        const times = Number.POSITIVE_INFINITY;
        const headers = { 'X-Request-Id': INJECTION };
        sandbox.inject({ kind: 'respond', operation, status: code, headers, body, times });
        const result = await program.call(tool, own ?? args);
        expect(JSON.stringify(result.structuredContent ?? {}).length + result.text.length).toBeLessThan(20_000);
        expect(result.text.replaceAll('\n', '')).not.toMatch(INVISIBLE);
        expect(stringsIn(result.structuredContent).find((text) => INVISIBLE.test(text))).toBeUndefined();
        expect(result.text.split('```').length % 2).toBe(1);
        expect(outsideFences(result.text)).not.toContain(INJECTION);
        expect(adviceIn(result.structuredContent).join('\n')).not.toContain(INJECTION);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the program', () => {
  it('lives on, without a defect on its log', async () => {
    expect(await program.request('ping')).toEqual({});
    expect(program.stderr).not.toContain('failed unexpectedly');
  });
});
