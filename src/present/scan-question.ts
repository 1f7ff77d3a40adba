import type { CallScope } from '../hss/client.js';
import { countImages } from '../images/count.js';
import type { ScanOrder } from '../images/order.js';
import { quoted } from '../text/clean.js';
import { timeForPeople } from '../text/zone.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import { named } from './legend.js';

/**
 * What a person is asked before a scan whose images nobody named: what is really sent. Every value stands in quotes, so
 * that none can imitate the question.
 */
export function scanQuestion(
  order: ScanOrder,
  filters: object,
  scope: Pick<CallScope, 'region' | 'enterpriseProjectId'>,
): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  const rows = order.kind === 'images' ? order.images : order.before;
  const { question } = words();
  return [
    question.start(whatOf(order)),
    question.where(quoted(scope.region, 64), quoted(scope.enterpriseProjectId ?? '0', 64)),
    ...(given.length > 0
      ? [question.filters(given.map(([name, value]) => `${name} = ${quoted(asRead(name, value), 100)}`))]
      : []),
    sentences([
      question.images(order.kind === 'images' ? order.images.length : order.count),
      rows && order.mode !== 'list' && spreadOf(rows),
    ]),
  ].join('\n');
}

/** A person reads a time as a date, and not as a number of 13 digits, and knows values by their words. */
function asRead(name: string, value: unknown): string {
  return name.endsWith('_time') ? timeForPeople(Number(value)) : named(name, String(value));
}

function whatOf(order: ScanOrder): string {
  const { question } = words();
  if (order.mode === 'selection' && order.kind === 'images') return question.selection(order.selection.id);
  if (order.mode === 'all') return question.all_images;
  return order.mode === 'list' ? question.long_list : question.matching_images;
}

function spreadOf(rows: Parameters<typeof countImages>[0]): string {
  const { hosts, moreHosts, containers } = countImages(rows);
  return words().question.spread(hosts, moreHosts, containers);
}
