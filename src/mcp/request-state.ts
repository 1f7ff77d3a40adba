import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a person may take to answer, in ms. */
export const STATE_LASTS_MS = 600_000;

/** Why a state does not count. `foreign`: altered, made by another process, or for another call. */
export type Refusal = 'foreign' | 'expired' | 'used';

/** A state that is genuine and belongs to the call; whether it is still good is seen when it is used. */
export interface OpenState {
  readonly id: string;
  /** In ms since 1970. */
  readonly until: number;
  /** Whether it was made with this question. */
  asked(question: string): boolean;
}

const ID_BYTES = 16;
const TIME_BYTES = 8;
const DIGEST_BYTES = 32;
const SIGNED_BYTES = ID_BYTES + TIME_BYTES + DIGEST_BYTES;
/** base64url without padding. */
const LENGTH = Math.ceil(((SIGNED_BYTES + DIGEST_BYTES) * 4) / 3);

/**
 * What a client carries from a question to its answer, in the place of a session: an id, a time and a digest of the
 * question, signed together with the call. It holds nothing that could be read out of it, and is good for one use, for
 * ten minutes, in this process.
 */
export class RequestStates {
  readonly #key = randomBytes(DIGEST_BYTES);
  /** Those that were used, by id, until they would have expired anyway. In the order of their use. */
  readonly #used = new Map<string, number>();

  /** @param now in ms since 1970: the person's time goes on while the machine sleeps. */
  constructor(private readonly now: () => number = Date.now) {}

  /** A state for `question`, asked about `call`: all that an answer to it allows, in one text. */
  issue(call: string, question: string): string {
    const time = Buffer.alloc(TIME_BYTES);
    time.writeDoubleBE(this.now() + STATE_LASTS_MS);
    const signed = Buffer.concat([randomBytes(ID_BYTES), time, digestOf(question)]);
    return Buffer.concat([signed, this.#sign(signed, call)]).toString('base64url');
  }

  /** Reads a state that came back. Does not use it up. */
  open(state: unknown, call: string): OpenState | Refusal {
    if (typeof state !== 'string' || state.length !== LENGTH) return 'foreign';
    const bytes = Buffer.from(state, 'base64url');
    const signed = bytes.subarray(0, SIGNED_BYTES);
    const signature = bytes.subarray(SIGNED_BYTES);
    const expected = this.#sign(signed, call);
    // A text that decodes to the right bytes and is not the one that was given out is an altered one, too.
    const isWhole = signature.length === expected.length && bytes.toString('base64url') === state;
    if (!isWhole || !timingSafeEqual(signature, expected)) return 'foreign';
    const question = signed.subarray(ID_BYTES + TIME_BYTES);
    const open = {
      id: signed.toString('hex', 0, ID_BYTES),
      until: signed.readDoubleBE(ID_BYTES),
      asked: (text: string) => timingSafeEqual(question, digestOf(text)),
    };
    return this.#refusalOf(open) ?? open;
  }

  /** Uses a state up. Of two calls with one state, the second is told that it is used. */
  use(state: OpenState): Refusal | undefined {
    const refusal = this.#refusalOf(state);
    if (refusal) return refusal;
    for (const [id, until] of this.#used) if (until <= this.now()) this.#used.delete(id);
    this.#used.set(state.id, state.until);
    return undefined;
  }

  /** Nothing is held beyond the process. */
  close(): void {}

  #refusalOf({ id, until }: OpenState): Refusal | undefined {
    if (this.#used.has(id)) return 'used';
    return until <= this.now() ? 'expired' : undefined;
  }

  #sign(signed: Buffer, call: string): Buffer {
    return createHmac('sha256', this.#key).update(signed).update(call).digest();
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
