import { expect } from 'vitest';
import type { Estate } from '../../src/sandbox/estate.js';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import type { Program } from '../support/program.js';
import { type World as BareWorld, sharedWorld } from '../support/worlds.js';

export type Row = Readonly<Record<string, unknown>>;

/** A large estate, whose images lie in two enterprise projects, and the program before it. */
export interface World extends BareWorld {
  readonly estate: Estate;
}

/** Ways in which the pairs of images and vulnerabilities can be had, or not. */
export const PAIRS = ['agreeing', 'refused_403', 'some_missing'] as const;

/** The program before a large estate of its own, for all tests of a block. */
export function world(options: SandboxOptions = {}): () => World {
  const at = sharedWorld({ sandbox: { estate: { images: 2400, seed: 7 }, ...options } });
  return () => ({ ...at(), estate: at().sandbox.estate('cn-north-4') });
}

/** What one question may cost. */
export interface Budget {
  readonly calls: number;
  /** Of each part of a result by itself: hosts hand a model one of them. */
  readonly characters: number;
}

/** A conversation that keeps to its budget. */
export class Conversation {
  #calls = 0;

  constructor(
    private readonly program: Program,
    private readonly budget: Budget,
  ) {}

  async call(name: string, args: object): Promise<Row> {
    this.#calls += 1;
    expect(this.#calls, 'calls').toBeLessThanOrEqual(this.budget.calls);
    const all = { enterprise_project_id: 'all_granted_eps', ...args };
    const { isError, text, structured } = await this.program.call(name, all);
    expect(isError, text).toBeFalsy();
    expect(text.length, 'text').toBeLessThanOrEqual(this.budget.characters);
    expect(JSON.stringify(structured).length, 'structured').toBeLessThanOrEqual(this.budget.characters);
    return structured;
  }
}

/** The rows of a table of a result. */
export function rowsOf(structured: Row, name: string): readonly Row[] {
  return structured[name] as readonly Row[];
}
