import type { Board } from './board.js';
import { button, el, fill } from './dom.js';
import { type Fields, numberOf, rowsOf, textOf } from './fields.js';
import type { Filters } from './filters.js';
import { SEVERITIES } from './image.js';
import { failed, foldedRemarks, readyIn } from './reading.js';
import { bar } from './severity-bar.js';
import { isWord, type Word } from './words.js';

/** Worst first; what was never looked into, or not read yet, stands apart from what was found clean. */
const ORDER = [...SEVERITIES, 'none', 'not_scanned', 'not_read'] as const;
/** How often what is still being read is asked for again, and how soon at most, in seconds. */
const MOST_ASKED = 30;
const LEAST_SECONDS = 5;

export interface PostureStrip {
  readonly element: HTMLElement;
  load(): Promise<void>;
}

/** The estate at a glance: how many images there are, how their scans stand, and how bad it is. */
export function postureStrip(board: Board, narrow: (filters: Filters) => void): PostureStrip {
  const { reader, call } = board;
  const { say, number } = reader;
  const element = el('section', { class: 'posture', attributes: { 'aria-label': say('title') } });
  let reading = 0;

  async function load(asked = 0): Promise<void> {
    reading += 1;
    const mine = reading;
    try {
      const [states, severities] = await Promise.all(
        ['scan_status', 'severity_level'].map((group_by) => call('summarize_local_images', { group_by })),
      );
      if (mine !== reading || !states || !severities) return;
      fill(element, figures(states), worst(severities), foldedRemarks(severities, board));
      const seconds = readyIn(severities) ?? readyIn(states);
      if (seconds === undefined || asked >= MOST_ASKED) return;
      setTimeout(() => mine === reading && void load(asked + 1), Math.max(LEAST_SECONDS, seconds) * 1000);
    } catch (error) {
      if (mine === reading) fill(element, failed(error, say('cannot_read')));
    }
  }

  function figures(states: Fields): HTMLElement {
    const groups = rowsOf(states.groups);
    const sum = (name: string) => groups.reduce((all, group) => all + (numberOf(group[name]) ?? 0), 0);
    const inState = (key: string) => numberOf(groups.find((group) => group.key === key)?.images) ?? 0;
    const moving = inState('scanning') + inState('waiting_for_scan');
    return el(
      'div',
      { class: 'figures' },
      figure('images', numberOf(states.images) ?? sum('images'), {}),
      figure('running_images', sum('running_images'), { has_container: true }),
      figure('scan_failed', inState('failed'), { scan_status: 'failed' }),
      moving > 0 && figure('scanning_now', moving, { scan_status: 'scanning' }),
    );
  }

  function figure(word: Word, count: number, filters: Filters): HTMLElement {
    const one = button('', () => narrow(filters), { class: 'figure' });
    one.append(el('b', {}, number(count)), ' ', el('span', {}, say(word)));
    one.title = say('show_only', { what: say(word) });
    return one;
  }

  function worst(severities: Fields): HTMLElement {
    const counts = new Map(rowsOf(severities.groups).map((group) => [textOf(group.key), numberOf(group.images) ?? 0]));
    const parts = ORDER.map((kind) => [kind, counts.get(kind) ?? 0] as const);
    const all = parts.reduce((sum, [, count]) => sum + count, 0);
    const shown = parts.filter(([kind, count]) => kind !== 'not_read' || count > 0);
    const legend = shown.map(([kind, count]) => {
      const label = `${isWord(kind) ? say(kind) : kind} ${number(count)}`;
      const isFilter = SEVERITIES.some((severity) => severity === kind);
      return isFilter
        ? button(label, () => narrow({ severity_level: kind }), { class: `mark mark-${kind}` })
        : el('span', { class: `mark mark-${kind}` }, label);
    });
    return el(
      'div',
      { class: 'worst' },
      el(
        'p',
        { class: 'soft' },
        say('by_worst'),
        asOf(severities),
        severities.sandbox === true ? ` · ${say('sandbox')}` : '',
      ),
      bar(parts, all),
      el('div', { class: 'legend' }, ...legend),
    );
  }

  function asOf({ as_of }: Fields): string {
    const time = textOf(as_of);
    return time === undefined ? '' : ` · ${say('as_of', { time: reader.time(time) })}`;
  }

  return { element, load };
}
