import { badInput } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import type { LocalImageBatchScanRequestBody } from '../hss/models.js';
import { plural } from '../present/readable.js';
import { clean } from '../text/clean.js';
import type { ToolContext } from '../tools/tool.js';
import { filtersOf } from './selection.js';
import { countTargets } from './targets.js';

/**
 * Asks the person before a scan that names no images. Where the client cannot ask, its own approval of the tool call
 * has to do.
 * @returns what the result should warn of.
 * @throws {Failure} when the person did not agree. Nothing was sent then.
 */
export async function askBeforeScanning(
  body: LocalImageBatchScanRequestBody,
  scope: CallScope,
  context: ToolContext,
): Promise<string[]> {
  const answer = await context.ask(() => question(body, scope, context));
  if (answer === 'accept') return [];
  if (answer === 'unavailable') {
    return [
      'This client cannot ask the person, so the scan relies on the approval of the tool call (HSS_SCAN_ALL is ask).',
    ];
  }
  const what = { decline: 'declined', cancel: 'cancelled the question', 'no-answer': 'did not answer in time' }[answer];
  throw badInput(
    `The person ${what}: the scan was not started.`,
    'Ask what should be scanned instead, and pass the chosen images in image_info_list.',
  );
}

async function question(body: LocalImageBatchScanRequestBody, scope: CallScope, context: ToolContext): Promise<string> {
  const { images, hosts, moreHosts } = await countTargets(body, scope, context);
  const filters = Object.entries(filtersOf(body)).map(([name, value]) => `${name} = ${clean(String(value), 100)}`);
  return [
    `Start a scan of ${filters.length > 0 ? 'the local images that match the filters' : 'ALL local images'} with Huawei Cloud HSS?`,
    `Region: ${scope.region}. Enterprise project: ${clean(scope.enterpriseProjectId ?? '0 (default)', 64)}.`,
    ...(filters.length > 0 ? [`Filters: ${filters.join(', ')}.`] : []),
    `Images: ${images === undefined ? 'cannot be counted' : plural(images, 'image')}. ` +
      `Hosts: ${hosts === undefined ? 'cannot be counted' : `${moreHosts ? 'at least ' : ''}${plural(hosts, 'host')}`}.`,
  ].join('\n');
}
