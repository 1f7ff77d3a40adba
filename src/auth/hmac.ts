import { createHmac, hash } from 'node:crypto';
import type { Secret } from '../text/secret.js';

/** Block size of SHA-256, and the size of its result, in bytes. */
const BLOCK = 64;
const DIGEST = 32;
/** Longest text, in UTF-16 units, that is taken the quick way; a string to sign has 98. */
const LONGEST = 200;
/** UTF-8 bytes that a UTF-16 unit takes at most. */
const WIDEST = 3;

/** A key made ready: its two padded blocks (RFC 2104), each with room behind it for what is hashed after it. */
interface ReadyKey {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const readyKeys = new WeakMap<Secret, ReadyKey>();

/**
 * HMAC-SHA256 in lower-case hex. The same as `createHmac`, in half the time for short texts: Node has a one-shot hash,
 * which makes no native object that has to be collected, and no one-shot HMAC.
 */
export function hmacSha256(key: Secret, text: string): string {
  const ready = readyKeys.get(key) ?? makeReady(key);
  if (!ready || text.length > LONGEST) return createHmac('sha256', key.reveal()).update(text).digest('hex');
  const { inner, outer } = ready;
  const length = inner.write(text, BLOCK);
  outer.write(hash('sha256', inner.subarray(0, BLOCK + length), 'binary'), BLOCK, 'binary');
  return hash('sha256', outer);
}

/** Undefined for a key longer than a block: it would have to be hashed first, and no secret key is that long. */
function makeReady(key: Secret): ReadyKey | undefined {
  const secret = Buffer.from(key.reveal());
  if (secret.length > BLOCK) return undefined;
  const ready = { inner: padded(secret, 0x36, LONGEST * WIDEST), outer: padded(secret, 0x5c, DIGEST) };
  readyKeys.set(key, ready);
  return ready;
}

function padded(secret: Buffer, pad: number, room: number): Buffer {
  const block = Buffer.alloc(BLOCK + room);
  secret.copy(block);
  for (let index = 0; index < BLOCK; index += 1) block[index] = (block[index] ?? 0) ^ pad;
  return block;
}
