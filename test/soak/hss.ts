import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { settingsFor } from '../support/program.js';
import { HELD_IMAGE, type HssOrder } from './orders.js';

// The embedded HSS in a process of its own, so that its work and memory are not those of the test or of the program.
const sandbox = await Sandbox.start({ scanMs: 200 });
sandbox.estate('cn-north-4').hold(HELD_IMAGE.image_id);

process.on('message', async ({ number, order }: { number: number; order: HssOrder }) => {
  process.send?.({ number, value: await carryOut(order) });
});
process.on('disconnect', () => process.exit(0));

async function carryOut(order: HssOrder): Promise<unknown> {
  switch (order.kind) {
    case 'settings':
      return settingsFor(sandbox);
    case 'inject':
      return sandbox.inject(order.fault);
    case 'arrival':
      // Looked for from the newest on: there it stands, if it has come.
      while (!sandbox.requests.findLast(({ target, body }) => (target + body).includes(order.mark))) await sleep(3);
      return undefined;
    case 'counts':
      return { asked: sandbox.count(order.operation), carriedOut: sandbox.carriedOut(order.operation) };
  }
}
