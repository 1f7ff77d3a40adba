import { describe, expect, it } from 'vitest';
import type { SeedImage } from '../../src/sandbox/seed/images.js';
import { findings } from '../support/estate-truth.js';
import { Conversation, PAIRS, rowsOf, type World, world } from './task.js';

const refOf = ({ image_id, image_digest, image_name, image_version }: SeedImage) => ({
  image_id,
  image_digest,
  image_name,
  image_version,
});

/** Two versions of one name that were both scanned and have open findings; those of a Chinese name among them. */
function pairsOfVersions({ estate }: World, count: number): (readonly [SeedImage, SeedImage])[] {
  const open = new Set(findings(estate).map(({ image }) => image));
  const names = new Map<string, SeedImage[]>();
  for (const image of estate.images) {
    if (image.image_name === '' || !open.has(image)) continue;
    names.set(image.image_name, [...(names.get(image.image_name) ?? []), image]);
  }
  const pairs = [...names.values()].flatMap(([before, after]) => (before && after ? [[before, after] as const] : []));
  const chinese = pairs.filter(([{ image_name }]) => /\p{Script=Han}/u.test(image_name));
  return [...chinese.slice(0, 2), ...pairs.slice(0, count)];
}

function idsIn({ estate }: World, image: SeedImage, handled = false): Set<string> {
  const own = findings(estate, { handled }).filter((found) => found.image === image);
  return new Set(own.map(({ vulnerability }) => vulnerability.vul_id));
}

const namesOf = (told: Readonly<Record<string, unknown>>, list: string) =>
  rowsOf(told, list)
    .map(({ vul_id }) => vul_id)
    .sort();
const sorted = (ids: Iterable<string>) => [...ids].sort();

describe.each(PAIRS)('what a rebuild changed (pairs %s)', (pairs) => {
  const at = world({ pairs });

  it('new and gone between two versions', async () => {
    for (const [before, after] of pairsOfVersions(at(), 3)) {
      const talk = new Conversation(at().program, { calls: 2, characters: 6_000 });
      const told = await talk.call('compare_local_images', { before: refOf(before), after: refOf(after) });
      const [was, is] = [idsIn(at(), before), idsIn(at(), after)];
      const handled = idsIn(at(), after, true);
      const gone = [...was].filter((id) => !is.has(id));
      expect(namesOf(told, 'gone')).toEqual(sorted(gone.filter((id) => !handled.has(id))));
      expect(namesOf(told, 'handled')).toEqual(sorted(gone.filter((id) => handled.has(id))));
      expect(namesOf(told, 'new')).toEqual(sorted([...is].filter((id) => !was.has(id))));
      expect(namesOf(told, 'still_open')).toEqual(sorted([...was].filter((id) => is.has(id))));
      expect(told).toMatchObject({ not_observable: [], truncated: false });
    }
  });

  it('which earlier findings are left, where the image before is gone', async () => {
    const [[before, after] = []] = pairsOfVersions(at(), 1);
    if (!before || !after) throw new Error('the estate has no such versions');
    const talk = new Conversation(at().program, { calls: 1, characters: 6_000 });
    const vul_ids = [...idsIn(at(), before), 'CVE-1999-0001'];
    const told = await talk.call('compare_local_images', { after: refOf(after), vul_ids });
    const is = idsIn(at(), after);
    const handled = idsIn(at(), after, true);
    expect(namesOf(told, 'still_open')).toEqual(sorted(vul_ids.filter((id) => is.has(id))));
    expect(namesOf(told, 'gone')).toEqual(sorted(vul_ids.filter((id) => !is.has(id) && !handled.has(id))));
    expect(told.new).toEqual([]);
  });

  it('nothing of an image that was never scanned', async () => {
    const { estate, program } = at();
    const [[before] = []] = pairsOfVersions(at(), 1);
    const never = estate.states().find(({ image, first_scan_time }) => first_scan_time === 0 && image.image_name);
    if (!before || !never) throw new Error('the estate has no such images');
    const talk = new Conversation(program, { calls: 1, characters: 6_000 });
    const told = await talk.call('compare_local_images', { before: refOf(before), after: refOf(never.image) });
    expect(told).toMatchObject({ gone: [], still_open: [] });
    expect(namesOf(told, 'not_observable')).toEqual(sorted(idsIn(at(), before)));
    for (const { reason } of rowsOf(told, 'not_observable')) expect(reason).toContain('never scanned');
  });
});
