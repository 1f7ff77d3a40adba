import { expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { Program, settingsFor } from '../support/program.js';

// The two limits that can only be seen by waiting for them; side by side, so that they cost one of them.
it.concurrent('a wait of 45 seconds answers within 46', { timeout: 60_000 }, async () => {
  const sandbox = await Sandbox.start();
  const program = await Program.start(settingsFor(sandbox));
  const image = sandbox.estate('cn-north-4').images[0];
  if (image) sandbox.estate('cn-north-4').hold(image.image_id);
  const begun = performance.now();
  const { structured } = await program.call('get_local_image_scan_status', {
    images: [{ image_id: image?.image_id }],
    wait_seconds: 45,
  });
  const seconds = (performance.now() - begun) / 1000;
  expect(structured).toMatchObject({ running: 1, call_again: true });
  expect(seconds).toBeGreaterThan(40);
  expect(seconds).toBeLessThan(46);
  await program.end();
  await sandbox.close();
});

it.concurrent('a question that nobody answers ends within 46 seconds, and nothing is sent', {
  timeout: 60_000,
}, async () => {
  const sandbox = await Sandbox.start();
  const program = await Program.start(settingsFor(sandbox), { capabilities: { elicitation: {} } });
  const begun = performance.now();
  const { isError, text } = await program.call('batch_scan_local_image', { operate_all: true });
  expect((performance.now() - begun) / 1000).toBeLessThan(46);
  expect(isError).toBe(true);
  expect(text).toContain('did not answer in time');
  expect(sandbox.count('BatchScanLocalImage')).toBe(0);
  await program.end();
  await sandbox.close();
});
