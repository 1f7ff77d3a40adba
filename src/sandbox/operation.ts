import type { Choices } from './choices.js';
import type { Exports } from './exports.js';
import type { Parameters } from './parameters.js';
import type { View } from './view.js';

/** A call that has passed the gateway. */
export interface OperationCall {
  /** The images of the enterprise projects that the call may see. */
  readonly view: View;
  /** What is done where the documents leave a choice. */
  readonly choices: Choices;
  /** The export tasks of the region. */
  readonly exports: Exports;
  /** Query parameters. */
  readonly query: Parameters;
  /** The JSON object of the body; empty for a request without one. */
  readonly body: Parameters;
  /** Values of the `{...}` segments of the path. */
  readonly path: Readonly<Record<string, string>>;
  /** What tells this call from others but for the page that it asks for. */
  readonly question: string;
}

/** One operation of HSS, named as HSS names it. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Path behind `/v5/{project_id}/`; `{name}` stands for any segment. */
  readonly path: string;
  /** Whether the API page calls the `region` header mandatory. */
  readonly regionRequired: boolean;
  /** @returns the JSON answer, a file, or undefined for an empty body. */
  carryOut(call: OperationCall): object | Buffer | undefined;
}

/** A list operation in two steps, so that only the page that is asked for is written out. */
interface List<T> extends Pick<Operation, 'name' | 'path' | 'regionRequired'> {
  /** Checks the parameters and finds everything that they ask for. */
  select(call: OperationCall): readonly T[];
  row(item: T, call: OperationCall): object;
}

/** `total_num` of a page of `items`, as chosen for pages beyond the end. */
function totalOf(items: readonly unknown[], page: readonly unknown[], { choices }: OperationCall): number {
  return page.length === 0 && choices.totalNumBeyondEnd === 'page' ? 0 : items.length;
}

/** A GET operation that answers with a page of rows in HSS's envelope. */
export function list<T>({ name, path, regionRequired, select, row }: List<T>): Operation {
  return {
    name,
    method: 'GET',
    path,
    regionRequired,
    carryOut(call) {
      const items = call.view.remember(call.question, () => select(call));
      const page = pageOf(items, call.query);
      return { total_num: totalOf(items, page, call), data_list: page.map((item) => row(item, call)) };
    },
  };
}

/** The page of `items` that the query asks for: 10 from the first on unless it says so. */
export function pageOf<T>(items: readonly T[], query: Parameters): readonly T[] {
  const offset = query.integer('offset', 0, 2_000_000) ?? 0;
  const limit = query.integer('limit', 10, 200) ?? 10;
  return items.slice(offset, offset + limit);
}
