import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const DEMO = fileURLToPath(new URL('../../dist/demo.js', import.meta.url));

async function demo(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [DEMO, ...args], { env: { PATH: process.env.PATH ?? '', ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

describe('the demo', () => {
  it('shows the whole conversation, from the list to the findings', async () => {
    const home = mkdtempSync(join(tmpdir(), 'demo-'));
    const { code, stdout, stderr } = await demo({ HOME: home });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const order = [
      'batch_scan_local_image: Scan local images',
      '-> list_local_images {"enterprise_project_id":"all_granted_eps"}',
      'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b',
      'HSS accepted the request to scan 2 images',
      '-> get_local_image_scan_status',
      '2 finished, 0 running, 0 failed',
      'success      7 ',
      '-> list_local_image_vulnerabilities',
      '-> get_vulnerability_details',
      'or later and build the image again',
      '-> export_local_image_report {"enterprise_project_id":"all_granted_eps","format":"html"}',
      'Open it in a browser',
      'Done.',
    ].map((text) => stdout.indexOf(text));
    expect(order.every((at) => at >= 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const folder = join(home, 'huaweicloud-hss-reports');
    const [name = ''] = readdirSync(folder);
    // The path stands alone on its line, so that it can be copied.
    expect(stdout).toContain(`\n   ${join(folder, name)}\n`);
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('writes into the folder that was chosen for reports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-'));
    const { stdout } = await demo({ HOME: '/nonexistent', HSS_REPORT_DIR: folder });
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.html$/)]);
    expect(stdout).toContain(folder);
  });

  it('fails with a message when the server cannot be started', async () => {
    const { code, stderr } = await demo({}, 'no-such-program.js');
    expect(code).toBe(1);
    expect(stderr).toContain('The demo failed');
  });
});
