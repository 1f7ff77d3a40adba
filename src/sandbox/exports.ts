import { randomBytes } from 'node:crypto';

/** What an export is made of, once somebody fetches it. */
export interface Export {
  readonly taskId: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly endsAt: number;
  make(): Buffer;
}

/** Tasks that are kept; how long HSS keeps one is not documented. */
const MOST_KEPT = 50;

/** The export tasks of one region, and their files. */
export class Exports {
  readonly #kept: Export[] = [];

  constructor(
    private readonly exportMs: number,
    readonly now: () => number,
  ) {}

  begin(make: () => Buffer): Export {
    const id = () => randomBytes(16).toString('hex');
    const begun = {
      taskId: id(),
      fileId: id(),
      fileName: `local-image-vul-en-${this.now()}.zip`,
      endsAt: this.now() + this.exportMs,
      make,
    };
    this.#kept.push(begun);
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
    return begun;
  }

  task(taskId: string): Export | undefined {
    return this.#kept.find((each) => each.taskId === taskId);
  }

  /** The export whose file this is; there is no file before its task has ended. */
  file(fileId: string): Export | undefined {
    return this.#kept.find((each) => each.fileId === fileId && each.endsAt <= this.now());
  }
}
