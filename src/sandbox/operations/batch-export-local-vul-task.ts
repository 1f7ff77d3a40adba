import { strToU8, zipSync } from 'fflate/browser';
import { invalidParameter } from '../errors.js';
import type { ImageState } from '../estate.js';
import type { Operation, OperationCall } from '../operation.js';
import type { Parameters } from '../parameters.js';
import type { Vulnerability } from '../seed/vulnerabilities.js';
import { textMatch } from './text-match.js';
import { HANDLE_STATES, VUL_TYPES } from './vulnerability-terms.js';

const MOST_ROWS = 2_147_483_647;
const SCAN_STATES = [
  'unscan',
  'success',
  'scanning',
  'failed',
  'download_failed',
  'image_oversized',
  'waiting_for_scan',
  'image_scan_stop',
] as const;

interface Exported {
  readonly state: ImageState;
  readonly vulnerability: Vulnerability;
  readonly handled: boolean;
}

/**
 * BatchExportLocalVulTask. Neither what is in the file nor how names match is documented: here it is one table of CSV, and
 * names match as chosen. The filters by size and time, whose limits are doubtful, are left out.
 */
export const batchExportLocalVulTask: Operation = {
  name: 'BatchExportLocalVulTask',
  method: 'POST',
  path: 'image/local-vulnerability/export',
  regionRequired: true,
  carryOut(call) {
    const { query, exports } = call;
    const size = query.integer('export_size', 0, MOST_ROWS, true) ?? 0;
    const rows = selected(call).slice(0, size);
    const { taskId } = exports.begin(() => zipOf(rows));
    return { record_total_num: rows.length, task_id: taskId };
  },
};

function selected({ body, view, choices }: OperationCall): Exported[] {
  const type = body.oneOf('vul_type', VUL_TYPES);
  const handling = body.oneOf('handle_status', HANDLE_STATES);
  const vulIds = body.texts('vul_id_list', { most: 2048 });
  const states = view.states.filter(imageFilter(body, choices));
  return [false, true].flatMap((handled) =>
    handling !== undefined && (handling === 'handled') !== handled
      ? []
      : states.flatMap((state) =>
          // One that lies in two packages of an image is one.
          [...new Set(view.estate.findingsOf(state, handled).map(({ vulnerability }) => vulnerability))]
            .filter((found) => type === undefined || found.type === type)
            .filter((found) => vulIds === undefined || vulIds.includes(found.vul_id))
            .map((vulnerability) => ({ state, vulnerability, handled })),
        ),
  );
}

function imageFilter(body: Parameters, choices: OperationCall['choices']): (state: ImageState) => boolean {
  const all = body.boolean('operate_all') === true;
  const ids = body.texts('image_id_list');
  if (!all && ids === undefined) throw invalidParameter('image_id_list is required');
  const named = textMatch(body.text('image_name', { max: 65_535 }), choices);
  const version = body.text('image_version', { max: 65_535 });
  const status = body.oneOf('scan_status', SCAN_STATES);
  const hasContainer = body.boolean('has_container');
  const wanted = status === 'waiting_for_scan' ? 'waiting' : status;
  return ({ image, scan_status }) =>
    (all || ids?.includes(image.image_id) === true) &&
    named(image.image_name) &&
    (version === undefined || image.image_version === version) &&
    (wanted === undefined || scan_status === wanted) &&
    (hasContainer === undefined || image.containers.length > 0 === hasContainer);
}

function zipOf(rows: readonly Exported[]): Buffer {
  const lines = rows.map(({ state: { image }, vulnerability: { vul_id, severity }, handled }) =>
    [image.image_name, image.image_version, image.image_id, vul_id, severity, handled ? 'handled' : 'unhandled']
      .map((cell) => `"${cell.replaceAll('"', '""')}"`)
      .join(','),
  );
  const table = ['image_name,image_version,image_id,vul_id,severity,handle_status', ...lines, ''].join('\r\n');
  return Buffer.from(zipSync({ 'local-image-vulnerabilities.csv': strToU8(table) }));
}
