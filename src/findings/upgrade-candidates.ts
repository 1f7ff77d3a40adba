import type { VulType } from '../hss/models.js';
import type { SeenPackage } from './package-memory.js';
import type { Store } from './store.js';
import type { IndexedVulnerability } from './vulnerability-table.js';

/** Vulnerabilities that one upgrade removes, as far as is known: HSS's words for the fix, and the packages seen. */
export interface UpgradeCandidate {
  readonly type: VulType;
  /** The fix in the words of HSS; empty when it gives none. */
  readonly fix: string;
  /** Names of the packages, in order; undefined as long as the members can belong to different ones. */
  readonly packages: readonly string[] | undefined;
  readonly members: readonly IndexedVulnerability[];
  /** Whether packages were read of this fix and its words do not name them: then every member has to be read. */
  readonly fixNamesNone: boolean;
}

/**
 * Groups vulnerabilities by upgrade. The packages of one tell those of all with the same fix when its words name them
 * ("upgrade openssl to 3.0.8"); where they do not, and where HSS gives no words, each has to be seen itself. A
 * candidate without packages can only fall apart, so its numbers are the most that any part of it can reach.
 */
export function candidatesOf(store: Store, vulnerabilities: readonly IndexedVulnerability[]): UpgradeCandidate[] {
  const byFix = new Map<string, IndexedVulnerability[]>();
  for (const found of vulnerabilities) {
    const key = `${found.type}\n${fixOf(found)}`;
    const members = byFix.get(key);
    if (members) members.push(found);
    else byFix.set(key, [found]);
  }
  return [...byFix.values()].flatMap((members) => splitByPackage(store, members));
}

/** Every package of a vulnerability that was seen in some image. */
export function packagesOf(store: Store, found: IndexedVulnerability): SeenPackage[] {
  return [...store.packages.of(found).values()].flat();
}

function splitByPackage(store: Store, members: readonly IndexedVulnerability[]): UpgradeCandidate[] {
  const [first] = members;
  if (!first) return [];
  const { type } = first;
  const fix = fixOf(first);
  const parts = new Map<string, { packages: readonly string[]; members: IndexedVulnerability[] }>();
  const unseen: IndexedVulnerability[] = [];
  for (const found of members) {
    if (store.packages.of(found).size === 0) unseen.push(found);
    else {
      const packages = namesOf(packagesOf(store, found));
      // Without words the rule is all there is to tell two upgrades of one package apart.
      const rule = fix === '' ? packagesOf(store, found)[0]?.rule : '';
      const key = JSON.stringify([packages, rule]);
      const part = parts.get(key) ?? { packages, members: [] };
      part.members.push(found);
      parts.set(key, part);
    }
  }
  const named = [...parts.values()].find(({ packages }) => packages.some((name) => names(fix, name)));
  if (named) named.members.push(...unseen.splice(0));
  const seen = [...parts.values()].map((part) => ({ type, fix, ...part, fixNamesNone: false }));
  if (unseen.length === 0) return seen;
  const fixNamesNone = fix === '' || seen.length > 0;
  return [...seen, { type, fix, packages: undefined, members: unseen, fixNamesNone }];
}

function fixOf({ row }: IndexedVulnerability): string {
  return row.solution_detail?.trim() ?? '';
}

function namesOf(packages: readonly SeenPackage[]): string[] {
  return [...new Set(packages.map(({ app_name }) => app_name))].sort();
}

/** Whether the words name the package, as a word of its own. Both can be longer than a pattern may be. */
function names(fix: string, name: string): boolean {
  if (name === '') return false;
  const [words, word] = [fix.toLowerCase(), name.toLowerCase()];
  const goesOn = (at: number) => /[\w-]/.test(words.charAt(at));
  for (let at = words.indexOf(word); at !== -1; at = words.indexOf(word, at + 1)) {
    if (!goesOn(at - 1) && !goesOn(at + word.length)) return true;
  }
  return false;
}
