import { plural } from './plural.js';

/** What `report --scan` says of its scans. */
export const scan_first = {
  scanned: (images: number, finished: number, failed: number, leftOut: number) =>
    `Scanned ${plural(images, 'image')}: ${finished} finished, ${failed} failed${leftOut > 0 ? `, ${leftOut} cannot be scanned` : ''}.`,
  read_only: '--scan is refused by the settings: HSS_READ_ONLY is true, or cannot be read. Nothing was sent.',
  change_read_only: 'Leave out --scan, or let the owner of the settings change HSS_READ_ONLY.',
  not_confirmed: (count: number, given: number | undefined) =>
    `Nothing was sent: this would scan ${plural(count, 'image')}, and nobody was asked.${given === undefined ? '' : ` --confirm-image-count says ${given}.`}`,
  confirm: (count: number) =>
    `If that is meant, give --confirm-image-count ${count}, or run it on a terminal, where it asks.`,
  unread: 'Not every image could be read, so nothing was sent.',
  try_later: 'Try again later.',
  partly: (accepted: number, all: number) =>
    `HSS took the scans of only ${accepted} of ${plural(all, 'image')}, and no report was written.`,
  rest: 'The scans that HSS took go on. When they have ended, scan the rest, or write the report without --scan.',
};
