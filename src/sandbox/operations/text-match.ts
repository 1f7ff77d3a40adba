import type { Choices } from '../choices.js';

/** How a name matches where HSS does not document it; one that is not given matches everything. */
export function textMatch(wanted: string | undefined, { textMatch: kind }: Choices): (text: string) => boolean {
  if (wanted === undefined) return () => true;
  return kind === 'exact' ? (text) => text === wanted : (text) => text.includes(wanted);
}
