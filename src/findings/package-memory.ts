import type { HandleStatus, VulAffectImageApp } from '../hss/models.js';
import type { IndexedVulnerability } from './vulnerability-table.js';

/** A package in which a vulnerability was seen in one image. */
export interface SeenPackage {
  readonly app_name: string;
  /** Installed versions, each once. */
  readonly versions: readonly string[];
  /** Where it lies, with the version that is there; each once. */
  readonly places: readonly { readonly version: string | undefined; readonly path: string | undefined }[];
  /** Which versions have the vulnerability, in the words of HSS. */
  readonly rule: string | undefined;
}

/** Packages seen so far, by vulnerability and `image_id`. An image never changes, so they are kept as long as may be. */
export class PackageMemory {
  readonly #seen = new Map<string, Map<string, readonly SeenPackage[]>>();

  /** Packages of a vulnerability by `image_id`; an image that HSS gave none for has an empty list. */
  of(found: IndexedVulnerability, status: HandleStatus = 'unhandled'): ReadonlyMap<string, readonly SeenPackage[]> {
    return this.#seen.get(keyOf(found, status)) ?? NONE;
  }

  remember(
    found: IndexedVulnerability,
    imageId: string,
    rows: readonly VulAffectImageApp[],
    status: HandleStatus = 'unhandled',
  ): void {
    const key = keyOf(found, status);
    const images = this.#seen.get(key) ?? new Map<string, readonly SeenPackage[]>();
    this.#seen.set(key, images.set(imageId, seenPackages(rows)));
  }

  /** Drops what was seen in an image whose scan ended. */
  forget(imageId: string): void {
    for (const images of this.#seen.values()) images.delete(imageId);
  }
}

function keyOf({ type, vul_id }: IndexedVulnerability, status: HandleStatus): string {
  return `${status} ${type} ${vul_id}`;
}

/** Rows of ListVulAffectImageApps, one a package and rule. */
export function seenPackages(rows: readonly VulAffectImageApp[]): SeenPackage[] {
  type Place = SeenPackage['places'][number];
  const byName = new Map<string, { name: string; rule: string | undefined; places: Map<string, Place> }>();
  for (const { app_name, rule, paths } of rows) {
    if (!app_name) continue;
    const key = `${app_name}\n${rule ?? ''}`;
    const entry = byName.get(key) ?? { name: app_name, rule, places: new Map() };
    for (const { app_version: version, app_path: path } of paths ?? []) {
      if (version || path) entry.places.set(`${version ?? ''}\n${path ?? ''}`, { version, path });
    }
    byName.set(key, entry);
  }
  return [...byName.values()].map(({ name, rule, places }) => ({
    app_name: name,
    rule,
    versions: [...new Set([...places.values()].flatMap(({ version }) => version || []))],
    places: [...places.values()],
  }));
}

const NONE: ReadonlyMap<string, readonly SeenPackage[]> = new Map();
