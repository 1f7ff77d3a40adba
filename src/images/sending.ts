import { within } from '../call/limits.js';
import type { CallScope } from '../hss/client.js';
import type { LocalImage, LocalImageBatchScanRequestBody } from '../hss/models.js';
import type { Scan, Scans } from '../workspace/scans.js';
import type { Selection } from '../workspace/selections.js';
import { infoOf } from './identity.js';
import { BATCH, type BatchOutcome, type Sender, sendOne, timeIsLeft } from './send.js';

/** A part of a selection, and what became of it; `first` and `last` are places in the selection, counted from 0. */
type Batch = BatchOutcome & { readonly images: readonly LocalImage[] };

/**
 * The sending of one selection, over as many calls as it takes. What HSS accepted, or may have, is never sent again;
 * what it refused or did not get is, by the next call. Calls at the same time send it once: the later one waits.
 */
export class Sending {
  readonly #batches: Batch[];
  /** The last sending that was begun. */
  #turn: Promise<unknown> | undefined;
  #scan: Scan | undefined;
  #isBegun = false;

  constructor(
    private readonly selection: Selection,
    images: readonly LocalImage[],
  ) {
    this.#batches = Array.from({ length: Math.ceil(images.length / BATCH) }, (_, index) => {
      const own = images.slice(index * BATCH, (index + 1) * BATCH);
      return { first: index * BATCH, last: index * BATCH + own.length - 1, outcome: 'not_sent', images: own };
    });
  }

  /** Whether something of it was sent: the person has agreed then. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  get outcomes(): readonly BatchOutcome[] {
    return this.#batches;
  }

  /** The scan that came of it; undefined as long as HSS accepted nothing. */
  get scan(): Scan | undefined {
    return this.#scan;
  }

  /** Images that HSS accepted. */
  get accepted(): number {
    return this.#count('accepted');
  }

  /** Whether everything was accepted, so that nothing is left to send. */
  get isWhole(): boolean {
    return this.#batches.every(({ outcome }) => outcome === 'accepted');
  }

  /**
   * Sends what is left, batch after batch, until one fails or the time of the call is up.
   * @param beside the body whose list these images are: its other fields go with each batch.
   * @throws {Failure} when a request fails and HSS has accepted nothing of the selection so far.
   * @throws {CallOver} when the call ends while another call sends; nothing was sent for this one then.
   */
  send(beside: LocalImageBatchScanRequestBody, scope: CallScope, sender: Sender, scans: Scans): Promise<void> {
    const rest = () => this.#sendRest(beside, scope, sender, scans);
    const mine = this.#turn ? within(this.#turn, scope).then(rest) : rest();
    this.#turn = mine.catch(() => {});
    return mine;
  }

  async #sendRest(beside: LocalImageBatchScanRequestBody, scope: CallScope, sender: Sender, scans: Scans) {
    let sent = 0;
    for (const [index, batch] of this.#batches.entries()) {
      if (batch.outcome === 'accepted' || batch.outcome === 'uncertain') continue;
      if (sent > 0 && !timeIsLeft(scope)) return;
      this.#isBegun = true;
      const { failure: _, ...rest } = batch;
      // Whatever happens to the call meanwhile, this batch may have gone out.
      this.#batches[index] = { ...rest, outcome: 'uncertain' };
      const body = { ...beside, image_info_list: batch.images.map(infoOf) };
      const outcome = await sendOne(body, scope, sender);
      this.#batches[index] = { ...rest, ...outcome };
      sent += 1;
      if (outcome.outcome === 'accepted' || outcome.outcome === 'uncertain') this.#record(batch, outcome, scans);
      if (!outcome.failure) continue;
      if (this.#count('accepted') === 0) throw outcome.failure;
      return;
    }
  }

  /** What may have been accepted is followed, too: its images show what became of it. */
  #record({ images }: Batch, { acceptedAt }: Pick<BatchOutcome, 'acceptedAt'>, scans: Scans): void {
    const { region, enterpriseProjectId } = this.selection;
    const submittedAt = acceptedAt?.getTime() ?? this.#scan?.submittedAt ?? Date.now();
    const part = { images, submittedAt };
    this.#scan = this.#scan
      ? scans.extend(this.#scan, part)
      : scans.add({ region, enterpriseProjectId, submittedAt, parts: [part] });
  }

  #count(wanted: BatchOutcome['outcome']): number {
    return this.#batches.reduce((sum, { outcome, images }) => sum + (outcome === wanted ? images.length : 0), 0);
  }
}

/** The sendings of this process, one a selection. */
export class Sendings {
  readonly #bySelection = new WeakMap<Selection, Sending>();

  /** The sending of a selection, begun with these images of it when it was not begun yet. */
  of(selection: Selection, images: readonly LocalImage[]): Sending {
    const known = this.#bySelection.get(selection);
    if (known) return known;
    const sending = new Sending(selection, images);
    this.#bySelection.set(selection, sending);
    return sending;
  }

  /** Nothing is under way between calls. */
  close(): void {}
}
