import type { Board } from './board.js';
import { el, hss } from './dom.js';
import { type Fields, numberOf, rowsOf, textOf, textsOf } from './fields.js';
import { countsOf } from './image.js';
import { nameButton } from './images-view.js';
import { readInto, remarks } from './reading.js';
import { severities, sumOf } from './severity-bar.js';

const MOST_UPGRADES = 10;
/** How HSS writes the id of a vulnerability: CVE-2021-44228, CESA-2025:1107. */
const ID = /^[\w.:-]+$/;

export interface PlanView {
  readonly element: HTMLElement;
  load(): Promise<void>;
}

/** Which upgrades remove most, best first. */
export function planView(board: Board): PlanView {
  const { say } = board.reader;
  const place = el('div');
  return {
    element: el(
      'section',
      { attributes: { 'aria-label': say('plan') } },
      el('p', { class: 'soft' }, say('plan_lead')),
      place,
    ),
    load: () =>
      readInto(place, board, board.call('plan_local_image_fixes', { limit: MOST_UPGRADES }), (found) => {
        const upgrades = rowsOf(found.upgrades);
        const most = Math.max(1, ...upgrades.map((upgrade) => sumOf(countsOf(upgrade))));
        return [
          found.order === 'partial' ? el('p', { class: 'unread' }, say('plan_partial')) : undefined,
          upgrades.length === 0
            ? el('p', { class: 'soft' }, say('plan_none'))
            : el('ol', { class: 'plan' }, ...upgrades.map((upgrade) => step(upgrade, most, board))),
          remarks(found, board),
        ];
      }),
  };
}

function step(upgrade: Fields, most: number, { reader, openVulnerability }: Board): HTMLElement {
  const { say, number } = reader;
  const count = (name: string) => number(numberOf(upgrade[name]) ?? 0);
  const type = textOf(upgrade.type) ?? '';
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'what' },
      el('strong', {}, hss(textOf(upgrade.package) ?? '–')),
      el('p', { class: 'soft' }, hss(textOf(upgrade.fix) ?? '–')),
    ),
    el(
      'div',
      { class: 'effect' },
      ...severities(countsOf(upgrade), most, reader),
      el(
        'p',
        { class: 'soft' },
        say('plan_row', {
          images: count('images'),
          running: count('running_images'),
          containers: count('containers'),
        }),
      ),
    ),
    el(
      'div',
      { class: 'ids' },
      // The last of a long list says in words how many more there are.
      ...textsOf(upgrade.vul_ids).map((vul_id) =>
        ID.test(vul_id) ? nameButton(vul_id, () => openVulnerability({ vul_id, type })) : hss(vul_id, 'soft'),
      ),
    ),
  );
}
