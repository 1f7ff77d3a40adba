import { COUNTED } from '../findings/groups.js';
import type { Rebuild, Removed, Upgrade } from '../findings/upgrades.js';
import type { Severity } from '../hss/models.js';
import { words } from '../words/words.js';
import { severitiesTo } from './completeness.js';
import { firstOf } from './group.js';
import type { Column } from './table.js';

/** Ids and names shown of one upgrade. */
const MOST_IDS = 12;
const MOST_NAMES = 5;
const MOST_HOSTS = 20;
const MOST_VERSIONS = 8;

/** An upgrade, and its place among the others, from 1. */
export interface Ranked extends Upgrade {
  readonly rank: number;
}

/** An upgrade as one of many, with counts of the severities that were asked for. */
export function upgradeColumns(
  depth: Severity,
  hosts?: (upgrade: Ranked) => readonly string[] | undefined,
): readonly Column<Ranked>[] {
  return [
    { name: 'rank', value: ({ rank }) => rank },
    { name: 'package', value: ({ packages }) => packages?.join(', ') },
    { name: 'type', value: ({ type }) => type },
    { name: 'fix', value: ({ fix }) => fix },
    { name: 'rule', value: ({ rules }) => firstOf(rules, MOST_VERSIONS) },
    { name: 'installed_versions', value: ({ installedVersions }) => firstOf(installedVersions, MOST_VERSIONS) },
    { name: 'vul_ids', value: ({ vulnerabilities }) => firstOf(idsOf(vulnerabilities), MOST_IDS) },
    { name: 'cve_ids', value: ({ vulnerabilities }) => firstOf(cvesOf(vulnerabilities), MOST_IDS) },
    ...severitiesTo(depth).map((severity) => ({
      name: COUNTED[severity],
      value: (upgrade: Ranked) => upgrade[COUNTED[severity]],
    })),
    { name: 'images', value: ({ images }) => images },
    { name: 'running_images', value: ({ runningImages }) => runningImages },
    { name: 'containers', value: ({ containers }) => containers },
    { name: 'cumulative', value: ({ cumulative }) => removedOf(cumulative, depth) },
    { name: 'image_names', value: ({ inImages }) => firstOf(namesOf(inImages), MOST_NAMES) },
    { name: 'hosts', value: (upgrade) => firstOf(hosts?.(upgrade) ?? [], MOST_HOSTS) },
  ];
}

/** What a team has to build anew; `upgrades` are ranks. */
export const REBUILD_COLUMNS: readonly Column<Rebuild>[] = [
  { name: 'image_name', value: ({ imageName }) => imageName || words().result.no_name },
  { name: 'images', value: ({ images }) => images },
  { name: 'containers', value: ({ containers }) => containers },
  { name: 'findings', value: ({ upgrades }) => upgrades.reduce((sum, { findings }) => sum + findings, 0) },
  { name: 'upgrades', value: ({ upgrades }) => upgrades.map(({ upgrade }) => upgrade + 1) },
];

/** What something removes, in the words of a result. */
export function removedOf(removed: Removed & { readonly cleanImages?: number }, depth: Severity) {
  const { images, runningImages, containers, cleanImages } = removed;
  const counts = severitiesTo(depth).map((severity) => [COUNTED[severity], removed[COUNTED[severity]]]);
  return {
    ...Object.fromEntries(counts),
    images,
    running_images: runningImages,
    containers,
    ...(cleanImages !== undefined && { clean_images: cleanImages }),
  };
}

function idsOf(vulnerabilities: Upgrade['vulnerabilities']): string[] {
  return vulnerabilities.map(({ vul_id }) => vul_id);
}

/** CVEs that are not ids of HSS already. */
function cvesOf(vulnerabilities: Upgrade['vulnerabilities']): string[] {
  const ids = new Set(idsOf(vulnerabilities));
  return [...new Set(vulnerabilities.flatMap(({ cveIds }) => cveIds))].filter((id) => !ids.has(id));
}

function namesOf(images: Upgrade['inImages']): string[] {
  return [...new Set(images.flatMap(({ row }) => row.image_name || []))];
}
