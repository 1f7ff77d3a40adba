import type { Board } from './board.js';
import { button, el, fill, hss, refill, unseen } from './dom.js';
import { type Fields, numberOf, rowsOf, textOf } from './fields.js';
import { type Filters, filterBar } from './filters.js';
import { type Image, imageOf, isMoving, nameOf, stateOf } from './image.js';
import { failed, readyIn, remarks } from './reading.js';
import { severities, sumOf } from './severity-bar.js';

/** Rows of a page: as many as fit beside a chat. */
const PAGE = 12;
/** How often what is still being read is asked for again, and how soon at most, in seconds. */
const MOST_ASKED = 10;
const LEAST_SECONDS = 5;
/** How long one look at scans that somebody else has started waits for a change, in seconds. */
const LOOK_SECONDS = 20;

export interface ImagesView {
  readonly element: HTMLElement;
  readonly filters: Filters;
  /** Reads the page anew. */
  load(): Promise<void>;
  /** Shows a result that came by itself, until the board has read its own. */
  show(found: Fields): void;
  /** Reads the first page of what these match. */
  begin(filters: Filters): void;
  /** The same, because the person wants it. */
  filter(filters: Filters): void;
  /** Changes the states of images that a scan has told. */
  patch(rows: readonly Fields[]): void;
}

/** The table of images, with its filters and pages. */
export function imagesView(board: Board, onFilter: () => void): ImagesView {
  const { reader, choice, call } = board;
  const { say, number } = reader;
  let filters: Filters = {};
  let offset = 0;
  let total = 0;
  let images: readonly Image[] = [];
  let reading = 0;
  const states = new Map<string, HTMLElement>();
  const boxes = new Map<string, HTMLInputElement>();

  const bar = filterBar(board, (changed) => filter(changed));
  const body = el('tbody', { attributes: { role: 'rowgroup' } });
  const all = el('input', {
    attributes: { type: 'checkbox' },
    on: { change: () => choice.set(choosable(), all.checked) },
  });
  const pickAll = el('label', {}, all, el('span', {}, say('choose_page')));
  const table = el(
    'table',
    { class: 'images', attributes: { role: 'table', 'aria-label': say('images') } },
    el(
      'thead',
      { attributes: { role: 'rowgroup' } },
      el(
        'tr',
        { attributes: { role: 'row' } },
        board.canScan && head('', 'pick', pickAll),
        head(say('image'), 'name'),
        head(say('state'), 'state'),
        head(say('findings'), 'found'),
        head(say('containers'), 'number'),
        head(say('last_scan'), 'when'),
      ),
    ),
    body,
  );
  const place = el('div', { class: 'table', attributes: { 'aria-busy': 'true' } }, table);
  const below = el('div', { class: 'below' });
  const element = el('section', { attributes: { 'aria-label': say('images') } }, bar.element, place, below);
  fill(body, message(say('loading')));
  choice.onChange(showChoice);

  const choosable = () => images.filter(({ obstacle }) => !obstacle).map(({ info }) => info);

  async function load(asked = 0): Promise<void> {
    reading += 1;
    const mine = reading;
    place.setAttribute('aria-busy', 'true');
    try {
      const found = await call('list_local_images', { sort_by: 'critical', ...filters, offset, limit: PAGE });
      if (mine !== reading) return;
      show(found);
      board.announce(total === 0 ? say('no_image') : range());
      const seconds = readyIn(found);
      if (seconds !== undefined && asked < MOST_ASKED) {
        setTimeout(() => mine === reading && void load(asked + 1), Math.max(LEAST_SECONDS, seconds) * 1000);
      }
      void watch(mine);
    } catch (error) {
      if (mine === reading) showFailure(error);
    }
    if (mine === reading) place.removeAttribute('aria-busy');
  }

  /** Follows scans on this page that the board did not start. */
  async function watch(mine: number): Promise<void> {
    const moving = images.filter(isMoving).map(({ info }) => info);
    if (moving.length === 0) return;
    const asked = { images: moving, wait_seconds: LOOK_SECONDS, limit: PAGE };
    const found = await call('get_local_image_scan_status', asked).catch(() => undefined);
    if (!found || mine !== reading) return;
    patch(rowsOf(found.images));
    if (images.some(isMoving)) setTimeout(() => mine === reading && void watch(mine), LEAST_SECONDS * 1000);
    else void load();
  }

  function show(found: Fields): void {
    images = rowsOf(found.images).map(imageOf);
    total = numberOf(found.total_num) ?? images.length;
    states.clear();
    boxes.clear();
    const most = Math.max(1, ...images.map(({ counts }) => sumOf(counts)));
    fill(body, ...(images.length > 0 ? images.map((image) => row(image, most)) : [message(say('no_image'))]));
    refill(below, pages(), remarks(found, board));
    showChoice();
  }

  function showFailure(error: unknown): void {
    images = [];
    fill(body, message(failed(error, say('cannot_read'))));
    fill(below);
    showChoice();
  }

  function message(content: string | Node): HTMLElement {
    return el(
      'tr',
      { attributes: { role: 'row' } },
      el('td', { class: 'message soft', attributes: { role: 'cell', colspan: 6 } }, content),
    );
  }

  function row(image: Image, most: number): HTMLElement {
    const { key, info, counts } = image;
    const { short, folder } = nameOf(info);
    const state = el('td', { class: 'state', attributes: { role: 'cell' } }, ...stateCell(image));
    states.set(key, state);
    return el(
      'tr',
      { attributes: { role: 'row' } },
      board.canScan && el('td', { class: 'pick', attributes: { role: 'cell' } }, pick(image, short)),
      el(
        'td',
        { class: 'name', attributes: { role: 'cell' } },
        nameButton(short, () => board.openImage(info)),
        el('div', { class: 'soft folder', attributes: { title: folder } }, hss(folder)),
      ),
      state,
      el('td', { class: 'found', attributes: { role: 'cell' } }, ...findings(image, counts, most)),
      el(
        'td',
        { class: `number${image.containers ? '' : ' zero'}`, attributes: { role: 'cell' } },
        image.containers === undefined ? '' : number(image.containers),
        unseen(` ${say('containers')}`),
      ),
      el(
        'td',
        { class: 'when soft', attributes: { role: 'cell', title: image.scannedAt && reader.time(image.scannedAt) } },
        image.scannedAt === undefined ? '–' : reader.ago(image.scannedAt),
      ),
    );
  }

  function pick({ key, info, obstacle }: Image, short: string): HTMLElement {
    const box = el('input', {
      attributes: {
        type: 'checkbox',
        'aria-label': say('choose', { image: short }),
        disabled: obstacle !== undefined,
        title: obstacle,
      },
      on: { change: () => choice.set([info], box.checked) },
    });
    boxes.set(key, box);
    return box;
  }

  function stateCell({ status, failure, obstacle }: Image): (Node | string)[] {
    const word = stateOf({ status, obstacle });
    const why = obstacle ?? (status === 'failed' ? failure : undefined);
    return [
      el('span', { class: `dot dot-${word ?? 'unknown'}`, attributes: { title: why } }, word ? say(word) : hss(status)),
      why === undefined ? '' : el('div', { class: 'soft why', attributes: { title: why } }, hss(why)),
    ];
  }

  function findings({ found }: Image, counts: Image['counts'], most: number): (Node | string)[] {
    if (found === undefined)
      return [el('span', { class: 'soft', attributes: { title: say('unknown') } }, '–'), unseen(say('unknown'))];
    if (found === 0) return [el('span', { class: 'soft' }, say('none_found'))];
    const read = sumOf(counts);
    if (Object.keys(counts).length === 0) return [el('span', {}, say('found', { count: number(found) }))];
    const rest = found > read ? el('span', { class: 'soft' }, say('more_unread', { count: number(found) })) : '';
    return [...severities(counts, Math.max(most, 1), reader), rest];
  }

  function patch(rows: readonly Fields[]): void {
    for (const row of rows) {
      const told = imageOf(row);
      const at = images.findIndex(({ key }) => key === told.key);
      const old = images[at];
      if (!old) continue;
      const { status, failure } = told;
      images = images.with(at, { ...old, status, failure });
      const cell = states.get(old.key);
      if (cell) fill(cell, ...stateCell({ ...old, status, failure }));
    }
  }

  function pages(): HTMLElement {
    const turn = (to: number) => {
      offset = to;
      void load();
    };
    return el(
      'nav',
      { class: 'pages', attributes: { 'aria-label': say('images') } },
      button(say('previous'), () => turn(Math.max(0, offset - PAGE)), { disabled: offset === 0 }),
      el('span', { class: 'soft' }, total === 0 ? '' : range()),
      button(say('next'), () => turn(offset + images.length), { disabled: offset + images.length >= total }),
      board.canScan && total > images.length && chooseAll(),
    );
  }

  /** The server keeps all that match, so that a scan is of exactly those. */
  function chooseAll(): HTMLElement {
    const one = button(say('choose_all', { count: number(total) }), async () => {
      one.disabled = true;
      try {
        const found = await call('list_local_images', { ...filters, select: true, limit: 1 });
        const id = textOf(found.selection_id);
        if (id) choice.keep({ id, count: numberOf(found.total_num) ?? total });
        else fill(below, pages(), remarks(found, board));
      } catch (error) {
        fill(below, pages(), failed(error, say('cannot_read')));
      }
      one.disabled = false;
    });
    one.className = 'link';
    return one;
  }

  const range = () =>
    say('matching', { from: number(offset + 1), to: number(offset + images.length), total: number(total) });

  function showChoice(): void {
    for (const [key, box] of boxes) {
      box.checked = !box.disabled && (choice.kept !== undefined || choice.has(key));
    }
    const enabled = [...boxes.values()].filter(({ disabled }) => !disabled);
    const chosen = enabled.filter(({ checked }) => checked).length;
    all.checked = chosen > 0 && chosen === enabled.length;
    all.indeterminate = chosen > 0 && chosen < enabled.length;
  }

  function begin(given: Filters): void {
    filters = given;
    offset = 0;
    bar.set(given);
    void load();
  }

  function filter(changed: Filters): void {
    begin(changed);
    onFilter();
  }

  return {
    element,
    get filters() {
      return filters;
    },
    load: () => load(),
    show,
    begin,
    filter,
    patch,
  };
}

function head(label: string, names: string, content?: Node): HTMLElement {
  return el('th', { class: names, attributes: { role: 'columnheader', scope: 'col' } }, content ?? label);
}

/** A name that leads to what there is to know of it. */
export function nameButton(name: string, press: () => void): HTMLElement {
  const one = button('', press, { class: 'link', title: name });
  one.append(hss(name));
  return one;
}
