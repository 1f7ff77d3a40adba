import type { VulAffectImageApp } from '../hss/models.js';
import type { IndexedVulnerability } from './vulnerability-table.js';

/** A package in which a vulnerability was seen in one image. */
export interface SeenPackage {
  readonly app_name: string;
  /** Installed versions, each once. */
  readonly versions: readonly string[];
  readonly paths: readonly string[];
  /** Which versions have the vulnerability, in the words of HSS. */
  readonly rule: string | undefined;
}

/** Packages seen so far, by vulnerability and `image_id`. An image never changes, so they are kept as long as may be. */
export class PackageMemory {
  readonly #seen = new Map<string, Map<string, readonly SeenPackage[]>>();

  /** Packages of a vulnerability by `image_id`; an image that HSS gave none for has an empty list. */
  of({ type, vul_id }: IndexedVulnerability): ReadonlyMap<string, readonly SeenPackage[]> {
    return this.#seen.get(`${type} ${vul_id}`) ?? NONE;
  }

  remember({ type, vul_id }: IndexedVulnerability, imageId: string, rows: readonly VulAffectImageApp[]): void {
    const key = `${type} ${vul_id}`;
    const images = this.#seen.get(key) ?? new Map<string, readonly SeenPackage[]>();
    this.#seen.set(key, images.set(imageId, seenPackages(rows)));
  }

  /** Drops what was seen in an image whose scan ended. */
  forget(imageId: string): void {
    for (const images of this.#seen.values()) images.delete(imageId);
  }
}

/** Rows of ListVulAffectImageApps, one a package and rule. */
export function seenPackages(rows: readonly VulAffectImageApp[]): SeenPackage[] {
  const byName = new Map<
    string,
    { name: string; rule: string | undefined; versions: Set<string>; paths: Set<string> }
  >();
  for (const { app_name, rule, paths } of rows) {
    if (!app_name) continue;
    const key = `${app_name}\n${rule ?? ''}`;
    const entry = byName.get(key) ?? { name: app_name, rule, versions: new Set(), paths: new Set() };
    for (const { app_version, app_path } of paths ?? []) {
      if (app_version) entry.versions.add(app_version);
      if (app_path) entry.paths.add(app_path);
    }
    byName.set(key, entry);
  }
  return [...byName.values()].map(({ name, rule, versions, paths }) => ({
    app_name: name,
    rule,
    versions: [...versions],
    paths: [...paths],
  }));
}

const NONE: ReadonlyMap<string, readonly SeenPackage[]> = new Map();
