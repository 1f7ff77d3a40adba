import type { Board } from './board.js';
import { el, fill, hss, refill } from './dom.js';
import { type Fields, isFields, numberOf, textOf, textsOf } from './fields.js';

/** Says in `place` that something is read, then shows it there, or why it could not be read. */
export async function readInto<T>(
  place: HTMLElement,
  { reader: { say } }: Pick<Board, 'reader'>,
  read: Promise<T>,
  show: (found: T) => readonly (Node | undefined)[],
): Promise<void> {
  place.setAttribute('aria-busy', 'true');
  if (place.childElementCount === 0) fill(place, el('p', { class: 'soft' }, say('loading')));
  try {
    const found = await read;
    refill(place, ...show(found));
  } catch (error) {
    fill(place, failed(error, say('cannot_read')));
  }
  place.removeAttribute('aria-busy');
}

/** Why something failed, in the words of the server. */
export function failed(error: unknown, lead: string): HTMLElement {
  const why = error instanceof Error ? error.message : String(error);
  return el('p', { class: 'alert', attributes: { role: 'alert' } }, el('strong', {}, lead), ' ', hss(why));
}

/** What a reader must not miss of a result: how much is unread, and the notes of the server. */
export function remarks(found: Fields, { reader: { say } }: Pick<Board, 'reader'>): HTMLElement | undefined {
  const why = isFields(found.incomplete) ? textOf(found.incomplete.why) : undefined;
  const notes = textsOf(found.notes);
  if (why === undefined && notes.length === 0) return undefined;
  return el(
    'div',
    { class: 'remarks soft' },
    why !== undefined && el('p', { class: 'unread' }, say('incomplete', { why })),
    ...notes.map((note) => el('p', {}, hss(note))),
  );
}

/** The same where it would stand before what people came for: the notes are there for whoever wants them. */
export function foldedRemarks(found: Fields, board: Pick<Board, 'reader'>): HTMLElement | undefined {
  const notes = textsOf(found.notes);
  const unread = remarks({ incomplete: found.incomplete }, board);
  if (notes.length === 0) return unread;
  return el(
    'div',
    { class: 'remarks soft' },
    unread,
    el(
      'details',
      {},
      el('summary', {}, board.reader.say('notes', { count: notes.length })),
      ...notes.map((note) => el('p', {}, hss(note))),
    ),
  );
}

/** Seconds after which the same call brings more; undefined when all was read, or when waiting brings nothing. */
export function readyIn(found: Fields): number | undefined {
  return isFields(found.incomplete) ? numberOf(found.incomplete.ready_in) : undefined;
}
