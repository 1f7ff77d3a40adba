import { describe, expect, it } from 'vitest';
import { handlingOf } from '../../src/findings/handlings.js';
import type { VulOperation } from '../../src/hss/further-models.js';

const IMAGE = { image_id: 'i', image_digest: 'd' };
const row = (handle_type: string, handle_time: number, more: Partial<VulOperation> = {}): VulOperation => ({
  ...IMAGE,
  agent_id: 'a',
  handle_type,
  handle_time,
  ...more,
});

describe('the decision that holds for an image', () => {
  it.each<[string, VulOperation[], number | undefined]>([
    ['is the latest, in whatever order they come', [row('ignore', 3), row('add_to_whitelist', 1)], 3],
    ['is the last of those at one time', [row('ignore', 1, { remark: 'x' }), row('ignore', 1)], 1],
    ['is none that was taken back', [row('not_ignore', 2), row('ignore', 1)], undefined],
    ['comes back after that', [row('ignore', 3), row('not_ignore', 2), row('ignore', 1)], 3],
    ['is of the other agent when one took it back', [row('not_ignore', 4), row('ignore', 2, { agent_id: 'b' })], 2],
    ['is of the other package when one took it back', [row('not_ignore', 4), row('ignore', 2, { app_name: 'p' })], 2],
    ['is none of another image', [row('ignore', 1, { image_id: 'j' })], undefined],
    ['is none of another digest of the id', [row('ignore', 1, { image_digest: 'e' })], undefined],
    ['is one of the id where HSS gives no digest', [row('ignore', 1, { image_digest: undefined })], 1],
    ['is none of a history without a time that would beat one with', [row('ignore', 5), row('ignore', 0)], 5],
  ])('%s', (_, history, time) => {
    expect(handlingOf(history, IMAGE)?.handle_time).toBe(time);
  });

  it('is none where nothing names the image', () => {
    expect(handlingOf([row('ignore', 1, { image_id: undefined, image_digest: undefined })], {})).toBeUndefined();
  });
});
