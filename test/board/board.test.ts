import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Chat, startBrowser } from './chat.js';

let browser: Browser;
let chat: Chat;
beforeAll(async () => {
  browser = await startBrowser();
});
afterEach(() => chat?.close());
afterAll(() => browser?.close());

describe('the board', () => {
  it('shows the first page of the images, worst first', async () => {
    chat = await Chat.open(browser);
    const rows = chat.board.getByRole('table').getByRole('row');
    await rows.nth(12).waitFor();
    expect(await rows.count()).toBe(13);
    expect(chat.watch).toEqual({ requests: [], faults: [] });
  });
});
