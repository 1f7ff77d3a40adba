import { Sandbox } from '../src/sandbox/sandbox.js';
import { median, print } from './support/figures.js';
import { connected } from './support/sandbox-client.js';

// How time and memory grow with the number of images in a scan request, and with the size of the estate.
const ROUNDS = 5;

async function time(work: () => Promise<unknown>): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await work();
    samples.push(performance.now() - begun);
  }
  return median(samples);
}

const lists: (string | number)[][] = [];
for (const count of [1, 10, 100, 1_000, 10_000]) {
  const sandbox = await Sandbox.start();
  const client = await connected(sandbox);
  const image_info_list = Array.from({ length: count }, (_, index) => ({
    image_id: `id-${index}`,
    image_name: `registry.example.com/generated/app-${index}`,
    image_version: '1.0',
    image_digest: `sha256:${'0'.repeat(64)}`,
  }));
  await client.call('batch_scan_local_image', { image_info_list: image_info_list.slice(0, 1) });
  const ms = await time(() => client.call('batch_scan_local_image', { image_info_list }));
  lists.push([String(count), ms, (ms * 1000) / count, client.residentMiB()]);
  client.kill();
  await sandbox.close();
}
print(
  `batch_scan_local_image with a list, medians of ${ROUNDS}`,
  ['images', 'ms', 'microseconds an image', 'memory, MiB'],
  lists,
);

const estates: (string | number)[][] = [];
for (const extraImages of [100, 1_000, 10_000, 100_000]) {
  const sandbox = await Sandbox.start({ extraImages });
  const client = await connected(sandbox);
  const images = sandbox
    .estate('cn-north-4')
    .images.slice(-200)
    .map(({ image_id, image_name }) => ({ image_id, image_name }));
  const listed = await time(() => client.call('list_local_images', {}));
  const one = await time(() => client.call('get_local_image_scan_status', { images: images.slice(0, 1) }));
  const before = sandbox.count('ListImageLocal');
  const many = await time(() => client.call('get_local_image_scan_status', { images }));
  const calls = (sandbox.count('ListImageLocal') - before) / ROUNDS;
  estates.push([String(extraImages), listed, one, many, calls, client.residentMiB()]);
  client.kill();
  await sandbox.close();
}
print(
  `Estates of growing size (the embedded HSS filters them itself, in the bench's process), medians of ${ROUNDS}`,
  ['images', 'list_local_images, ms', 'status of 1, ms', 'status of 200, ms', 'HSS calls for 200', 'memory, MiB'],
  estates,
);
