import { words } from '../words/words.js';

/** How much of JSON is taken: rows of the lists in its outermost object, entries of the lists further in. */
export interface JsonBounds {
  readonly rows: number;
}

/** Entries of a list within a row: HSS documents 10,000 CVEs of a vulnerability at most. */
const MOST_INNER_ENTRIES = 10_000;
/**
 * Commas, lists and objects in all: several times those of the fullest pages of HSS, and few enough to be held. Fields
 * whose names all differ take most memory, about 500 bytes each.
 */
const MOST_VALUES = 250_000;
/** Levels of lists and objects; answers of HSS have five. */
const MOST_LEVELS = 64;

/** Why a text is not parsed: it would fill the memory, or is no answer of the service. */
export class BeyondBounds extends Error {
  override readonly name = 'BeyondBounds';
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Parses JSON after its values were counted in the text: eight megabytes of tiny rows would take a hundred times as much.
 * @returns undefined for what is no JSON.
 * @throws {BeyondBounds} when a list has more entries than an answer of the service can have.
 */
export function parseBounded(text: string, bounds: JsonBounds): unknown {
  // HSS answers a scan with nothing: an error is dear to make.
  if (text === '') return undefined;
  count(text, bounds);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function count(text: string, { rows }: JsonBounds): void {
  // Commas of each open list; NaN for an object, whose commas make no row.
  const open: number[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_LIST:
        open.push(0);
        values += 1;
        break;
      case OPEN_OBJECT:
        open.push(Number.NaN);
        values += 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        open.pop();
        break;
      case COMMA: {
        // Outside of every list it is the comma of a page or a sentence, which is no JSON.
        if (open.length === 0) return;
        const entries = (open[open.length - 1] ?? 0) + 1;
        open[open.length - 1] = entries;
        values += 1;
        const most = open.length <= 2 ? rows : MOST_INNER_ENTRIES;
        if (entries >= most) throw new BeyondBounds(words().failures.too_many_entries(most));
        break;
      }
    }
    if (open.length > MOST_LEVELS) throw new BeyondBounds(words().failures.too_deep(MOST_LEVELS));
    if (values > MOST_VALUES) throw new BeyondBounds(words().failures.too_many_values(MOST_VALUES));
  }
}

/** Where the string that begins at `start` ends. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
