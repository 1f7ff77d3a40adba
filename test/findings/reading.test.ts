import { describe, expect, it } from 'vitest';
import { countFindings } from '../../src/findings/counts.js';
import type { FindingsIndex } from '../../src/findings/findings-index.js';
import type { HandleStatus } from '../../src/hss/models.js';
import { type Estate, growEstate, imagesWith, nameOf } from './estate.js';
import { type Choices, fakeHss } from './fake-hss.js';
import { indexOf, patient } from './index-of.js';

/** Every pair of the index in one state, as lines. */
function pairsOf({ store }: FindingsIndex, status: HandleStatus): string[] {
  return store.vulnerabilities.all
    .flatMap((found) =>
      [...store.imagesWith(found, status)].map((image) => `${found.vul_id} ${nameOf(store.images.at(image).row)}`),
    )
    .sort();
}

function trueVulPairs(estate: Estate, state: 'open' | 'handled'): string[] {
  return estate.vulnerabilities
    .flatMap(({ row }, n) => imagesWith(estate, n, state).map((image) => `${row.vul_id} ${nameOf(image.row)}`))
    .sort();
}

const WAYS: readonly (readonly [string, Choices])[] = [
  ['as the embedded HSS answers', {}],
  ['a row an agent', { rowsByAgent: true, imageNum: 'rows' }],
  ['a row an agent, image_num counts images', { rowsByAgent: true }],
  ['image_num counts ids', { imageNum: 'ids' }],
  ['image_num counts images on hosts', { imageNum: 'rows' }],
  ['a pair an agent', { pairsByAgent: true }],
  ['vul_num counts handled ones', { vulNum: 'all' }],
  ['no vul_num', { vulNum: 'missing' }],
  ['short pages', { largestPage: 37 }],
  ['pairs refused with 400', { pairs: 400 }],
  ['pairs refused with 403', { pairs: 403 }],
  ['pairs refused with 404', { pairs: 404 }],
  ['pairs that drop some', { pairs: 'dropping' }],
  ['pairs that mind no list', { pairs: 'everything' }],
  ['pairs that mind no state', { pairs: 'both' }],
  ['pairs that drop some, image_num counts images on hosts', { pairs: 'dropping', imageNum: 'rows' }],
];

describe.each(WAYS)('the whole estate: %s', (_, choices) => {
  it.each([1, 2, 3])('is read as it is (seed %i)', async (seed) => {
    const estate = growEstate({ seed });
    const hss = fakeHss(estate, choices);
    const index = indexOf(hss);
    const completeness = await index.ask({ depth: 'Low', handled: true }, patient());
    expect(completeness).toMatchObject({ complete: true, requestsLeft: 0, failure: undefined });
    expect(index.store.images.listed).toBe(estate.images.length);
    expect(pairsOf(index, 'unhandled')).toEqual(trueVulPairs(estate, 'open'));
    expect(pairsOf(index, 'handled')).toEqual(trueVulPairs(estate, 'handled'));
    const before = hss.count();
    await index.ask({ depth: 'Low', handled: true }, patient());
    expect(hss.count()).toBe(before);
  });

  it.each([6, 7])('is read as it is where images of one id are alike (seed %i)', async (seed) => {
    const estate = growEstate({ seed, images: 300, sharedIds: 25, twinsAlike: true });
    const index = indexOf(fakeHss(estate, choices));
    expect(await index.ask({ depth: 'Low', handled: true }, patient())).toMatchObject({ complete: true });
    expect(pairsOf(index, 'unhandled')).toEqual(trueVulPairs(estate, 'open'));
    expect(pairsOf(index, 'handled')).toEqual(trueVulPairs(estate, 'handled'));
  });

  it('is read by severity, worst first', async () => {
    const estate = growEstate({ seed: 4, images: 400, vulnerabilities: 90, findings: 20 });
    const index = indexOf(fakeHss(estate, choices));
    const counts = async () => {
      const counted = await countFindings(index.store);
      return index.store.images.all
        .filter(({ listed }) => listed)
        .map((image) => `${nameOf(image.row)} ${counted.of(image).critical}`)
        .sort();
    };
    await index.ask({ depth: 'Critical' }, patient());
    const critical = (open: Set<number>) =>
      [...open].filter((n) => estate.vulnerabilities[n]?.row.severity_level === 'Critical').length;
    expect(await counts()).toEqual(estate.images.map(({ row, open }) => `${nameOf(row)} ${critical(open)}`).sort());
  });

  it('gives the findings of single images', async () => {
    const estate = growEstate({ seed: 5 });
    const hss = fakeHss(estate, choices);
    for (const image of estate.images.slice(0, 12)) {
      const index = indexOf(hss);
      const rows = [
        { ...image.row, ...(choices.vulNum === 'all' && { vul_num: image.open.size + image.handled.size }) },
      ];
      const wanted = choices.vulNum === 'missing' ? [{ image_id: image.row.image_id }] : rows;
      const completeness = await index.ask({ ofImages: wanted, handled: true, inventory: true }, patient());
      expect(completeness.complete).toBe(true);
      const [found] = index.store.images.find(image.row);
      if (!found) throw new Error('not found');
      const having = (status: HandleStatus) =>
        index.store.vulnerabilities.all
          .filter((each) => index.store.knows(each, found, status) === 'present')
          .map(({ vul_id }) => vul_id)
          .sort();
      const truth = (numbers: Set<number>) => [...numbers].map((n) => estate.vulnerabilities[n]?.row.vul_id).sort();
      expect(having('unhandled')).toEqual(truth(image.open));
      expect(having('handled')).toEqual(truth(image.handled));
    }
  });
});

describe('images of one id', () => {
  const readAlone = async (twinsAlike: boolean) => {
    const estate = growEstate({ seed: 8, images: 600, vulnerabilities: 60, sharedIds: 40, twinsAlike });
    const hss = fakeHss(estate);
    const index = indexOf(hss);
    await index.ask({ depth: 'Critical' }, patient());
    const critical = estate.vulnerabilities.filter(({ row }) => row.severity_level === 'Critical');
    const ids = new Set(critical.map(({ row }) => row.vul_id));
    const ofCritical = (pairs: string[]) => pairs.filter((pair) => ids.has(pair.slice(0, pair.indexOf(' '))));
    expect(ofCritical(pairsOf(index, 'unhandled'))).toEqual(ofCritical(trueVulPairs(estate, 'open')));
    return hss.count('ListVulAffectImages');
  };

  it('are told apart by two requests where they are alike, and by one a vulnerability where they are not', async () => {
    expect(await readAlone(true)).toBeLessThanOrEqual(2);
    expect(await readAlone(false)).toBeGreaterThan(2);
  });
});
