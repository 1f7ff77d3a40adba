import { clean } from '../text/clean.js';
import { wordsAtStart } from '../words/at-start.js';

/** An error that the SDK sends as it is; its own class would put a prefix before the message. */
export function protocolError(code: number, message: string, data?: object): Error & { readonly code: number } {
  return Object.assign(new Error(message), { code, ...(data && { data }) });
}

/** A name that somebody asked for, whatever it is, for such an error. */
export function shown(name: unknown): string {
  return typeof name === 'string' ? clean(name, 64) : wordsAtStart().protocol.no_text;
}
