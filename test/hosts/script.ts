import type { ScriptedCall } from './model/scripted-model.js';

export const SCAN_TOOL = 'batch_scan_local_image';

/** Places of the script, by what they are for. */
export const LISTED = 0;
export const SCANNED = 1;
export const REFUSED = 2;
export const ASKED = 3;

/** What the scripted model asks of every host, in this order. */
export const SCRIPT: readonly ScriptedCall[] = [
  { tool: 'list_local_images', args: { limit: 3 } },
  { tool: SCAN_TOOL, args: { image_info_list: [{ image_name: 'nginx', image_version: '1.21.0' }] } },
  // Selects nothing, and is refused.
  { tool: SCAN_TOOL, args: {} },
  // Selects everything: where the host can, the person is asked first.
  { tool: SCAN_TOOL, args: { operate_all: true } },
];

export const REFUSAL = 'Nothing is selected: image_info_list is empty and operate_all is not true.';
export const QUESTION = /Start a scan of ALL local images/;
