import { badInput, Failure } from '../failure.js';
import type { LocalImageInfo } from '../hss/models.js';
import { quoted } from '../text/clean.js';

/** `registry:5000/org/app:v1`: the colon of a tag stands behind the last slash. */
const WITH_TAG = /^([\w.\-/:]*[\w.-]):(\w[\w.-]{0,127})$/;
const WITH_DIGEST = /^(.+)@(sha256:[0-9a-f]{64})$/i;
/** Docker shows so much of an id. */
const SHORT_ID = /^[0-9a-f]{12}$/i;
/** As HSS documents a digest: 64 to 128 characters. */
const DIGEST = /^sha256:[0-9a-f]{57,121}$/i;

/**
 * Refuses an image as people write it where HSS has several fields for it: HSS would accept the request and find nothing.
 * @param path where the fields stand, such as `image_info_list[0].`; empty for the arguments themselves.
 * @throws {Failure} of source `input` that shows the fields as they should be.
 */
export function checkNaming(path: string, { image_id, image_digest, image_name, image_version }: LocalImageInfo): void {
  if (image_name !== undefined) checkName(path, image_name, image_version);
  if (image_id !== undefined && SHORT_ID.test(image_id)) {
    throw badInput(
      `${path}image_id ${quoted(image_id)} is Docker's short form of an id, which HSS does not know.`,
      'Give the whole image_id as the list of images has it, or image_name and image_version.',
    );
  }
  if (image_digest !== undefined && !DIGEST.test(image_digest)) {
    throw badInput(
      `${path}image_digest ${quoted(image_digest)} is no digest.`,
      'Give sha256: and 64 hexadecimal digits, as the list of images has it, or leave it out.',
    );
  }
}

function checkName(path: string, name: string, version: string | undefined): void {
  const [, named, digest] = WITH_DIGEST.exec(name) ?? [];
  if (named !== undefined && digest !== undefined)
    throw written(path, name, { image_name: untagged(named), image_digest: digest });
  const [, plain, tag] = WITH_TAG.exec(name) ?? [];
  if (plain !== undefined && tag !== undefined) {
    throw written(path, name, { image_name: plain, image_version: version ?? tag });
  }
}

function untagged(name: string): string {
  return WITH_TAG.exec(name)?.[1] ?? name;
}

function written(path: string, name: string, fields: LocalImageInfo): Failure {
  return badInput(
    `${path}image_name ${quoted(name)} holds more than the name: HSS has fields of their own for tag and digest.`,
    `Give ${JSON.stringify(fields)}.`,
  );
}

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
