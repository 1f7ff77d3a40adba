import { setTimeout as sleep } from 'node:timers/promises';
import { openFiles, residentMiB } from '../support/meter.js';
import { type Client, Defects } from './client.js';
import type { HssProcess } from './hss-process.js';
import { endless, faulty, kindOf, markOf, ordinary, type Question, requestIdOf } from './questions.js';

const CONCURRENCY = 32;
/** Calls after which the program has seen everything once and its memory is measured for the first time. */
export const WARM = 10_000;
const SAMPLED_EVERY = 500;
/** After so many wrong or lost answers the rest would say nothing new. */
const MOST_WRONG = 10;
/** Time in which idle connections are closed (4 s) and V8 tidies up. */
const REST_MS = 12_000;

/** What a program takes up when nothing is asked of it. */
export interface AtRest {
  readonly mebibytes: number;
  readonly files: number | undefined;
}

/** A long row of calls through one program. With `hss`, some of them are cancelled, and at some HSS fails. */
export class Soak {
  readonly wrong = new Defects();
  cancelled = 0;
  faults = 0;
  /** Scans that HSS must have carried out by now. */
  scans = 0;
  mostMebibytes = 0;
  /** Time in which calls were made. */
  ms = 0;
  readonly #requestIds = new Set<string>();
  #next = 0;

  constructor(
    private readonly client: Client,
    private readonly hss?: HssProcess,
  ) {}

  /** Makes calls, {@link CONCURRENCY} at a time, until there have been `total`. Then lets the program come to rest. */
  async callUntil(total: number): Promise<AtRest> {
    const begun = performance.now();
    const worker = async () => {
      while (this.#next < total && !this.client.gone && this.wrong.count < MOST_WRONG) await this.#call(this.#next++);
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    this.ms += performance.now() - begun;
    if (this.client.gone) throw new Error(`the program ended by itself: ${this.client.complaints.shown.join('; ')}`);
    await sleep(REST_MS);
    return { mebibytes: residentMiB(this.client.pid), files: openFiles(this.client.pid) };
  }

  /** Calls made so far. */
  get calls(): number {
    return this.#next;
  }

  async #call(index: number): Promise<void> {
    if (index % SAMPLED_EVERY === 0) this.mostMebibytes = Math.max(this.mostMebibytes, residentMiB(this.client.pid));
    const kind = this.hss ? kindOf(index) : 'ordinary';
    if (this.hss && kind === 'cancelled') return this.#cancelOne(index, this.hss);
    if (this.hss && kind === 'faulty') return this.#faultyOne(index, this.hss);
    await this.#ask(ordinary(index));
  }

  async #faultyOne(index: number, hss: HssProcess): Promise<void> {
    const { fault, ...question } = faulty(index);
    await hss.tell({ kind: 'inject', fault: { ...fault, holding: markOf(index) } });
    this.faults += fault.kind === 'respond' ? (fault.times ?? 1) : 1;
    await this.#ask(question);
  }

  /** Cancels a call once it is certainly under way: HSS has its request, or the program says that it waits. */
  async #cancelOne(index: number, hss: HssProcess): Promise<void> {
    const { fault, tool, arguments: arguments_, scans } = endless(index);
    const mark = markOf(index);
    if (fault) await hss.tell({ kind: 'inject', fault: { ...fault, holding: mark } });
    const { id, answer, progress } = this.client.request('tools/call', { name: tool, arguments: arguments_ });
    const underWay = fault ? hss.tell({ kind: 'arrival', mark }) : progress;
    const early = await Promise.race([underWay, answer]);
    if (early) this.wrong.add(`${tool} was to be cancelled and was answered with ${JSON.stringify(early)}`);
    this.client.cancel(id);
    this.cancelled += 1;
    this.scans += scans;
  }

  async #ask(question: Question): Promise<void> {
    const { tool, arguments: arguments_, scans, isRight } = question;
    const answer = await this.client.request('tools/call', { name: tool, arguments: arguments_ }).answer;
    this.scans += scans;
    const requestId = requestIdOf(answer);
    const seen = requestId !== undefined && this.#requestIds.has(requestId);
    if (requestId !== undefined) this.#requestIds.add(requestId);
    if (seen || !isRight(answer)) {
      this.wrong.add(`${tool} ${JSON.stringify(arguments_)} was answered with ${JSON.stringify(answer)}`);
    }
  }
}
