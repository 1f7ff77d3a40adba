import type { Comparison, Unobservable } from '../findings/compare.js';
import type { IndexedVulnerability } from '../findings/vulnerability-table.js';
import { words } from '../words/words.js';
import { type Table, tableOf } from './table.js';

/** A vulnerability of a comparison; an id that HSS no longer lists has nothing but itself. */
export interface ComparedRow {
  readonly vulnerability: IndexedVulnerability | { readonly vul_id: string };
  /** The id under which it stands in the image after. */
  readonly as?: string | undefined;
  /** Packages with their versions, where they were read. */
  readonly packages?: readonly string[] | undefined;
  readonly reason?: Unobservable | undefined;
}

/** The lists of a comparison, each by itself. */
export type ComparedLists = Readonly<Record<ListName, readonly ComparedRow[]>>;
export type ListName = 'gone' | 'new' | 'still_open' | 'handled' | 'not_observable';

const LISTS: readonly ListName[] = ['gone', 'new', 'still_open', 'handled', 'not_observable'];

/** The lists as tables; one that is empty stays, because empty is an answer. */
export function comparedTables(lists: ComparedLists): Table[] {
  const { titles, reasons } = words().comparison;
  return LISTS.map((name) =>
    tableOf(
      name,
      lists[name],
      [
        { name: 'vul_id', value: ({ vulnerability }) => vulnerability.vul_id },
        {
          name: 'severity_level',
          value: ({ vulnerability: found }) => ('severity' in found ? found.severity : undefined),
        },
        { name: 'as', value: ({ as }) => as },
        { name: 'packages', value: ({ packages }) => packages },
        { name: 'reason', value: ({ reason }) => reason && reasons[reason] },
      ],
      { title: titles[name](lists[name].length), total: lists[name].length },
    ),
  );
}

/** Why the comparison as a whole tells less than it seems to. */
export function blindNote({ blind }: Pick<Comparison, 'blind'>): string[] {
  const { comparison } = words();
  return blind ? [comparison.blind(comparison.reasons[blind])] : [];
}
