import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** How a client starts the built program: as a user would who tries it without an account. */
export const SERVER = { command: process.execPath, args: [PROGRAM, '--sandbox'], env: { HSS_LOG_LEVEL: 'error' } };

/** What every client has to list, in this order. Written out, so that no test takes it from the code under test. */
export const TOOLS = [
  'batch_scan_local_image',
  'list_local_images',
  'get_local_image_scan_status',
  'list_local_image_vulnerabilities',
  'summarize_local_images',
  'plan_local_image_fixes',
  'compare_local_images',
  'get_local_image_details',
  'get_vulnerability_details',
  'export_local_image_report',
];

export const SCAN = 'batch_scan_local_image';
export const STATUS = 'get_local_image_scan_status';

/** An image of the embedded HSS. */
export const IMAGES = { image_info_list: [{ image_name: 'nginx', image_version: '1.21.0' }] };

/** What the structured part of a good scan of {@link IMAGES} says, and the text beside it. */
export const ACCEPTED = { accepted: true, image_count: 1, sandbox: true };
export const ACCEPTED_TEXT =
  /^From the embedded HSS \(--sandbox\).*\nHSS accepted the request to scan 1 image\. The scans are not finished/;

/** Arguments that fit the schema and select nothing, and how the server refuses them. */
export const NOTHING = {};
export const REFUSED =
  /Nothing is selected: image_info_list is empty and operate_all is not true\.\nNo scan request was sent/;

/** Selects every image: where the client can, it asks the person first. */
export const EVERYTHING = { operate_all: true };
