import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { runCommand } from '../support/command.js';
import { Chat, startBrowser, watchedPage } from './chat.js';

// Draws the pictures of the board and of the report in docs/pictures, from the embedded HSS: npm run pictures

const OUT = join('docs', 'pictures');
const WIDE = 900;
const NARROW = 390;

const browser = await startBrowser();
await mkdir(OUT, { recursive: true });
const wanted = process.argv.slice(2);
const draw = async (name: string, make: (path: string) => Promise<void>) => {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) return;
  const path = join(OUT, `${name}.png`);
  await make(path);
  process.stdout.write(`${path} ${Math.round((await stat(path)).size / 1024)} KB\n`);
};

/** Makes the window as high as the board, and waits until nothing of it moves. */
async function settle({ page, board }: Chat): Promise<void> {
  const heightOf = async () => Math.ceil((await board.locator('html').boundingBox())?.height ?? 0);
  let height = 0;
  for (let now = await heightOf(); now !== height; now = await heightOf()) {
    height = now;
    await page.waitForTimeout(700);
  }
  await page.setViewportSize({ width: page.viewportSize()?.width ?? WIDE, height });
  await page.waitForTimeout(1_500);
}

/** The board as a chat shows it, when all has been read. */
async function boardIn(path: string, options: Parameters<typeof Chat.open>[1], act = async (_: Chat) => {}) {
  const chat = await Chat.open(browser, { width: WIDE, ...options });
  await chat.board.locator('.legend').waitFor();
  await chat.board.locator('tbody tr').nth(11).waitFor();
  await act(chat);
  await settle(chat);
  await chat.page.screenshot({ path });
  await chat.close();
}

await draw('board-light', (path) => boardIn(path, {}));
await draw('board-dark', (path) => boardIn(path, { context: { theme: 'dark' } }));
await draw('board-zh', (path) => boardIn(path, { context: { locale: 'zh-CN' } }));
await draw('board-narrow', (path) => boardIn(path, { width: NARROW }));
await draw('board-plan', (path) =>
  boardIn(path, {}, async ({ board }) => {
    await board.getByRole('button', { name: 'What to fix first' }).click();
    await board.locator('.plan li').nth(3).waitFor();
  }),
);
await draw('board-image', (path) =>
  boardIn(path, { context: { theme: 'dark' } }, async ({ board }) => {
    await board.locator('tbody .name button').first().click();
    await board.locator('.detail .rows tr').nth(5).waitFor();
    await board.locator('.facts').waitFor();
  }),
);
await draw('board-scan', (path) =>
  boardIn(path, {}, async ({ board }) => {
    for (const row of [0, 1, 4]) await board.locator('tbody input').nth(row).check();
    await board.getByRole('button', { name: 'Scan…' }).click();
    await board.getByRole('button', { name: 'Scan 3 images' }).waitFor();
  }),
);

await drawReports(browser);
await browser.close();

async function drawReports(of: Browser): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  const page = async (language: string) => {
    const output = join(folder, `${language}.html`);
    const { code, stderr } = await runCommand(
      { HSS_LANG: language },
      ...['report', '--sandbox', '--images', '500', '--format', 'html', '--output', output],
    );
    if (code !== 0) throw new Error(stderr);
    return readFile(output, 'utf8');
  };
  const shot = async (path: string, language: string, { width = 1_000, height = 1_150, dark = false } = {}) => {
    const html = await page(language);
    const shown = await watchedPage(of, { width, height }, { url: 'http://report.invalid/', html });
    await shown.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await shown.page.screenshot({ path });
    await shown.context.close();
  };
  await draw('report-light', (path) => shot(path, 'en'));
  await draw('report-dark', (path) => shot(path, 'en', { dark: true }));
  await draw('report-zh', (path) => shot(path, 'zh'));
  await draw('report-narrow', (path) => shot(path, 'en', { width: NARROW, height: 844 }));
  await rm(folder, { recursive: true });
}
