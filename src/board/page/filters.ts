import type { Board } from './board.js';
import { button, el, fill, hss } from './dom.js';
import type { Fields } from './fields.js';
import { SEVERITIES } from './image.js';
import type { Word } from './words.js';

/** Filters of list_local_images, by their names there. */
export type Filters = Fields;

/** Those that have a control of their own; all others are shown as they came with the call. */
const OWN = ['image_name', 'scan_status', 'severity_level', 'has_container', 'sort_by'];
/** What of a call is no filter, or not one that the board takes over. */
const NO_FILTERS = [
  'offset',
  'limit',
  'select',
  'include',
  'group_by',
  'region',
  'enterprise_project_id',
  'selection_id',
];

const STATES = ['unscan', 'success', 'scanning', 'waiting_for_scan', 'failed'] as const;
const SORTS = ['critical', 'vulnerabilities', 'containers', 'last_scan'] as const;
/** How long somebody types before the list follows, in ms. */
const TYPING_MS = 350;

/** The filters of the call that opened the board. */
export function filtersOfCall(given: Fields): Filters {
  const filters = Object.entries(given).filter(
    // An order by images is one of groups.
    ([name, value]) =>
      !NO_FILTERS.includes(name) && !isAbsent(name, value) && !(name === 'sort_by' && value === 'images'),
  );
  return Object.fromEntries(filters);
}

/** Clients that must fill in every field give these for nothing; the server takes them so, too. */
function isAbsent(name: string, value: unknown): boolean {
  const isNothing = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return isNothing || (value === 0 && name !== 'not_scanned_for_days');
}

export interface FilterBar {
  readonly element: HTMLElement;
  /** Shows these. */
  set(filters: Filters): void;
}

/** The controls above the table. @param change takes the new filters. */
export function filterBar({ reader: { say } }: Pick<Board, 'reader'>, change: (filters: Filters) => void): FilterBar {
  let filters: Filters = {};
  let typing: ReturnType<typeof setTimeout> | undefined;
  const put = (name: string, value: string | boolean | undefined) => {
    const { [name]: _old, ...others } = filters;
    filters = value === undefined || value === '' || value === false ? others : { ...others, [name]: value };
    change(filters);
  };

  const name = el('input', {
    attributes: { type: 'search', placeholder: say('search'), 'aria-label': say('search'), title: say('search_hint') },
    on: {
      input() {
        clearTimeout(typing);
        typing = setTimeout(() => put('image_name', name.value.trim()), TYPING_MS);
      },
    },
  });
  const state = choiceOf('state', 'scan_status', [['', 'any_state'], ...STATES.map((one) => [one, one] as const)]);
  const severity = choiceOf('severity', 'severity_level', [
    ['', 'any_severity'],
    ...SEVERITIES.map((one) => [one, one] as const),
  ]);
  for (const option of severity.options) {
    if (option.value && option.value !== 'Critical') option.text = say('at_least', { severity: option.text });
  }
  const sort = choiceOf(
    'sort',
    'sort_by',
    SORTS.map((one) => [one, `sort_${one}`] as const),
  );
  const running = el('input', {
    attributes: { type: 'checkbox' },
    on: { change: () => put('has_container', running.checked) },
  });
  const others = el('span', { class: 'others' });

  function choiceOf(label: Word, field: string, options: readonly (readonly [value: string, word: Word])[]) {
    const select = el(
      'select',
      { attributes: { 'aria-label': say(label) }, on: { change: () => put(field, select.value) } },
      ...options.map(([value, word]) => el('option', { attributes: { value } }, say(word))),
    );
    return select;
  }

  function set(given: Filters): void {
    filters = given;
    const text = (field: string) => String(given[field] ?? '');
    if (document.activeElement !== name) name.value = text('image_name');
    state.value = text('scan_status');
    severity.value = text('severity_level');
    sort.value = text('sort_by') || 'critical';
    running.checked = given.has_container === true;
    const extra = Object.entries(given).filter(([field, value]) => !OWN.includes(field) || value === false);
    fill(others, ...extra.map(([field, value]) => chip(field, value)));
  }

  function chip(field: string, value: unknown): HTMLElement {
    const remove = button('×', () => put(field, undefined), { 'aria-label': say('remove_filter', { name: field }) });
    return el('span', { class: 'chip' }, hss(say('also', { name: field, value: String(value) })), remove);
  }

  return {
    set,
    element: el(
      'div',
      { class: 'filters', attributes: { role: 'search' } },
      name,
      state,
      severity,
      sort,
      el('label', {}, running, ' ', say('only_running')),
      others,
    ),
  };
}
