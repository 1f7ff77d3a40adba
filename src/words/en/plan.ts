import { plural } from './plural.js';

/** What the plan of upgrades says. */
export const plan = {
  summary: (upgrades: number, rankBy: string, isFinal: boolean) =>
    `${plural(upgrades, 'upgrade')} by ${rankBy}, ${isFinal ? 'best first' : 'as far as read: the order is partial'}.`,
  rebuilds: (names: number) => `rebuilds: ${plural(names, 'image name')} in all; upgrades are ranks.`,
  none_match: 'No open finding matches. That is no proof of safety: images that were never scanned have none.',
  other_distribution: (ranks: readonly number[]) =>
    `The words of fix may be of another distribution: rank ${ranks.join(', ')}.`,
  packages_unread: (ranks: readonly number[]) =>
    `Packages were not read yet, so these can fall apart: rank ${ranks.join(', ')}.`,
  versions_seen: 'installed_versions are those seen in samples; others may be installed elsewhere.',
  see_states: 'Look at the scan states with summarize_local_images, group_by scan_status.',
  upgrade:
    'Upgrade, rebuild and scan again; then check with compare_local_images. All images of one: get_vulnerability_details.',
};
