import type { Board } from './board.js';
import { heading, part } from './detail.js';
import { button, el, fill, hss, table } from './dom.js';
import { type Fields, isFields, numberOf, rowsOf, textOf } from './fields.js';
import { countsOf, type Image, type ImageInfo, imageOf, keyOf, nameOf, stateOf } from './image.js';
import { nameButton } from './images-view.js';
import { readInto, remarks } from './reading.js';
import { severities, sumOf } from './severity-bar.js';
import { isWord } from './words.js';

const PAGE = 15;
/** Rows of what stands beside the findings. */
const MOST_BESIDE = 8;

/** One image: where it stands, what was found in it, and where it runs. */
export function imageDetail(info: ImageInfo, board: Board): HTMLElement {
  const { say } = board.reader;
  const { short, folder } = nameOf(info);
  const about = el('div');
  const found = el('div');
  const element = el(
    'article',
    {},
    heading(hss(short)),
    el('p', { class: 'soft folder' }, hss(folder)),
    about,
    part(say('findings'), found),
  );
  void readInto(about, board, board.call('get_local_image_details', info), (read) => aboutOf(read, board));
  if (info.image_id === undefined) fill(found, el('p', { class: 'soft' }, say('nothing_known')));
  else void readFindings(found, info.image_id, 0, board);
  return element;
}

function aboutOf(read: Fields, board: Board): (HTMLElement | undefined)[] {
  const { reader } = board;
  const { say, number } = reader;
  const row = isFields(read.image) ? read.image : {};
  const image = imageOf(row);
  const totals = isFields(read.total_num) ? read.total_num : {};
  const size = numberOf(row.image_size);
  const fact = (name: string, value: string | undefined) =>
    value === undefined ? [] : [el('dt', {}, name), el('dd', {}, hss(value))];
  return [
    el('div', { class: 'state-line' }, stateLine(image, board), ...bars(row, board), pickButton(image, board)),
    el(
      'dl',
      { class: 'facts' },
      ...fact(say('last_scan'), image.scannedAt && reader.time(image.scannedAt)),
      ...fact(say('containers'), image.containers?.toString()),
      ...fact(say('hosts'), numberOf(totals.hosts)?.toString()),
      ...fact(say('size'), size === undefined ? undefined : reader.size(size)),
      ...fact(say('digest'), image.info.image_digest),
    ),
    el(
      'div',
      { class: 'columns' },
      part(
        say('packages'),
        list(
          rowsOf(read.packages).filter(({ vul_num }) => numberOf(vul_num)),
          ({ app_name, app_version, vul_num }) => [
            hss([app_name, app_version].flatMap((one) => textOf(one) ?? []).join(' ')),
            el('span', { class: 'soft' }, number(numberOf(vul_num) ?? 0)),
          ],
          board,
        ),
      ),
      whereabouts(read, board),
    ),
    remarks(read, board),
  ];
}

/** The containers that run from it; else the hosts that hold it. */
function whereabouts(read: Fields, board: Board): HTMLElement {
  const { say } = board.reader;
  const containers = rowsOf(read.containers);
  const pair = (what: unknown, beside: unknown) => [
    hss(textOf(what) ?? '–'),
    el('span', { class: 'soft' }, hss(textOf(beside) ?? '')),
  ];
  return containers.length > 0
    ? part(
        say('running_in'),
        list(containers, ({ container_name, host_name }) => pair(container_name, host_name), board),
      )
    : part(
        say('hosts'),
        list(rowsOf(read.hosts), ({ host_name, agent_status }) => pair(host_name, agent_status), board),
      );
}

function stateLine(image: Image, { reader: { say } }: Board): HTMLElement {
  const word = stateOf(image);
  const why = image.obstacle ?? (image.status === 'failed' ? image.failure : undefined);
  return el(
    'span',
    { class: `dot dot-${word ?? 'unknown'}` },
    word ? say(word) : hss(image.status),
    why === undefined ? '' : el('span', { class: 'soft' }, ' · ', hss(why)),
  );
}

function bars(row: Fields, { reader }: Board): HTMLElement[] {
  const counts = countsOf(row);
  return Object.keys(counts).length === 0 ? [] : severities(counts, sumOf(counts), reader);
}

function pickButton({ info, obstacle }: Image, { canScan, choice, reader: { say } }: Board): HTMLElement | undefined {
  if (!canScan || obstacle) return undefined;
  const isChosen = () => choice.has(keyOf(info));
  const one = button('', () => choice.set([info], !isChosen()));
  const show = () => {
    one.textContent = say(isChosen() ? 'chosen_this' : 'choose_this');
    one.setAttribute('aria-pressed', String(isChosen()));
  };
  choice.onChange(show);
  show();
  return one;
}

function list(
  rows: readonly Fields[],
  show: (row: Fields) => readonly Node[],
  { reader: { say, number } }: Board,
): HTMLElement {
  if (rows.length === 0) return el('p', { class: 'soft' }, say('nothing_known'));
  const rest = rows.length - MOST_BESIDE;
  return el(
    'ul',
    { class: 'pairs' },
    ...rows.slice(0, MOST_BESIDE).map((row) => el('li', {}, ...show(row))),
    rest > 0 && el('li', { class: 'soft' }, `+ ${number(rest)}`),
  );
}

function readFindings(place: HTMLElement, image_id: string, offset: number, board: Board): Promise<void> {
  const { say, number } = board.reader;
  const read = board.call('list_local_image_vulnerabilities', { image_id, offset, limit: PAGE });
  return readInto(place, board, read, (found) => {
    const rows = rowsOf(found.vulnerabilities);
    const next = numberOf(found.next_offset);
    const total = numberOf(found.total_num) ?? rows.length;
    if (rows.length === 0) return [el('p', { class: 'soft' }, say('nothing_known')), remarks(found, board)];
    const turn = (to: number) => void readFindings(place, image_id, to, board);
    return [
      findingsTable(rows, board),
      total > rows.length
        ? el(
            'nav',
            { class: 'pages', attributes: { 'aria-label': say('findings') } },
            button(say('previous'), () => turn(Math.max(0, offset - PAGE)), { disabled: offset === 0 }),
            el(
              'span',
              { class: 'soft' },
              say('matching', { from: number(offset + 1), to: number(offset + rows.length), total: number(total) }),
            ),
            button(say('next'), () => turn(next ?? offset), { disabled: next === undefined }),
          )
        : undefined,
      remarks(found, board),
    ];
  });
}

function findingsTable(rows: readonly Fields[], { reader: { say }, openVulnerability }: Board): HTMLElement {
  const heads = [[say('severity')], [say('vulnerability')], [say('score'), 'number'], [say('fix')]] as const;
  return table(
    heads,
    rows.map((row) => {
      const severity = textOf(row.severity_level) ?? '';
      const [vul_id = '', type = ''] = [textOf(row.vul_id), textOf(row.type)];
      return el(
        'tr',
        {},
        el('td', {}, el('span', { class: `mark mark-${severity}` }, isWord(severity) ? say(severity) : severity)),
        el(
          'td',
          { class: 'wide' },
          nameButton(textOf(row.vul_name) ?? vul_id, () => openVulnerability({ vul_id, type })),
        ),
        el('td', { class: 'number' }, numberOf(row.max_cvss_score)?.toFixed(1) ?? '–'),
        el('td', { class: 'wide soft' }, hss(textOf(row.solution_detail) ?? '–')),
      );
    }),
  );
}
