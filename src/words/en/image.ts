import { plural } from './plural.js';

/** What the details of one image say. */
export const image = {
  /** @param found one of those that follow. */
  summary: (found: string) => `One local image: ${found}.`,
  no_scan_finished: 'no scan has finished yet',
  not_scanned: 'not scanned yet',
  /** @param count undefined: unknown. */
  found: (count: number | undefined, isSafe: boolean) =>
    `${count === undefined ? 'number of vulnerabilities unknown' : plural(count, 'vulnerability', 'vulnerabilities')}` +
    `${isSafe ? ', safe as far as scanned' : ''}`,
  part: (name: string, total: number) => `${name}: ${total} in all.`,
  failed_rules: (total: number) => `failed_rules: ${total} in all, most severe first.`,
  part_read: (name: string, read: number, of: number) => `${name}: only ${read} of ${of} were read.`,
  no_baseline: 'baseline: not covered by a local scan, or no data.',
  no_packages: 'packages: no data.',
  packages_unknown: 'packages: unknown, because the image was never scanned.',
  none: (name: string) => `${name}: HSS knows none of it.`,
  rules_read: (read: number, of: number) => `failed_rules: only ${read} of ${of} were read.`,
  remedies_read: (read: number, of: number) => `failed_rules: remedies were read of ${read} of ${of} rules.`,
  cannot_scan: (count: number, hosts: number) =>
    `${count} of ${plural(hosts, 'host')} cannot scan now: it takes agent_status online and protect_status opened.`,
  may_not_scan: (count: number, hosts: number) =>
    `${count} of ${plural(hosts, 'host')} may be kept from scanning: protection is interrupted or degraded.`,
  scan_it: 'Scan it with batch_scan_local_image to learn about its vulnerabilities.',
  see_handled:
    'Nothing is open. For what was handled, call list_local_image_vulnerabilities with handle_status handled.',
  nothing_left: 'Nothing is left to do.',
  /** @param count undefined: unknown. */
  see_vulnerabilities: (count: number | undefined) =>
    `To see its ${count === undefined ? 'vulnerabilities' : plural(count, 'vulnerability', 'vulnerabilities')}, ` +
    'call list_local_image_vulnerabilities with its image_id.',
  no_id: 'HSS gives no image_id for this image.',
  list_again: 'List the image again.',
};
