import type { CallScope } from '../hss/client.js';
import type { LocalImageFilter } from '../hss/models.js';
import { countImages } from '../images/count.js';
import type { ScanOrder } from '../images/order.js';
import { quoted } from '../text/clean.js';
import { timeForPeople } from '../text/zone.js';
import { named } from './legend.js';
import { plural } from './readable.js';

/**
 * What a person is asked before a scan whose images nobody named: what is really sent. Every value stands in quotes, so
 * that none can imitate the question.
 */
export function scanQuestion(order: ScanOrder, filters: LocalImageFilter, scope: CallScope): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  const rows = order.kind === 'images' ? order.images : order.before;
  return [
    `Start a scan of ${whatOf(order)} with Huawei Cloud HSS?`,
    `Region: ${quoted(scope.region, 64)}. Enterprise project: ${quoted(scope.enterpriseProjectId ?? '0', 64)}.`,
    ...(given.length > 0
      ? [`Filters: ${given.map(([name, value]) => `${name} = ${quoted(asRead(name, value), 100)}`).join(', ')}.`]
      : []),
    `Images: ${numberOf(order)}.${rows && order.mode !== 'list' ? ` ${whereOf(rows)}` : ''}`,
  ].join('\n');
}

/** A person reads a time as a date, and not as a number of 13 digits, and knows values by their words. */
function asRead(name: string, value: unknown): string {
  return name.endsWith('_time') ? timeForPeople(Number(value)) : named(name, String(value));
}

function whatOf(order: ScanOrder): string {
  if (order.mode === 'selection' && order.kind === 'images') return `the selection ${order.selection.id}`;
  if (order.mode === 'all') return 'ALL local images';
  return order.mode === 'list' ? 'a long list of images' : 'the local images that match the filters';
}

function numberOf(order: ScanOrder): string {
  if (order.kind === 'images') return plural(order.images.length, 'image');
  return order.count === undefined ? 'cannot be counted' : plural(order.count, 'image');
}

function whereOf(rows: Parameters<typeof countImages>[0]): string {
  const { hosts, moreHosts, containers } = countImages(rows);
  return `Hosts: ${moreHosts ? 'at least ' : ''}${plural(hosts, 'host')}. Containers: ${plural(containers, 'container')}.`;
}
