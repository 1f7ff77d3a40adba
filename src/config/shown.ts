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

/** The end of a sentence that says what would be right: the wrong value, where it may be shown. */
export function shown(text: string): string {
  return isShowable(text) ? `, not ${quoted(text)}` : '';
}
