import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Chat, type ChatOptions, startBrowser } from './chat.js';

// The board in a real browser, under the official bridge, against the built program with an estate of 500 images.

let browser: Browser;
let chat: Chat;
beforeAll(async () => {
  browser = await startBrowser();
});
afterEach(async () => {
  const { watch } = chat;
  await chat.close();
  expect(watch).toEqual({ requests: [], faults: [] });
});
afterAll(() => browser?.close());

const PAGE = 12;
/** Opens the board and waits for its first page. */
async function open(options: ChatOptions = {}): Promise<void> {
  chat = await Chat.open(browser, options);
  await settled();
}
const settled = () => chat.board.locator('.table:not([aria-busy]) tbody tr').first().waitFor();
const rows = () => chat.board.locator('.images tbody tr');
const named = (name: string | RegExp): Locator => chat.board.getByRole('button', { name });
const structured = async (tool: string, given: Record<string, unknown> = {}) =>
  (await chat.call(tool, given)).structuredContent as Record<string, unknown>;
const untilTold = (check: (told: Chat['told']) => boolean) =>
  expect.poll(() => check(chat.told), { timeout: 20_000 }).toBe(true);
const boxes = () => chat.board.locator('tbody input[type=checkbox]');

describe('the board', () => {
  it('shows the estate at a glance and the worst images first', async () => {
    await open();
    expect(await rows().count()).toBe(PAGE);
    const states = await structured('summarize_local_images', { group_by: 'scan_status' });
    await chat.board.locator('.legend').waitFor();
    expect(await chat.board.locator('.figure').first().innerText()).toMatch(new RegExp(`^${states.images}\\s`));
    const severities = await structured('summarize_local_images', { group_by: 'severity_level' });
    for (const { key, images } of severities.groups as { key: string; images: number }[]) {
      expect(await chat.board.locator(`.mark-${key}`).innerText()).toMatch(new RegExp(` ${images}$`));
    }
    const listed = await structured('list_local_images', { sort_by: 'critical', limit: PAGE });
    const names = (listed.images as { image_name: string; image_version: string }[]).map(
      ({ image_name, image_version }) => `${image_name.split('/').at(-1)}:${image_version}`,
    );
    expect(await chat.board.locator('tbody .name button').allInnerTexts()).toEqual(names);
    await named('Next').click();
    await expect.poll(() => chat.board.locator('.pages').innerText()).toContain('13–24');
  });

  it('takes over the filters of the call that opened it, and sets others', async () => {
    await open({
      given: { image_name: 'mail', region: 'cn-north-4', not_scanned_for_days: 1, image_size: 0, host_name: '' },
    });
    expect(chat.callsOf('list_local_images').at(-1)?.arguments).toEqual({
      image_name: 'mail',
      region: 'cn-north-4',
      not_scanned_for_days: 1,
      sort_by: 'critical',
      offset: 0,
      limit: PAGE,
    });
    for (const name of await chat.board.locator('tbody .name button').allInnerTexts()) expect(name).toContain('mail');
    await named('Remove the filter not_scanned_for_days').click();
    await chat.board.getByRole('searchbox').fill('');
    await chat.board.getByLabel('State').selectOption('failed');
    await expect
      .poll(() => chat.callsOf('list_local_images').at(-1)?.arguments)
      .toEqual({ region: 'cn-north-4', scan_status: 'failed', sort_by: 'critical', offset: 0, limit: PAGE });
    await settled();
    expect(new Set(await chat.board.locator('.images .dot').allInnerTexts())).toEqual(new Set(['Failed']));
    await chat.board.locator('.legend button', { hasText: 'Critical' }).click();
    await expect.poll(() => chat.callsOf('list_local_images').at(-1)?.arguments.severity_level).toBe('Critical');
    await untilTold(({ structuredContent }) =>
      JSON.stringify(structuredContent?.filters).includes('"severity_level":"Critical"'),
    );
  });

  it('leads from an image to its findings and to the fix, and back to where it began', async () => {
    await open();
    const first = chat.board.locator('tbody .name button').first();
    const name = await first.innerText();
    await first.focus();
    await chat.page.keyboard.press('Enter');
    const heading = chat.board.getByRole('heading', { level: 2 });
    await expect.poll(() => heading.innerText()).toBe(name);
    expect(await heading.evaluate((one) => one === document.activeElement)).toBe(true);
    const finding = chat.board.locator('.detail .rows button').first();
    await finding.click();
    await chat.board.locator('.fix').waitFor();
    expect(await chat.board.locator('.fix').innerText()).toMatch(/^Update /);
    expect(await chat.board.locator('.rows tbody tr').count()).toBeGreaterThan(0);
    await untilTold(({ structuredContent }) => 'vul_id' in ((structuredContent?.looks_at ?? {}) as object));
    await chat.page.keyboard.press('Escape');
    await expect.poll(() => heading.innerText()).toBe(name);
    await named('Back').click();
    await expect.poll(() => first.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('says what to fix first', async () => {
    await open();
    await named('What to fix first').click();
    await chat.board.locator('.plan li').first().waitFor();
    const { upgrades } = (await structured('plan_local_image_fixes', { limit: 10 })) as {
      upgrades: { package: string }[];
    };
    expect(await chat.board.locator('.plan strong').allInnerTexts()).toEqual(upgrades.map((one) => one.package));
    await chat.board.locator('.plan .ids button').first().click();
    await chat.board.locator('.fix').waitFor();
  });

  it('says what was not read yet, where HSS lets little be read', async () => {
    chat = await Chat.open(browser, { args: ['--sandbox', '--images', '500', '--limits', 'documented'] });
    const unread = chat.board.locator('.unread').first();
    await unread.waitFor({ timeout: 80_000 });
    expect(await unread.innerText()).toContain('Not all was read yet: ');
    // What was not read is no part of what was found clean.
    await chat.board.locator('.mark-not_read').waitFor({ timeout: 60_000 });
    expect(await chat.board.locator('.mark-not_read').innerText()).toMatch(/^Not read yet \d+$/);
  });

  it('can be used without a mouse, and names every control', async () => {
    await open();
    const unnamed = await chat.board
      .locator('button, input, select')
      .evaluateAll((all) =>
        all.filter((one) => !(one.textContent?.trim() || one.ariaLabel || one.closest('label')?.textContent?.trim())),
      );
    expect(unnamed).toEqual([]);
    await boxes().first().focus();
    await chat.page.keyboard.press('Space');
    await chat.board.getByText('1 chosen').waitFor();
    expect(
      await boxes()
        .first()
        .evaluate((one) => one === document.activeElement),
    ).toBe(true);
    // What is drawn anew keeps the focus where it was, or gives it to what comes next.
    const focused = () => chat.board.locator(':focus').innerText();
    await named('Scan…').focus();
    await chat.page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Scan 1 images with Huawei Cloud HSS?');
    await named('Cancel').focus();
    await chat.page.keyboard.press('Enter');
    expect(await focused()).toBe('Scan…');
    await named('Next').focus();
    await chat.page.keyboard.press('Enter');
    await expect.poll(() => chat.board.locator('.pages').innerText()).toContain('13–24');
    expect(await focused()).toBe('Next');
    expect(await chat.board.locator('[aria-live=polite]').count()).toBe(1);
    await expect.poll(() => chat.board.getByRole('status').innerText()).toMatch(/13–24 of/);
  });

  it('speaks the language of the host and keeps its theme, also when they change', async () => {
    await open({
      context: {
        locale: 'zh-CN',
        theme: 'dark',
        styles: { variables: { '--color-text-primary': 'rgb(1, 2, 3)' } },
      } as ChatOptions['context'] & object,
    });
    expect(await chat.board.getByRole('heading', { level: 1 }).innerText()).toBe('本地镜像');
    const look = () =>
      chat.board
        .locator('html')
        .evaluate((root) => [
          root.getAttribute('lang'),
          getComputedStyle(root).colorScheme,
          getComputedStyle(root).color,
        ]);
    expect(await look()).toEqual(['zh-CN', 'dark', 'rgb(1, 2, 3)']);
    await chat.page.evaluate(() => window.changeHost({ theme: 'light', locale: 'en-GB' }));
    await expect.poll(look).toEqual(['en', 'light', 'rgb(1, 2, 3)']);
    await chat.board.getByText('What to fix first').waitFor();
  });

  it('fits beside a narrow chat', async () => {
    await open({ width: 360 });
    const overhang = await chat.board.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(overhang).toBeLessThanOrEqual(0);
  });

  it('ends with the host', async () => {
    await open();
    await chat.page.evaluate(() => window.closeBoard());
    expect(await chat.page.locator('iframe').count()).toBe(0);
  });
});

describe('a scan from the board', () => {
  const dryRuns = () => chat.callsOf('batch_scan_local_image').filter((call) => call.arguments.dry_run === true);
  const orders = () => chat.callsOf('batch_scan_local_image').filter((call) => call.arguments.dry_run === undefined);

  /** Chooses all images that were never scanned, as the server keeps them, and has them counted. */
  async function chooseUnscanned(): Promise<number> {
    await chat.board.getByLabel('State').selectOption('unscan');
    await chat.board.getByText(/^Choose all \d+ that match$/).waitFor();
    await expect.poll(() => chat.callsOf('list_local_images').at(-1)?.arguments.scan_status).toBe('unscan');
    await settled();
    await named(/^Choose all \d+ that match$/).click();
    await named('Scan…').click();
    const confirm = named(/^Scan \d+ images$/);
    await confirm.waitFor();
    return Number(/\d+/.exec(await confirm.innerText())?.[0]);
  }

  it('tells the number first, sends nothing before it is confirmed, and follows it to its end', async () => {
    await open();
    for (const row of [0, 1, 2]) await boxes().nth(row).check();
    await untilTold(({ structuredContent }) => structuredContent?.chosen_num === 3);
    await named('Scan…').click();
    await chat.board.getByRole('group').getByText('Scan 3 images with Huawei Cloud HSS?').waitFor();
    expect(dryRuns()).toHaveLength(1);
    expect(orders()).toEqual([]);
    await named('Cancel').click();
    expect(orders()).toEqual([]);
    await named('Scan…').click();
    await named('Scan 3 images').click();
    await chat.board.getByRole('progressbar').waitFor();
    await chat.board.getByText('The scan has ended.').first().waitFor({ timeout: 60_000 });
    expect(orders()).toHaveLength(1);
    expect(await chat.board.locator('.scan').innerText()).toContain('3 of 3 done');
    await untilTold(
      ({ structuredContent }) => structuredContent?.scan_is_over === true && structuredContent.scan_id === 'scan_1',
    );
    expect(chat.told.content?.[0]?.text).toMatch(/scan_1, ended: .*finished/);
    const status = await structured('get_local_image_scan_status', { scan_id: 'scan_1' });
    expect(status).toMatchObject({ call_again: false });
  });

  it('is asked about by the server where the host can ask', async () => {
    await open({ answer: 'accept' });
    const count = await chooseUnscanned();
    await named(`Scan ${count} images`).click();
    await chat.board.getByRole('progressbar').waitFor();
    expect(chat.questions).toEqual([expect.stringContaining(`Images: ${count} images.`)]);
    expect(await structured('get_local_image_scan_status', { scan_id: 'scan_1' })).toMatchObject({ total_num: count });
  });

  it('is not sent when the person declines there', async () => {
    await open({ answer: 'decline' });
    await named(`Scan ${await chooseUnscanned()} images`).click();
    await chat.board.getByRole('alert').getByText('The person declined').waitFor();
    expect((await chat.call('get_local_image_scan_status', { scan_id: 'scan_1' })).isError).toBe(true);
  });

  it('carries the confirmed number where the host cannot ask', async () => {
    await open();
    const count = await chooseUnscanned();
    await named(`Scan ${count} images`).click();
    await chat.board.getByRole('progressbar').waitFor();
    expect(orders().map((call) => call.arguments)).toEqual([
      { selection_id: expect.stringMatching(/^sel_\d+$/), confirm_image_count: count },
    ]);
  });

  it('is refused by HSS_SCAN_ALL=deny, but for images that were named', async () => {
    await open({ env: { HSS_SCAN_ALL: 'deny' } });
    await named(`Scan ${await chooseUnscanned()} images`).click();
    await chat.board.getByRole('alert').getByText('HSS_SCAN_ALL').waitFor();
    expect((await chat.call('get_local_image_scan_status', { scan_id: 'scan_1' })).isError).toBe(true);
    await named('Clear').click();
    await boxes().locator('visible=true').and(chat.board.locator(':enabled')).first().check();
    await named('Scan…').click();
    await named('Scan 1 images').click();
    await chat.board.getByRole('progressbar').waitFor();
  });

  it('is not offered by a server that only reads', async () => {
    await open({ env: { HSS_READ_ONLY: 'true' } });
    expect(await boxes().count()).toBe(0);
    await chat.board.locator('tbody .name button').first().click();
    await chat.board.locator('.facts').waitFor();
    expect(await chat.board.getByRole('button', { name: /scan/i }).count()).toBe(0);
  });
});
