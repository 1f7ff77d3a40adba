import { describe, expect, it } from 'vitest';
import { Selections } from '../../src/workspace/selections.js';

const HERE = { region: 'cn-north-4', enterpriseProjectId: 'all_granted_eps', origin: 'filters' as const };
const IMAGES = [{ image_id: 'one' }, { image_id: 'two' }];

describe('selections', () => {
  it('are found by their short ids', () => {
    const selections = new Selections();
    expect(selections.add({ images: IMAGES, ...HERE }).id).toBe('sel_1');
    expect(selections.add({ images: [], ...HERE }).id).toBe('sel_2');
    expect(selections.get('sel_1').images).toEqual(IMAGES);
  });

  it('keep the latest 50', () => {
    const selections = new Selections();
    for (let count = 0; count < 51; count += 1) selections.add({ images: IMAGES, ...HERE });
    expect(() => selections.get('sel_1')).toThrow(/sel_1.* is not known/);
    expect(selections.get('sel_2').id).toBe('sel_2');
    expect(selections.get('sel_51').id).toBe('sel_51');
  });

  it.each([
    [{ region: 'cn-south-1' }],
    [{ enterpriseProjectId: '0' }],
    [{ region: 'cn-north-4', enterpriseProjectId: '0' }],
  ])('mean nothing elsewhere: %j', (asked) => {
    const selections = new Selections();
    selections.add({ images: IMAGES, ...HERE });
    expect(() => selections.get('sel_1', asked)).toThrow(/sel_1 was made in region cn-north-4.*all_granted_eps/);
    expect(selections.get('sel_1', HERE).images).toBe(IMAGES);
  });
});
