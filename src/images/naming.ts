import { quoted } from '../text/clean.js';
import { words } from '../words/words.js';

/** An image as HSS names it: each part in a field of its own. */
interface Reference {
  readonly image_name?: string | undefined;
  readonly image_version?: string | undefined;
  readonly image_digest?: string | undefined;
}

const HEX_DIGEST = /^[0-9a-f]{64}$/i;
/** HSS documents 64 to 128 characters that begin with `sha256:`. */
const DIGEST = /^sha256:[0-9a-f]{64}.{0,57}$/i;
/** Anything that is meant as a digest, of any algorithm and length. */
const LIKE_A_DIGEST = /^[a-z][a-z0-9]*:[0-9a-f]{12,}$/i;
const TAG = /^\w[\w.-]{0,127}$/;
const SHORT_ID = /^[0-9a-f]{12}$/i;
/** Before a port: what registries are told from repositories by. */
const REGISTRY = /^(?:localhost|[\w-]+(?:\.[\w-]+)+)$/;
const PORT = /^\d{1,5}$/;
/** A whole reference, written in characters that no id needs. */
const STRICT_REFERENCE = /^[a-z0-9][a-z0-9._:-]*(?:\/[a-z0-9._-]+)+:\w[\w.-]*$/;

/**
 * What is wrong with the name of one image; undefined for a name that HSS can have. People write an image as one text,
 * which HSS would take for a name that no image has.
 */
export function imageNameProblem(text: string): string | undefined {
  const found = referenceOf(text);
  return found && words().naming.more_than_repository(inFields(found));
}

/** As {@link imageNameProblem}, for a filter that matches a part of a name, such as a registry with its port. */
export function nameFilterProblem(text: string): string | undefined {
  const [host = '', port = '', ...more] = text.split(':');
  return more.length === 0 && REGISTRY.test(host) && PORT.test(port) ? undefined : imageNameProblem(text);
}

/** What is wrong with an id: HSS documents 1 to 64 characters, so only what surely is no id is refused. */
export function imageIdProblem(text: string): string | undefined {
  const { naming } = words();
  if (SHORT_ID.test(text)) return naming.short_id;
  const digest = LIKE_A_DIGEST.test(text) ? text : undefined;
  if (digest) return naming.digest_no_id(inFields({ image_digest: digest }));
  const found = STRICT_REFERENCE.test(text) || text.includes('@') ? referenceOf(text) : undefined;
  return found && naming.name_no_id(inFields(found));
}

export function digestProblem(text: string): string | undefined {
  if (DIGEST.test(text)) return undefined;
  const { naming } = words();
  if (HEX_DIGEST.test(text)) return naming.no_algorithm(inFields({ image_digest: `sha256:${text}` }));
  const found = text.includes('@') ? referenceOf(text) : undefined;
  return found ? naming.more_than_digest(inFields(found)) : naming.no_digest;
}

/** What is wrong with a tag. A digest may stand there: HSS documents the colon for versions. */
export function versionProblem(text: string): string | undefined {
  if (DIGEST.test(text)) return undefined;
  const { name, digest } = withoutDigest(text);
  const colon = name.lastIndexOf(':');
  const [before, version] = [name.slice(0, Math.max(0, colon)), name.slice(colon + 1)];
  if (digest === undefined && (colon === -1 || !TAG.test(version))) return undefined;
  const image_name = before.includes('/') ? before : undefined;
  const image_version = version === '' ? undefined : version;
  return words().naming.more_than_tag(inFields({ image_name, image_version, image_digest: digest }));
}

/** The parts of an image written as one text: `registry/org/app:v1`, `app@sha256:...`; undefined for a name alone. */
function referenceOf(text: string): Reference | undefined {
  if (LIKE_A_DIGEST.test(text) && text.length >= 'sha256:'.length + 64) return { image_digest: text };
  const scheme = /^[a-z][a-z+.-]*:\/\/(?=.)/.exec(text)?.[0] ?? '';
  const { name, digest } = withoutDigest(text.slice(scheme.length));
  const colon = name.lastIndexOf(':');
  const tagged = colon > Math.max(0, name.lastIndexOf('/')) && TAG.test(name.slice(colon + 1));
  if (scheme === '' && digest === undefined && !tagged) return undefined;
  return {
    image_name: tagged ? name.slice(0, colon) : name || undefined,
    image_version: tagged ? name.slice(colon + 1) : undefined,
    image_digest: digest,
  };
}

function withoutDigest(text: string): { name: string; digest: string | undefined } {
  const at = text.indexOf('@');
  const digest = at === -1 ? '' : text.slice(at + 1);
  return LIKE_A_DIGEST.test(digest) ? { name: text.slice(0, at), digest } : { name: text, digest: undefined };
}

/** The fields as they are to be given. */
function inFields({ image_name, image_version, image_digest }: Reference): string {
  const digest = image_digest && (DIGEST.test(image_digest) ? image_digest : `sha256:${words().naming.hex_digits}`);
  return Object.entries({ image_name, image_version, image_digest: digest })
    .flatMap(([field, value]) => (value === undefined ? [] : [`${field}: ${quoted(value, 512)}`]))
    .join(', ');
}
