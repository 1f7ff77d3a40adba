import type { LocalImage } from '../hss/models.js';
import { cleanDeep } from '../text/clean.js';
import { withoutEmpty } from '../tools/rows.js';
import { plural, readableSize, readableTime } from './readable.js';
import { cells } from './table.js';

/** Said once in every result that shows what scans found: what a local scan does not look at. */
export const COVERAGE =
  'A local scan covers vulnerabilities and software. Where a row gives no unsafe_setting_num or malicious_file_num, ' +
  'baseline checks and malicious files are not covered or have no data.';

/** What to do about each documented `scan_failed_desc`. */
const FAILED_ADVICE = new Map(
  Object.entries({
    unknown_error: 'scan it once more',
    failed_to_match_agent: 'enable HSS container edition on the host and bring its agent online',
    create_container_failed: 'check the container runtime of the host',
    get_container_info_failed: 'check the container runtime of the host',
    docker_offline: 'start Docker on the host',
    get_docker_root_failed: 'check where Docker keeps its root folder on the host',
    image_not_exist_or_docker_api_fault: 'list the images again: it may be gone; else check the Docker API of the host',
    huge_image: 'the image is too large to be scanned; scanning again will not help',
    docker_root_in_nfs:
      'the Docker root is on network storage, which HSS does not support; scanning again will not help',
    response_timed_out: 'scan it again later',
  }),
);

/** Advice for a failed scan; undefined when HSS gives no reason that is documented. */
function failedAdvice(image: LocalImage): string | undefined {
  return image.scan_failed_desc ? FAILED_ADVICE.get(image.scan_failed_desc) : undefined;
}

/** Whether HSS has ever finished a scan of the image. */
export function wasScanned(image: LocalImage): boolean {
  return image.scan_status === 'success' || (image.latest_scan_time ?? 0) > 0;
}

/** Ids that no tool takes; they would push rows out of a page. */
const OF_NO_USE = ['agent_id', 'host_id'];
const COUNTS_OF_A_SCAN = ['vul_num', 'component_num', 'unsafe_setting_num', 'malicious_file_num', 'severity_level'];

/**
 * A row of ListImageLocal as it is handed on: HSS's names and values, cleaned, without what is empty, and with words
 * beside the numbers. A count that would mislead is left out: those of an image that was never scanned, and zero
 * baseline and malware counts, which a local scan does not fill.
 */
export function presentImage(image: LocalImage): Record<string, unknown> {
  const hidden = new Set([...OF_NO_USE, ...(wasScanned(image) ? [] : COUNTS_OF_A_SCAN)]);
  if (!image.unsafe_setting_num) hidden.add('unsafe_setting_num');
  if (!image.malicious_file_num) hidden.add('malicious_file_num');
  if (!image.latest_scan_time) hidden.add('latest_scan_time');
  const raw = Object.entries(image).filter(([name]) => !hidden.has(name));
  const words = {
    image_size_text: image.image_size === undefined ? undefined : readableSize(image.image_size),
    latest_scan_time_text: readableTime(image.latest_scan_time),
    latest_update_time_text: readableTime(image.latest_update_time),
    findings: findings(image),
    advice: advice(image),
  };
  return cleanDeep(withoutEmpty({ ...Object.fromEntries(raw), ...words }));
}

/** Words for the documented values of `severity_level`; they stand outside the fence, too. */
const RISK = new Map([
  ['Security', 'safe as far as scanned'],
  ['Low', 'risk Low'],
  ['Medium', 'risk Medium'],
  ['High', 'risk High'],
]);

/** What the last scan found, in words that promise no more than it looked at. */
export function findings(image: LocalImage): string {
  if (!wasScanned(image)) return image.scan_status === 'failed' ? 'no scan has finished yet' : 'not scanned yet';
  const { vul_num, severity_level, unsafe_setting_num, malicious_file_num } = image;
  const parts = [
    vul_num === undefined ? 'number of vulnerabilities unknown' : plural(vul_num, 'vulnerability', 'vulnerabilities'),
    RISK.get(severity_level ?? ''),
    unsafe_setting_num && plural(unsafe_setting_num, 'failed baseline check'),
    malicious_file_num && plural(malicious_file_num, 'malicious file'),
  ];
  return parts.filter(Boolean).join(', ');
}

function advice(image: LocalImage): string | undefined {
  if (image.scan_status === 'failed') return failedAdvice(image);
  if (image.non_scan_reason) return 'HSS cannot scan it; non_scan_reason says why';
  return undefined;
}

/** Names of the columns of {@link imageLine}. */
export const IMAGE_COLUMNS =
  'image_name | image_version | scan_status | findings | size | last scan | updated | hosts, containers | image_id | image_digest';

/** One image as a line of text with the columns of {@link IMAGE_COLUMNS}. */
export function imageLine(image: LocalImage): string {
  const reason = image.scan_status === 'failed' ? image.scan_failed_desc : undefined;
  return cells([
    image.image_name,
    image.image_version,
    [
      image.scan_status ?? 'unknown',
      reason && `(${reason})`,
      image.non_scan_reason && `(cannot be scanned: ${image.non_scan_reason})`,
    ]
      .filter(Boolean)
      .join(' '),
    findings(image),
    image.image_size === undefined ? undefined : readableSize(image.image_size),
    readableTime(image.latest_scan_time) ?? 'never',
    readableTime(image.latest_update_time),
    `${image.host_num ?? '?'}, ${image.container_num ?? '?'}`,
    image.image_id,
    image.image_digest,
  ]);
}

/** One sentence for each documented failure reason among `images`, to stand outside the fence. */
export function failureAdvice(images: readonly LocalImage[]): string[] {
  const reasons = new Set(
    images.filter((image) => image.scan_status === 'failed').map((image) => image.scan_failed_desc),
  );
  return [...reasons].flatMap((reason) => {
    const what = reason && FAILED_ADVICE.get(reason);
    return what ? [`${reason}: ${what}.`] : [];
  });
}
