import { Failure } from '../failure.js';

/** What ListImageLocal documents for a name; `/` and `:`, which real names have, are not among it. */
const DOCUMENTED = /[A-Za-z0-9_.-]+/g;

/**
 * The part of a name that HSS takes by its documents and that tells most: the longest one behind the last slash.
 * Undefined when the whole name is such a part, or when none is.
 */
export function searchableName(name: string): string | undefined {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const parts = [...(last.match(DOCUMENTED) ?? [])].sort((a, b) => b.length - a.length);
  return parts[0] === name ? undefined : parts[0];
}

/** HSS's code for a parameter that it does not take. */
const INVALID_PARAMETER = 'HSS.0001';

/**
 * Asks HSS with a whole name, and when that finds nothing or is refused with the part that the documents allow. Names of
 * rows have to be compared then: the part matches more.
 * @returns the answer, and the name that brought it.
 */
export async function askByName<T extends { readonly total_num: number }>(
  name: string,
  ask: (name: string) => Promise<T>,
): Promise<{ readonly answer: T; readonly asked: string }> {
  const part = searchableName(name);
  if (part === undefined) return { answer: await ask(name), asked: name };
  try {
    const answer = await ask(name);
    if (answer.total_num > 0) return { answer, asked: name };
  } catch (error) {
    if (!(error instanceof Failure) || error.details.code !== INVALID_PARAMETER) throw error;
  }
  return { answer: await ask(part), asked: part };
}
