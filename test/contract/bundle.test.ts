import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOL_LIST } from '../../src/mcp/tool-list.js';
import { VERSION } from '../../src/version.js';
import { Program } from '../support/program.js';

// The package as a user gets it: packed, installed into an empty folder with no other package, and run from there.
const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let files: { path: string; size: number }[];
let packedSize: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hss-pack-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT });
  const [packed] = JSON.parse(stdout) as { filename: string; size: number; files: { path: string; size: number }[] }[];
  files = packed?.files ?? [];
  packedSize = packed?.size ?? 0;
  await run('npm', ['i', '--no-audit', '--no-fund', '--offline', join(folder, packed?.filename ?? '')], {
    cwd: folder,
  });
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const installed = () => join(folder, 'node_modules', 'huaweicloud-hss-mcp');

describe('the packed program', () => {
  it('holds only what runs', () => {
    const paths = files.map((file) => file.path).sort();
    expect(paths.filter((path) => !path.startsWith('dist/'))).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'mcp.json.example',
      'package.json',
    ]);
    for (const path of paths.filter((path) => path.startsWith('dist/'))) {
      expect(path).toMatch(/^dist\/(index\.js|board\.html|THIRD-PARTY-LICENSES\.txt|[a-z-]+-[\w-]{8}\.js)$/);
    }
    expect(packedSize).toBeLessThanOrEqual(600 * 1024);
  });

  it('installs as one package, without install scripts', async () => {
    expect((await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual([
      'huaweicloud-hss-mcp',
    ]);
    const { dependencies = {}, scripts = {} } = JSON.parse(
      await readFile(join(installed(), 'package.json'), 'utf8'),
    ) as Record<string, object>;
    expect(dependencies).toEqual({});
    expect(Object.keys(scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
  });

  it('names the licences of what is bundled', async () => {
    const text = await readFile(join(installed(), 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['@modelcontextprotocol/sdk', 'undici', 'zod'])
      expect(text).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)`, 'm'));
  });

  it('runs: its version, its tools, and a scan against the embedded HSS', async () => {
    const bin = join(folder, 'node_modules', '.bin', 'huaweicloud-hss-mcp');
    expect((await run(bin, ['--version'])).stdout).toBe(`${VERSION}\n`);
    const program = await Program.start({}, { args: ['--sandbox'], program: join(installed(), 'dist', 'index.js') });
    expect((await program.request('tools/list')).tools).toEqual(JSON.parse(JSON.stringify(TOOL_LIST)));
    const { structured } = await program.call('batch_scan_local_image', { image_info_list: [{ image_name: 'nginx' }] });
    expect(structured).toMatchObject({ accepted: true, sandbox: true });
    await program.end();
  });
});
