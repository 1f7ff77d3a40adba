import type { Board } from './board.js';
import { button, el, hss, refill } from './dom.js';
import { type Fields, numberOf, rowsOf, textOf, textsOf } from './fields.js';
import { failed, remarks } from './reading.js';

/** How long one look at a scan waits for its end, in seconds. */
const LOOK_SECONDS = 15;
/** Rows of a look: those that the table may show. */
const MOST_ROWS = 100;
/** Shortest time between two looks, and how many may fail one after the other. */
const BETWEEN_MS = 1_500;
const MOST_FAILED = 4;

export interface ScanBar {
  readonly element: HTMLElement;
  /** The scan that was started here, and how far it is. */
  readonly scan: FollowedScan | undefined;
  end(): void;
}

export interface FollowedScan {
  readonly id: string;
  readonly isOver: boolean;
  readonly counts: string;
}

interface ScanEvents {
  /** States of images of the scan. */
  readonly rows: (rows: readonly Fields[]) => void;
  /** Something is known that the model should know. */
  readonly news: () => void;
  readonly over: () => void;
}

/** What was chosen, the question before a scan, and how far it is. Every step is a tool call that obeys what any call does. */
export function scanBar(board: Board, events: ScanEvents): ScanBar {
  const { reader, choice, call } = board;
  const { say, number } = reader;
  const element = el('section', {
    class: 'scan',
    attributes: { 'aria-label': say('scan'), hidden: true, tabindex: -1 },
  });
  let scan: FollowedScan | undefined;
  let isEnded = false;
  /** Whether the bar shows something that a change of the choice does not take away. */
  let isBusy = false;

  choice.onChange(() => {
    if (!isBusy) offer();
  });

  function show(...content: (Node | undefined)[]): void {
    element.hidden = content.length === 0;
    refill(element, ...content);
  }

  function offer(...before: (Node | undefined)[]): void {
    isBusy = false;
    if (choice.count === 0) {
      show(...before);
      return;
    }
    show(
      ...before,
      el(
        'div',
        { class: 'row' },
        el('strong', {}, say('chosen', { count: number(choice.count) })),
        button(say('clear'), () => choice.clear(), { class: 'link' }),
        board.canScan && button(say('scan'), () => void count(), { class: 'primary' }),
      ),
    );
  }

  function wait(text: string): void {
    isBusy = true;
    show(el('p', { class: 'row soft' }, text));
    board.announce(text);
  }

  /** First the number is told: a dry run, which fixes the images as a selection. */
  async function count(): Promise<void> {
    wait(say('counting'));
    const { kept, images } = choice;
    try {
      ask(
        await call('batch_scan_local_image', {
          dry_run: true,
          ...(kept ? { selection_id: kept.id } : { image_info_list: images }),
        }),
      );
    } catch (error) {
      offer(failed(error, say('cannot_read')));
    }
  }

  /** Asks the person in the board; the server asks by its own rules, too. */
  function ask(counted: Fields, lead?: string): void {
    const images = numberOf(counted.image_count) ?? 0;
    const selection = textOf(counted.selection_id);
    if (images === 0 || !selection) {
      offer(el('p', { class: 'alert', attributes: { role: 'alert' } }, say('nothing_to_scan')));
      return;
    }
    const left = numberOf(counted.cannot_be_scanned) ?? 0;
    const hosts = numberOf(counted.hosts);
    const title = el(
      'h2',
      { attributes: { tabindex: -1, id: 'question' } },
      say('confirm_title', { count: number(images) }),
    );
    const sentences = [
      say('confirm_where', {
        region: textOf(counted.region) ?? '–',
        project: textOf(counted.enterprise_project_id) ?? '–',
      }),
      say('confirm_counts', {
        running: number(numberOf(counted.running_images) ?? 0),
        containers: number(numberOf(counted.containers) ?? 0),
      }),
      hosts === undefined ? '' : say('confirm_hosts', { hosts: number(hosts) }),
      left > 0 ? say('left_out', { count: number(left) }) : '',
    ].filter(Boolean);
    isBusy = true;
    show(
      el(
        'div',
        { class: 'question', attributes: { role: 'group', 'aria-labelledby': 'question' } },
        lead === undefined ? '' : el('p', { class: 'alert', attributes: { role: 'alert' } }, lead),
        title,
        el('p', { class: 'soft' }, sentences.join(' ')),
        ...textsOf(counted.warnings).map((warning) => el('p', { class: 'unread' }, hss(warning))),
        el(
          'div',
          { class: 'row' },
          button(say('cancel'), () => offer()),
          button(say('confirm', { count: number(images) }), () => void send(selection, images), { class: 'primary' }),
        ),
      ),
    );
    title.focus();
  }

  async function send(selection_id: string, confirm_image_count: number): Promise<void> {
    wait(say('sending'));
    try {
      const sent = await call('batch_scan_local_image', { selection_id, confirm_image_count });
      const id = textOf(sent.scan_id);
      if (id) {
        choice.clear();
        return await follow(id, sent);
      }
      // Nothing was sent: the images have changed since they were counted.
      ask(sent, say('changed'));
    } catch (error) {
      offer(failed(error, say('cannot_read')));
    }
  }

  async function follow(id: string, sent: Fields): Promise<void> {
    const accepted = say('accepted', { count: number(numberOf(sent.image_count) ?? 0) });
    const warnings = textsOf(sent.warnings).map((warning) => el('p', { class: 'unread' }, hss(warning)));
    scan = { id, isOver: false, counts: '' };
    board.announce(accepted);
    isBusy = true;
    show(el('p', { class: 'row' }, accepted), ...warnings);
    events.news();
    let failures = 0;
    // The first look shows that it has begun; those after it wait for its end.
    let wait_seconds = 0;
    while (!isEnded) {
      try {
        const status = await call('get_local_image_scan_status', { scan_id: id, wait_seconds, limit: MOST_ROWS });
        wait_seconds = LOOK_SECONDS;
        failures = 0;
        const isOver = status.call_again !== true;
        scan = { id, isOver, counts: countsOf(status) };
        show(...progress(id, status, isOver), ...warnings);
        events.rows(rowsOf(status.images));
        board.announce(isOver ? `${say('scan_done')} ${scan.counts}` : scan.counts);
        if (isOver) {
          events.news();
          events.over();
          return;
        }
      } catch (error) {
        failures += 1;
        if (failures >= MOST_FAILED) return offer(failed(error, say('cannot_read')));
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS * (1 + failures)));
    }
  }

  function countsOf(status: Fields): string {
    const count = (name: string) => number(numberOf(status[name]) ?? 0);
    const waiting = numberOf(status.not_started) ?? 0;
    const minutes = numberOf(status.minutes_left);
    return [
      say('counts', { finished: count('finished'), running: count('running'), failed: count('failed') }),
      waiting > 0 ? say('waiting_rest', { count: number(waiting) }) : '',
      minutes === undefined ? '' : say('minutes_left', { minutes: number(Math.ceil(minutes)) }),
    ]
      .filter(Boolean)
      .join(' · ');
  }

  function progress(id: string, status: Fields, isOver: boolean): (Node | undefined)[] {
    const count = (name: string) => numberOf(status[name]) ?? 0;
    const done = count('finished') + count('failed') + count('cannot_be_scanned') + count('not_found');
    const all = done + count('running') + count('not_started');
    const label = say('progress_title', { scan: id });
    return [
      el(
        'div',
        { class: 'row' },
        el('strong', {}, isOver ? say('scan_done') : label),
        el('progress', { attributes: { max: Math.max(1, all), value: done, 'aria-label': label } }),
        el('span', {}, say('progress', { done: number(done), all: number(all) })),
        el('span', { class: 'soft' }, countsOf(status)),
        isOver && button(say('scan_close'), () => offer()),
      ),
      remarks({ incomplete: status.incomplete, notes: isOver ? status.notes : undefined }, board),
    ];
  }

  return {
    element,
    get scan() {
      return scan;
    },
    end() {
      isEnded = true;
    },
  };
}
