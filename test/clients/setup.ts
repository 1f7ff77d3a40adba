import { afterAll, expect, vi } from 'vitest';
import './loopback-only.mjs';

/** Soon after a client has closed, however it does that, no program that it started runs any more. */
afterAll(() => vi.waitFor(() => expect(process.getActiveResourcesInfo()).not.toContain('ProcessWrap'), 5000));
