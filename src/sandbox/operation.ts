import type { Estate, ImageState } from './estate.js';
import type { Parameters } from './parameters.js';

/** A call that has passed the gateway. */
export interface OperationCall {
  readonly estate: Estate;
  /** Query parameters. */
  readonly query: Parameters;
  /** The JSON object of the body; empty for a request without one. */
  readonly body: Parameters;
  /** Values of the `{...}` segments of the path. */
  readonly path: Readonly<Record<string, string>>;
  /** Images of the enterprise projects that the call may see. */
  readonly visible: readonly ImageState[];
}

/** One operation of HSS, named as HSS names it. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Path behind `/v5/{project_id}/`; `{name}` stands for any segment. */
  readonly path: string;
  /** Whether the API page calls the `region` header mandatory. */
  readonly regionRequired: boolean;
  /** @returns the JSON answer, or undefined for an empty body. */
  carryOut(call: OperationCall): object | undefined;
}

/** The page of `rows` that a list call asks for, in HSS's envelope. */
export function pageOf<T>(rows: readonly T[], query: Parameters): object {
  const offset = query.integer('offset', 0, 2_000_000) ?? 0;
  const limit = query.integer('limit', 10, 200) ?? 10;
  return { total_num: rows.length, data_list: rows.slice(offset, offset + limit) };
}
