import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const DEMO = fileURLToPath(new URL('../../dist/demo.js', import.meta.url));

async function demo(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [DEMO, ...args], { env: { PATH: process.env.PATH ?? '' } });
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
    const { code, stdout, stderr } = await demo();
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
      'Done.',
    ].map((text) => stdout.indexOf(text));
    expect(order.every((at) => at >= 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('fails with a message when the server cannot be started', async () => {
    const { code, stderr } = await demo('no-such-program.js');
    expect(code).toBe(1);
    expect(stderr).toContain('The demo failed');
  });
});
