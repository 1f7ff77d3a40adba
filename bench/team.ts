import type { LimitOptions } from '../src/sandbox/limits.js';
import { print } from './support/figures.js';
import { simulate, type Team } from './support/team.js';

// What many assistants on one tenant come to: answers, refusals (429), and how long people wait, under the limit that HSS
// documents and under the one that its gateway has by default. Time is made up, so hours take seconds.

const COUNTS = [1, 10, 100, 300, 1_000];
const CASES: readonly (readonly [string, LimitOptions, Team['keys'], number])[] = [
  ['the documented limit, one key for all (5 a minute)', { kind: 'documented' }, 'one', 3],
  ['the documented limit, a key for each (5 a minute each, 600 in all)', { kind: 'documented' }, 'each', 3],
  // More of them, because three would not come near this limit.
  ["the gateway's limit (200 a second in all)", { kind: 'gateway' }, 'one', 40],
];

const minutes = (ms = 0) => ms / 60_000;
const share = (sorted: readonly number[], part: number) => sorted[Math.ceil(sorted.length * part) - 1];

for (const [name, limits, keys, requests] of CASES) {
  const rows: (string | number)[][] = [];
  for (const assistants of COUNTS) {
    const team = await simulate({ assistants, requests, limits, keys });
    rows.push([
      String(assistants),
      String(team.answered),
      String(team.lost),
      String(team.throttled),
      String(team.putOff),
      minutes(share(team.waits, 0.5)),
      minutes(share(team.waits, 0.95)),
      minutes(team.took),
    ]);
  }
  print(
    `${requests} requests of one operation for each assistant: ${name}`,
    ['assistants', 'answered', 'lost', 'answers 429', 'calls put off', 'median, min', '95 of 100, min', 'last, min'],
    rows,
  );
}
