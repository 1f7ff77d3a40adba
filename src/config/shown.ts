import type { z } from 'zod';
import { quoted } from '../text/clean.js';

/** What stands around a password in an address: userinfo, query, fragment, also percent-encoded. */
const AROUND_A_PASSWORD = /[@?#%&=;]/;

/**
 * Whether a wrong value may stand in an error. One that looks like `https://user:password@host` or `...?token=...` may
 * not, nor one with a character that only looks like an at sign.
 */
export function isShowable(text: string): boolean {
  return !AROUND_A_PASSWORD.test(text.normalize('NFKC'));
}

/** A wrong value as an error shows it; undefined where it may not be shown. */
export function shown(text: string): string | undefined {
  return isShowable(text) ? quoted(text) : undefined;
}

/** What a good value would have been, after the first thing that a schema of the settings says of a wrong one. */
export function reasonOf({ issues: [first] }: z.ZodError): string {
  return first?.message ?? '';
}
