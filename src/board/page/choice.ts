import { type ImageInfo, keyOf } from './image.js';

/** Images that the server keeps under an id, because they are more than a page. */
export interface KeptSelection {
  readonly id: string;
  readonly count: number;
}

/** What the person has chosen for a scan: some images, or all that match, as the server keeps them. */
export class Choice {
  readonly #images = new Map<string, ImageInfo>();
  readonly #listeners = new Set<() => void>();
  #kept: KeptSelection | undefined;

  get images(): readonly ImageInfo[] {
    return [...this.#images.values()];
  }

  get kept(): KeptSelection | undefined {
    return this.#kept;
  }

  get count(): number {
    return this.#kept?.count ?? this.#images.size;
  }

  has(key: string): boolean {
    return this.#images.has(key);
  }

  /** One image more, or less. What was chosen as a whole is given up with it. */
  set(images: readonly ImageInfo[], isChosen: boolean): void {
    this.#kept = undefined;
    for (const image of images) {
      if (isChosen) this.#images.set(keyOf(image), image);
      else this.#images.delete(keyOf(image));
    }
    this.#changed();
  }

  keep(selection: KeptSelection): void {
    this.#images.clear();
    this.#kept = selection;
    this.#changed();
  }

  clear(): void {
    this.#images.clear();
    this.#kept = undefined;
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
