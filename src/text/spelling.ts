/** A text with its escapes resolved, and where each unit of it stands in the text that it came from. */
export interface Spelled {
  readonly text: string;
  /** Offset in the original of each UTF-16 unit, and at last its end. */
  readonly offsets: Uint32Array;
}

/** Escapes of JSON, of addresses (percent) and of HTML, in upper or lower case. */
const ESCAPES =
  /\\u([0-9a-f]{4})|\\(["\\/bfnrt])|((?:%[0-9a-f]{2})+)|&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const MAY_BE_ESCAPED = /[\\%&]/;

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** One level of escapes resolved; undefined when `text` has none. */
export function unescaped(text: string): Spelled | undefined {
  if (!MAY_BE_ESCAPED.test(text)) return undefined;
  const units = new Units(text.length);
  let end = 0;
  for (const match of text.matchAll(ESCAPES)) {
    units.copy(text, end, match.index);
    end = match.index + match[0].length;
    const [, json, control, percent, decimal, hex, entity] = match;
    if (percent) units.percent(percent, match.index);
    else if (json) units.add(String.fromCharCode(Number.parseInt(json, 16)), match.index);
    else if (control) units.add(CONTROLS[control.toLowerCase()] ?? control, match.index);
    else if (entity) units.add(ENTITIES[entity.toLowerCase()] ?? '', match.index);
    else units.add(ofCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)), match.index);
  }
  if (end === 0) return undefined;
  units.copy(text, end, text.length);
  return units.spelled(text.length);
}

function ofCodePoint(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}

/** Builds a text unit by unit. No escape is shorter than what it stands for, so the original's length is enough. */
class Units {
  readonly #offsets: Uint32Array;
  readonly #parts: string[] = [];
  #length = 0;

  constructor(most: number) {
    this.#offsets = new Uint32Array(most + 1);
  }

  /** Units that stand for themselves. */
  copy(text: string, from: number, to: number): void {
    for (let at = from; at < to; at += 1) this.#offsets[this.#length + at - from] = at;
    this.#length += to - from;
    this.#parts.push(text.slice(from, to));
  }

  /** Units that all come from the escape at `offset`. */
  add(units: string, offset: number): void {
    this.#offsets.fill(offset, this.#length, this.#length + units.length);
    this.#length += units.length;
    this.#parts.push(units);
  }

  /** A run of percent-encoded bytes: UTF-8, and what is none byte by byte. */
  percent(run: string, offset: number): void {
    const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
    for (let at = 0; at < bytes.length; ) {
      const length = lengthOf(bytes[at] ?? 0);
      const units = bytes.subarray(at, at + length).toString('utf8');
      const whole = length > 1 && at + length <= bytes.length && !units.includes('\ufffd');
      this.add(whole ? units : String.fromCharCode(bytes[at] ?? 0), offset + at * 3);
      at += whole ? length : 1;
    }
  }

  spelled(end: number): Spelled {
    this.#offsets[this.#length] = end;
    return { text: this.#parts.join(''), offsets: this.#offsets.subarray(0, this.#length + 1) };
  }
}

/** Bytes of the UTF-8 character that begins so. */
function lengthOf(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

/**
 * `text` in base64, alone and inside a longer one: the characters that depend on it for each place at which it can begin,
 * in both alphabets.
 */
export function inBase64(text: string): string[] {
  return (['base64', 'base64url'] as const).flatMap((alphabet) => [
    Buffer.from(text).toString(alphabet).replace(/=+$/, ''),
    ...[0, 1, 2].map((before) => {
      const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
      return bytes.toString(alphabet).slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
    }),
  ]);
}
