import { Failure } from '../failure.js';

/** One part of a result that has several: what was found, or why it could not be had. */
export type Part<T> = { readonly value: T } | { readonly failure: Failure };

/** Reads one part. Its failure stands in its place, so that the other parts are not lost. */
export async function partOf<T>(work: Promise<T>): Promise<Part<T>> {
  try {
    return { value: await work };
  } catch (error) {
    if (error instanceof Failure) return { failure: error };
    throw error;
  }
}

/** What was found; undefined for a part that could not be had. */
export function contentOf<T>(part: Part<T>): T | undefined {
  return 'value' in part ? part.value : undefined;
}
