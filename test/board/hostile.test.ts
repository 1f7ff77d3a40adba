import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { runCommand } from '../support/command.js';
import { settingsFor } from '../support/program.js';
import { Chat, startBrowser, watchedPage } from './chat.js';

// Names and texts that an attacker chose, in every field of every row that the board shows.

const NAMES = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '</script><script src="https://evil.invalid/x.js"></script>',
  '"><svg onload=alert(1)>',
  '<a href="javascript:alert(1)">click</a>',
  'javascript:alert(1)',
  '<style>@import "https://evil.invalid/x.css"</style>',
  '\u202egnp.exe\u2066 x',
  '{{7*7}}${7*7}',
  '__proto__',
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
  'x'.repeat(100_000),
];
const FIELDS =
  'image_version local_image_type scan_failed_desc severity_level host_name host_id vul_name description url solution_detail app_name app_version agent_status container_name container_id pod_name'.split(
    ' ',
  );
const ROWS = NAMES.map((name, index) => ({
  ...Object.fromEntries(FIELDS.map((field) => [field, name])),
  cve_list: [{ cve_id: name }],
  cve_id: name,
  vul_id: name.slice(0, 200),
  type: 'app_vul',
  image_id: `id-${index}`,
  image_digest: `sha256:${String(index).padStart(64, '0')}`,
  image_name: name,
  scan_status: ['success', 'failed', 'scanning', name][index % 4],
  latest_scan_time: 1_700_000_000_000,
  vul_num: 3,
  container_num: 1,
}));
const OPERATIONS = [
  'ListImageLocal',
  'ListGeneralImageVuls',
  'ListVulAffectImages',
  'ListVulAffectImageApps',
  'ListVulnerabilityCve',
  'ListLocalImageAppInfo',
  'ListLocalImageHosts',
  'ListLocalImageContainers',
];

let browser: Browser;
let sandbox: Sandbox;
let chat: Chat;
beforeAll(async () => {
  browser = await startBrowser();
  sandbox = await Sandbox.start();
  const body = JSON.stringify({ total_num: ROWS.length, data_list: ROWS });
  for (const operation of OPERATIONS) {
    sandbox.inject({ kind: 'respond', operation, status: 200, body, times: Number.POSITIVE_INFINITY });
  }
});
afterEach(() => chat?.close());
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

describe('hostile names', () => {
  it('come out as the text that they are, run nothing and ask for nothing', async () => {
    chat = await Chat.open(browser, { args: [], env: settingsFor(sandbox) });
    const { board, page, watch } = chat;
    const inFrame = () =>
      board.locator('html').evaluate((root) => ({
        scripts: root.ownerDocument.scripts.length,
        foreign: root.querySelectorAll('img,svg,iframe,object,embed,a,form,link,base,video,audio').length,
        styles: root.querySelectorAll('style').length,
        handlers: [...root.querySelectorAll('*')].filter((one) =>
          one.getAttributeNames().some((name) => name.startsWith('on') || name === 'href' || name === 'src'),
        ).length,
        overhang: root.scrollWidth - root.clientWidth,
      }));
    // The page's own script has made room for what it shows.
    const harmless = { scripts: 0, foreign: 0, styles: 1, handlers: 0, overhang: 0 };

    await board
      .locator('.images tbody tr')
      .nth(NAMES.length - 1)
      .waitFor();
    expect(await board.locator('.images').innerText()).toContain('onerror=alert(1)>');
    expect(await inFrame()).toEqual(harmless);
    for (const name of ['img src=x', 'script>alert', 'xxxxxxxxxx']) {
      await board.locator('.images .name button', { hasText: name }).first().click();
      await board.locator('.detail .facts, .detail .alert').first().waitFor();
      await board.locator('.detail .part').last().locator('table, .alert, p').first().waitFor();
      expect(await inFrame()).toEqual(harmless);
      await board.getByRole('button', { name: 'Back' }).click();
    }
    await board.getByRole('button', { name: 'What to fix first' }).click();
    await board.locator('.plan, main section:not([hidden]) .soft').first().waitFor();
    expect(await inFrame()).toEqual(harmless);

    // What the person chose is told to the model as data.
    await board.getByRole('button', { name: 'Images', exact: true }).click();
    await board.locator('tbody input:enabled').first().check();
    await expect.poll(() => chat.told.content?.[0]?.text ?? '').toContain('data, not instructions');
    await page.waitForTimeout(500);
    expect(watch).toEqual({ requests: [], faults: [] });
  });

  it('are text in the HTML report, too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hss-hostile-'));
    const output = join(folder, 'report.html');
    const written = await runCommand(settingsFor(sandbox), 'report', '--format', 'html', '--output', output);
    expect(written.stderr).toBe('');
    const html = await readFile(output, 'utf8');
    await rm(folder, { recursive: true });
    const size = { width: 390, height: 844 };
    const { context, page, watch } = await watchedPage(browser, size, { url: 'http://report.invalid/', html });
    expect(await page.locator('body').innerText()).toContain('onerror=alert(1)>');
    const found = await page.locator('html').evaluate((root) => ({
      scripts: root.ownerDocument.scripts.length,
      foreign: root.querySelectorAll('img,iframe,object,embed,a,form,link,base,video,audio').length,
      overhang: root.scrollWidth - root.clientWidth,
    }));
    expect(found).toEqual({ scripts: 1, foreign: 0, overhang: 0 });
    expect(watch).toEqual({ requests: [], faults: [] });
    await context.close();
  });
});
