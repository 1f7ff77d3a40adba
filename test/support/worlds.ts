import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { Program, settingsFor } from './program.js';

// A start of the program costs more than most tests do with it. What tests of a block can share is made once; but a
// program keeps what it has read, and a sandbox what was asked and scanned: tests that mind have their own.

/** The program before an embedded HSS of its own. */
export interface World {
  readonly sandbox: Sandbox;
  readonly program: Program;
}

/** What a program is started with beside the address of its HSS. */
export interface WorldOptions {
  readonly sandbox?: SandboxOptions;
  readonly env?: Readonly<Record<string, string>>;
  readonly capabilities?: object;
  /** Whether a session begins with it. Default true. */
  readonly session?: boolean;
}

async function start({ sandbox: options, env, capabilities = {}, session = true }: WorldOptions): Promise<World> {
  const sandbox = await Sandbox.start(options);
  const settings = { ...settingsFor(sandbox), ...env };
  return { sandbox, program: session ? await Program.start(settings, { capabilities }) : Program.spawn(settings) };
}

async function end({ program, sandbox }: World): Promise<void> {
  await program.end();
  await sandbox.close();
}

/**
 * A world for one test, which ends with it.
 * @param onFinished of the test itself, where tests of a block run side by side.
 */
export async function ownWorld(options: WorldOptions = {}, onFinished = onTestFinished): Promise<World> {
  const world = await start(options);
  onFinished(() => end(world));
  return world;
}

/** One world for all tests of a block. */
export function sharedWorld(options: WorldOptions = {}): () => World {
  return shared(() => start(options), end);
}

/** One program for all tests of a block. */
export function sharedProgram(...how: Parameters<typeof Program.start>): () => Program {
  return shared(
    () => Program.start(...how),
    (program) => program.end(),
  );
}

/** Makes something before the first test of a block, and ends it after the last. */
function shared<T>(start: () => Promise<T>, end: (made: T) => Promise<unknown>): () => T {
  let made: T | undefined;
  beforeAll(async () => {
    made = await start();
  });
  afterAll(async () => {
    if (made) await end(made);
  });
  return () => {
    if (!made) throw new Error('not started');
    return made;
  };
}
