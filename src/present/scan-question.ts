import type { CallScope } from '../hss/client.js';
import type { LocalImageFilter } from '../hss/models.js';
import type { TargetCount } from '../images/targets.js';
import { quoted } from '../text/clean.js';
import { plural } from './readable.js';

/** What a person is asked before a scan that names no images. Every value stands in quotes, so that none can imitate it. */
export function scanQuestion(
  filters: LocalImageFilter,
  { images, hosts, moreHosts }: TargetCount,
  scope: CallScope,
): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  const counted = (count: number | undefined, noun: string) =>
    count === undefined ? 'cannot be counted' : plural(count, noun);
  return [
    `Start a scan of ${given.length > 0 ? 'the local images that match the filters' : 'ALL local images'} with Huawei Cloud HSS?`,
    `Region: ${quoted(scope.region, 64)}. Enterprise project: ${quoted(scope.enterpriseProjectId ?? '0', 64)}.`,
    ...(given.length > 0
      ? [`Filters: ${given.map(([name, value]) => `${name} = ${quoted(String(value), 100)}`).join(', ')}.`]
      : []),
    `Images: ${counted(images, 'image')}. Hosts: ${moreHosts && hosts !== undefined ? 'at least ' : ''}${counted(hosts, 'host')}.`,
  ].join('\n');
}
