import { words } from '../words/words.js';

/** Findings that somebody decided about, beside the open ones that a result counts; undefined when they were not read. */
export function handledNote(findings: number | undefined): string[] {
  const { notes } = words();
  if (findings === undefined) return [notes.handled_not_read];
  return findings === 0 ? [] : [notes.handled(findings)];
}
