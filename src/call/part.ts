import { Failure, prospects } from '../failure.js';

/** One part of a result that has several: what was found, or why it could not be had. */
export type Section<T> = { readonly value: T } | { readonly failure: Failure };

/** Reads one part. Its failure stands in its place, so that the other parts are not lost. */
export async function section<T>(work: Promise<T>): Promise<Section<T>> {
  try {
    return { value: await work };
  } catch (error) {
    if (error instanceof Failure) return { failure: error };
    throw error;
  }
}

/** The one sentence that stands in the place of a part that could not be had. */
export function failureText({ failure }: { readonly failure: Failure }): string {
  return `Could not be read: ${failure.message} ${prospects(failure.details)} ${failure.details.next}`;
}

/** What was found; undefined for a part that could not be had. */
export function contentOf<T>(part: Section<T>): T | undefined {
  return 'value' in part ? part.value : undefined;
}
