/** Images remembered as seen running; forgetting costs a note in a result, no more. */
const MOST_REMEMBERED = 20_000;

/** Which images were seen running since a scan of them was accepted. Kept for the life of the process. */
export class SeenRunning {
  readonly #keys = new Set<string>();

  /** @param image whatever tells images of a region apart. @param since acceptance of the scan, in ms since 1970. */
  add(region: string, image: string, since: number | undefined): void {
    if (this.#keys.size > MOST_REMEMBERED) this.#keys.clear();
    this.#keys.add(`${region} ${image} ${since}`);
  }

  has(region: string, image: string, since: number | undefined): boolean {
    return this.#keys.has(`${region} ${image} ${since}`);
  }
}
