import { setTimeout as sleep } from 'node:timers/promises';
import { Program, type Structured } from './program.js';

/** One call of a conversation, and what it came to. */
export interface Said {
  readonly title: string;
  readonly text: string;
  readonly structured: Structured;
  readonly isError: boolean;
  /** What the person was asked meanwhile. */
  readonly question?: string | undefined;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * A conversation over the images of a company, as an assistant has it: with names and texts of its users, through every
 * tool, and with the calls that are refused on the way.
 */
export async function converse(env: Readonly<Record<string, string>>): Promise<readonly Said[]> {
  const program = await Program.start(env, {
    args: ['--sandbox', '--images', '500'],
    capabilities: { elicitation: { form: {} } },
  });
  const said: Said[] = [];
  let question: string | undefined;
  let answer: 'accept' | 'decline' = 'accept';
  program.onServerRequest = ({ params }) => {
    question = String((params as { message?: unknown } | undefined)?.message);
    return { result: { action: answer, content: {} } };
  };
  const call = async (title: string, tool: string, args: object) => {
    question = undefined;
    // A busy machine may not read everything in time; asking again brings the rest.
    let answered = await program.call(tool, args);
    for (let tries = 0; answered.structured.incomplete && tries < 20; tries += 1) {
      await sleep(1_000);
      answered = await program.call(tool, args);
    }
    const { text, structured, isError = false } = answered;
    said.push({ title, text, structured, isError, question });
    return structured;
  };
  const named = ({ image_id, image_digest, image_name, image_version }: Row) => ({
    image_id,
    image_digest,
    image_name,
    image_version,
  });
  const [ALL, FEW] = [{ enterprise_project_id: 'all_granted_eps' }, { limit: 2 }];

  await call('which images', 'list_local_images', { image_name: '对账服务', ...FEW, ...ALL });
  await call('no image', 'list_local_images', { image_name: '不存在的镜像' });
  await call('beyond the last', 'list_local_images', { image_name: '对账服务', offset: 1000, ...ALL });
  const { images: failed } = await call('failed scans', 'list_local_images', {
    scan_status: 'failed',
    limit: 20,
    include: ['hosts'],
    ...ALL,
  });
  await call('the state of failed scans', 'get_local_image_scan_status', {
    images: failed.map(named),
    ...ALL,
  });
  await call('a CVE', 'list_local_images', { cve_id: 'CVE-2021-44228', ...FEW, ...ALL });
  const chosen = await call('a selection', 'list_local_images', {
    host_name: '生产节点-',
    select: true,
    ...FEW,
    ...ALL,
  });
  for (const group_by of ['scan_status', 'scan_failed_desc', 'severity_level', 'vulnerability', 'host_name']) {
    await call(`by ${group_by}`, 'summarize_local_images', { group_by, ...FEW, ...ALL });
  }
  await call('no group', 'summarize_local_images', { group_by: 'image_name', image_name: '不存在的镜像' });
  const { selection_id } = chosen;
  const { selection_id: counted } = await call('a dry run', 'batch_scan_local_image', {
    operate_all: true,
    image_name: '支付/notifier',
    dry_run: true,
    ...ALL,
  });
  await call('a dry run of nothing', 'batch_scan_local_image', {
    operate_all: true,
    image_name: '不存在的镜像',
    dry_run: true,
  });
  await call('a dry run of a list', 'batch_scan_local_image', {
    image_info_list: [{ image_name: '不存在的镜像' }],
    dry_run: true,
  });
  answer = 'decline';
  await call('declined', 'batch_scan_local_image', { operate_all: true, image_name: '支付', ...ALL });
  answer = 'accept';
  const { scan_id } = await call('a scan', 'batch_scan_local_image', { selection_id: counted });
  await call('the scan once more', 'batch_scan_local_image', { selection_id: counted });
  await call('the end of the scan', 'get_local_image_scan_status', { scan_id, wait_seconds: 45, ...FEW });
  await call('images that are not there', 'get_local_image_scan_status', { images: [{ image_name: '不存在的镜像' }] });
  const found = await call('vulnerabilities', 'list_local_image_vulnerabilities', {
    severity_level: 'Critical',
    ...FEW,
    ...ALL,
  });
  const [worst] = found.vulnerabilities as readonly Row[];
  await call('no vulnerability', 'list_local_image_vulnerabilities', { vul_name: '不存在的漏洞' });
  await call('of a selection', 'list_local_image_vulnerabilities', { selection_id, ...FEW });
  const { images: scanned } = await call('scanned images', 'list_local_images', {
    scan_status: 'success',
    sort_by: 'critical',
    ...FEW,
    ...ALL,
  });
  const [one, other] = scanned;
  await call('of one image', 'list_local_image_vulnerabilities', { image_id: one?.image_id, ...FEW, ...ALL });
  await call('one vulnerability', 'get_vulnerability_details', {
    vul_id: worst?.vul_id,
    type: worst?.type,
    ...FEW,
    ...ALL,
  });
  await call('handled ones', 'list_local_image_vulnerabilities', { handle_status: 'handled', ...FEW, ...ALL });
  await call('one image', 'get_local_image_details', {
    ...named(one ?? {}),
    include: ['findings', 'packages', 'hosts', 'containers', 'baseline'],
    ...ALL,
  });
  const { images: unscanned } = await call('unscanned images', 'list_local_images', {
    scan_status: 'unscan',
    ...FEW,
    ...ALL,
  });
  await call('an image that was never scanned', 'get_local_image_details', { ...named(unscanned[0] ?? {}), ...ALL });
  await call('a plan', 'plan_local_image_fixes', { severity_level: 'Critical', limit: 2, ...ALL });
  await call('a plan of nothing', 'plan_local_image_fixes', { selection_id: counted, severity_level: 'Critical' });
  await call('a comparison', 'compare_local_images', { before: named(one ?? {}), after: named(other ?? {}), ...ALL });
  await call('a blind comparison', 'compare_local_images', {
    vul_ids: [worst?.vul_id],
    after: named(unscanned[0] ?? {}),
    ...ALL,
  });
  await call('a report', 'export_local_image_report', { format: 'markdown', image_name: '支付', ...ALL });
  await call('a report of a selection', 'export_local_image_report', { format: 'json', selection_id });
  // Nothing is read after it: its scans go on.
  await call('a scan of all', 'batch_scan_local_image', { operate_all: true });
  await call('no selection', 'batch_scan_local_image', {});
  await call('half a range', 'list_local_images', { start_latest_scan_time: 1_700_000_000_000 });
  await call('seconds', 'list_local_images', { start_latest_scan_time: 1_700_000_000 });
  await call('no such image', 'get_local_image_details', { image_name: '不存在的镜像' });
  await call('nothing to follow', 'get_local_image_scan_status', {});
  await call('both or none', 'compare_local_images', { after: { image_name: '对账服务' } });
  await call('no such vulnerability', 'get_vulnerability_details', { vul_id: '不存在', type: 'app_vul' });
  await call('no region', 'list_local_images', { region: '华北' });
  await call('no baseline', 'export_local_image_report', { format: 'json', baseline: '不存在.json' });
  await program.end();
  return said;
}
