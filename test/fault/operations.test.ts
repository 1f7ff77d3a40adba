import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { Failure } from '../../src/failure.js';
import type { CallScope, HssClient } from '../../src/hss/client.js';
import { type Connected, connect } from '../../src/workspace/connect.js';
import { leakIn, printed } from '../support/secrets.js';
import { trust } from '../support/trust.js';
import { type Fault, faultsOf, sourceOf } from './faults.js';
import { OPERATIONS, type Operation } from './operations.js';
import { certificates, endsByTimeout, type Road, roadOf, World } from './world.js';

// Every operation times every fault, through the real HTTP path: undici, sockets, TLS, proxy. Measured first, all
// operations side by side, because most of the time goes by in waiting; judged afterwards, one test a pair.

interface Observation {
  /** What the call came to: undefined when it went well. */
  readonly failure: unknown;
  /** How often the operation was tried, counted by the client's log. */
  readonly tries: number;
  /** How often it came to the server, counted there, and how often the server carried it out. */
  readonly came: number;
  readonly carriedOut: number;
  /** How often the proxy was asked for a connection. */
  readonly connects: number;
  /** All that was logged. */
  readonly log: string;
}

const observations = new Map<string, Observation>();
const worlds: World[] = [];
const connections: Connected[] = [];

const key = (operation: Operation, fault: Fault) => `${operation.name}: ${fault.name}`;

/** A client that takes `road`, and writes each line of its log with `write`. */
function clientOn(
  road: Road,
  waits: boolean,
  world: World,
  operation: Operation,
  write: (line: string) => void = () => {},
): HssClient {
  const config = readConfig({ env: world.settings(road, waits, operation.credentials) });
  const connected = connect(config.connection(), config, (level, message, fields) =>
    write(`${level} ${message} ${JSON.stringify(fields)}`),
  );
  connections.push(connected);
  return connected.hss;
}

const scope = (ms: number): CallScope => ({
  region: 'cn-north-4',
  signal: new AbortController().signal,
  deadline: performance.now() + ms,
});

async function measure(operation: Operation, world: World, first: number): Promise<void> {
  const { name } = operation;
  const { sandbox } = world;
  for (const fault of faultsOf(operation.service, first)) {
    // A client of its own: what one fault taught about the pace would show in the next.
    const log: string[] = [];
    const hss = clientOn(roadOf(fault), endsByTimeout(fault), world, operation, (line) => log.push(line));
    const came = world.came(name);
    const carriedOut = sandbox.carriedOut(name);
    const connects = world.connects;
    await world.strike(fault.strike);
    const failure = await operation.call(hss, scope(45_000)).then(
      () => undefined,
      (error: unknown) => error,
    );
    observations.set(key(operation, fault), {
      failure,
      tries: log.filter((line) => line.startsWith(`debug ${name} `)).length,
      came: world.came(name) - came,
      carriedOut: sandbox.carriedOut(name) - carriedOut,
      connects: world.connects - connects,
      log: log.join('\n'),
    });
    await world.heal();
  }
}

beforeAll(async () => {
  const made = await certificates();
  trust(made.right.cert, made.wrongName.cert);
  await Promise.all(
    OPERATIONS.map(async (operation, index) => {
      const world = await World.start(operation.service, made);
      worlds[index] = world;
      await measure(operation, world, index * 5);
    }),
  );
}, 150_000);
afterAll(async () => {
  await Promise.all(connections.map((connected) => connected.close()));
  await Promise.all(worlds.map((world) => world.close()));
});

/** Whether requests get as far as the server at all. */
function isReached({ strike }: Fault): boolean {
  return strike.at === 'server' || (strike.at === 'gate' && strike.mode.kind !== 'refuse');
}

/** What came of a fault, as far as the table says something about it. */
function observed({ failure, tries, came, carriedOut, connects, log }: Observation, acts: boolean) {
  return {
    tries,
    came,
    tooManyConnects: connects > tries,
    carriedOutAgain: acts && carriedOut > 1,
    leaks: [leakIn(printed(failure)), leakIn(log)],
    failure:
      failure instanceof Failure
        ? {
            text: `${failure.message} ${failure.details.next} ${failure.details.said ?? ''}`,
            source: failure.details.source,
            effect: failure.details.effect,
            retry: failure.details.retry,
            // Whatever a caller is told, a scan that was carried out is never called refused or not sent.
            denied: acts && carriedOut > 0 && failure.details.effect !== 'uncertain',
          }
        : failure,
  };
}

/** What has to come of a fault. */
function expected({ service }: Operation, fault: Fault, acts: boolean): ReturnType<typeof observed> {
  const tries = acts ? fault.scans : fault.reads;
  return {
    tries,
    came: isReached(fault) ? tries : 0,
    tooManyConnects: false,
    carriedOutAgain: false,
    leaks: [undefined, undefined],
    failure:
      acts && fault.scan === 'accepted'
        ? undefined
        : {
            text: expect.stringMatching(fault.says),
            source: sourceOf(fault, service),
            effect: acts ? fault.scan : 'not_sent',
            retry: fault.again && !(acts && fault.scan === 'uncertain'),
            denied: false,
          },
  };
}

describe.each(OPERATIONS)('$name', (operation) => {
  const acts = operation.name === 'BatchScanLocalImage';

  it.each(faultsOf(operation.service))('$name', (fault) => {
    const observation = observations.get(key(operation, fault));
    if (!observation) throw new Error('not measured');
    expect(observed(observation, acts)).toEqual(expected(operation, fault, acts));
  });
});

describe('after all these faults', () => {
  it.each(OPERATIONS.map((operation, index) => [operation.name, operation, index] as const))(
    '%s goes well on the direct road and through the proxy',
    async (_, operation, index) => {
      const world = worlds[index];
      if (!world) throw new Error('not measured');
      for (const road of ['direct', 'proxied'] as const) {
        const hss = clientOn(road, false, world, operation);
        await operation.call(hss, scope(5_000));
      }
    },
  );
});
