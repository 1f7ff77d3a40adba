import type { ToolResult } from '../tools/tool.js';

/** Longest result in characters of JSON, both parts together; the rest is left to what the MCP face wraps around. */
const LIMIT = 19_500;

/**
 * Builds a result from as many of `rows` as fit below 20,000 characters.
 * @param build makes the result of the first rows; it has to say how many of them there are.
 */
export function fitRows<R, T>(rows: readonly R[], build: (shown: readonly R[]) => ToolResult<T>): ToolResult<T> {
  let [fits, tooMany] = [0, rows.length + 1];
  while (tooMany - fits > 1) {
    // The whole page fits more often than not, so it is tried first.
    const tried = tooMany > rows.length ? rows.length : Math.floor((fits + tooMany) / 2);
    if (sizeOf(build(rows.slice(0, tried))) <= LIMIT) fits = tried;
    else tooMany = tried;
  }
  return build(rows.slice(0, fits));
}

/** Builds a result with several lists that fits below 20,000 characters, by showing at most so many rows of each. */
export function fitLists<T>(most: number, build: (most: number) => ToolResult<T>): ToolResult<T> {
  return fitRows(
    Array.from({ length: most }, () => undefined),
    (rows) => build(rows.length),
  );
}

function sizeOf(result: ToolResult<unknown>): number {
  return JSON.stringify(result).length;
}
