import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.js';
import { startBrowser, watchedPage } from './chat.js';

// The HTML report in a real browser, as the command writes it.

const WIDE = { width: 1_100, height: 900 };
const PHONE = { width: 390, height: 844 };

let browser: Browser;
let folder: string;
let html: string;
beforeAll(async () => {
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), 'hss-report-'));
  const output = join(folder, 'report.html');
  const flags = ['--sandbox', '--images', '500', '--format', 'html', '--output', output];
  expect(await runCommand({}, 'report', ...flags)).toMatchObject({ code: 0 });
  html = await readFile(output, 'utf8');
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (size: typeof WIDE) => watchedPage(browser, size, { url: 'http://report.invalid/', html });

describe('the HTML report', () => {
  it('asks for nothing, and its tables are sorted by their heads', async () => {
    const { context, page, watch } = await open(WIDE);
    const table = page.locator('table').first();
    const head = table.getByRole('button').nth(1);
    const column = () => table.locator('tbody tr td:nth-child(2)').allInnerTexts();
    for (const order of ['descending', 'ascending']) {
      await head.click();
      expect(await page.locator(`th[aria-sort=${order}]`).count()).toBe(1);
      const sorted = (await column()).sort((a, b) => a.localeCompare(b));
      expect(await column()).toEqual(order === 'ascending' ? sorted : sorted.reverse());
    }
    expect(watch).toEqual({ requests: [], faults: [] });
    await context.close();
  });

  it.each([
    ['wide', WIDE],
    ['on a phone', PHONE],
  ])('does not run over the edge %s', async (_, size) => {
    const { context, page, watch } = await open(size);
    const edges = await page.locator('html').evaluate((root) => [root.scrollWidth, root.clientWidth]);
    expect(edges[0]).toBe(edges[1]);
    expect(watch).toEqual({ requests: [], faults: [] });
    await context.close();
  });

  it('is as readable on paper, whatever theme the screen has', async () => {
    const { context, page, watch } = await open(WIDE);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const [paper, ink] = await page
      .locator('body')
      .evaluate((body) => [getComputedStyle(body).backgroundColor, getComputedStyle(body).color]);
    expect([paper, ink]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    // A table that could be scrolled on a screen would be cut on paper.
    const cut = await page
      .locator('.scroll')
      .evaluateAll((all) => all.filter((one) => getComputedStyle(one).overflowX !== 'visible').length);
    expect(cut).toBe(0);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
    expect(watch).toEqual({ requests: [], faults: [] });
    await context.close();
  });
});
