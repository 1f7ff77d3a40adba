import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import { codeOf, type Query, type Row, signed } from './call.js';
import { Region, seed } from './region.js';

let region: Region;
afterEach(() => region.close());
const start = async (options: SandboxOptions = {}) => {
  region = await Region.start(options);
};

const begin = (data: unknown, query: Query = { export_size: 1000 }) =>
  region.call({
    method: 'POST',
    path: 'image/local-vulnerability/export',
    data,
    query: { enterprise_project_id: 'all_granted_eps', ...query },
  });
const stateOf = async (taskId: unknown) => (await region.get(`export-task/${taskId}`)).body as Row;

async function download(fileId: unknown): Promise<{ type: unknown; rows: Row[] }> {
  const call = { path: region.path(`download/${fileId}`), headers: { region: 'cn-north-4' } };
  const { url, ...message } = signed(region.origin, call, { clock: region.clock });
  const { headers, body } = await request(url, message);
  const files = Object.values(unzipSync(new Uint8Array(await body.arrayBuffer())));
  return { type: headers['content-type'], rows: parse(strFromU8(files[0] ?? new Uint8Array()), { columns: true }) };
}

async function exported(data: unknown, query?: Query): Promise<Row[]> {
  const { record_total_num, task_id } = (await begin(data, query)).body as Row;
  region.clock.ms += 1000;
  const { rows } = await download((await stateOf(task_id)).file_id);
  expect(rows).toHaveLength(Number(record_total_num));
  return rows;
}

describe('an export of HSS', () => {
  it('is begun, looked at, and fetched as a ZIP', async () => {
    await start();
    const { task_id } = (await begin({ operate_all: true })).body as Row;
    expect(await stateOf(task_id)).toEqual({ task_id, task_name: expect.any(String), task_status: 'running' });
    region.clock.ms += 1000;
    const { file_id, ...state } = await stateOf(task_id);
    expect(state).toMatchObject({ task_status: 'success', file_name: expect.stringMatching(/\.zip$/) });
    const { type, rows } = await download(file_id);
    expect(type).toBe('application/zip');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows[0]).toHaveProperty('vul_id');
  });

  it('is of the images and findings that are asked for', async () => {
    await start();
    const nginx = await exported({ operate_all: true, image_name: 'nginx' });
    expect(new Set(nginx.map((row) => row.image_id))).toEqual(new Set([seed('nginx').image_id]));
    const all = await exported({ operate_all: true });
    const handled = await exported({ operate_all: true, handle_status: 'handled' });
    const open = await exported({ operate_all: true, handle_status: 'unhandled' });
    expect(handled.length + open.length).toBe(all.length);
    expect(await exported({ image_id_list: [seed('nginx').image_id] })).toEqual(nginx);
    expect(await exported({ operate_all: true }, { export_size: 2 })).toHaveLength(2);
    expect(await exported({ operate_all: true, image_name: 'no such image' })).toEqual([]);
  });

  it('needs its size, its images and the region', async () => {
    await start();
    expect(codeOf(await begin({ operate_all: true }, {}))).toBe('400 HSS.0001');
    expect(codeOf(await begin({}))).toBe('400 HSS.0001');
    expect(codeOf(await begin({ operate_all: true, scan_status: 'nonsense' }))).toBe('400 HSS.0001');
    const path = 'image/local-vulnerability/export';
    const query = { export_size: 1 };
    const bare = await region.call({ method: 'POST', path, query, data: { operate_all: true }, headers: {} });
    expect(codeOf(bare)).toBe('400 HSS.0001');
  });

  it('is not to be had under an id that nobody gave, nor before it is ready', async () => {
    await start();
    for (const path of ['export-task/nothing', 'download/nothing']) {
      expect(codeOf(await region.get(path))).toBe('400 HSS.0011');
    }
  });

  it.each([
    ['fails', 'failure'],
    ['never_ends', 'running'],
  ] as const)('ends as chosen: %s', async (exportTask, status) => {
    await start({ exportTask });
    const { task_id } = (await begin({ operate_all: true })).body as Row;
    region.clock.ms += 3_600_000;
    expect((await stateOf(task_id)).task_status).toBe(status);
  });
});
