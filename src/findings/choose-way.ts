import { LARGEST_PAGE } from '../hss/every-row.js';
import type { Wait } from './step.js';

/** Requests of each way that are waiting already. */
export interface Load {
  readonly pairs: number;
  readonly vulnerability: number;
}

/**
 * Splits vulnerabilities over the two ways of reading. Pairs take a request for 200 of them, whatever they belong to;
 * the other way takes at least one request a vulnerability. Fewer requests win; where the pace holds requests back
 * each way has a budget of its own, and those that fill their pages best go the other way, until both take as long.
 * @param items vulnerabilities of one kind, `size` being how many images each is expected to have.
 * @returns those that are read one by one; the others are read in pairs.
 */
export function oneByOne<T extends { readonly size: number }>(items: readonly T[], load: Load, wait: Wait): Set<T> {
  const total = items.reduce((sum, { size }) => sum + size, 0);
  const pairsOf = (rows: number) => Math.ceil(rows / LARGEST_PAGE);
  const alone = items.reduce((sum, { size }) => sum + pagesOf(size), 0);
  if (alone <= pairsOf(total)) return new Set(items);
  const seconds = (pairs: number, vulnerability: number) =>
    Math.max(
      wait('ListImageHandleAffectVulnerabilities', load.pairs + pairs),
      wait('ListVulAffectImages', load.vulnerability + vulnerability),
    );
  if (seconds(pairsOf(total), 0) === 0) return new Set();
  let best = { count: 0, seconds: seconds(pairsOf(total), 0), requests: pairsOf(total) };
  const fullest = [...items].sort((one, other) => fullness(other) - fullness(one) || other.size - one.size);
  let left = total;
  let requests = 0;
  for (const [index, item] of fullest.entries()) {
    left -= item.size;
    requests += pagesOf(item.size);
    const next = { count: index + 1, seconds: seconds(pairsOf(left), requests), requests: pairsOf(left) + requests };
    if (next.seconds < best.seconds || (next.seconds === best.seconds && next.requests < best.requests)) best = next;
    // From here on the other way alone takes longer than the best split.
    if (wait('ListVulAffectImages', load.vulnerability + requests) > best.seconds) break;
  }
  return new Set(fullest.slice(0, best.count));
}

function pagesOf(size: number): number {
  return Math.max(1, Math.ceil(size / LARGEST_PAGE));
}

function fullness({ size }: { readonly size: number }): number {
  return size / (pagesOf(size) * LARGEST_PAGE);
}
