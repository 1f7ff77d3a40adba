import { describe, expect, it } from 'vitest';
import { countOne } from '../../src/findings/one-image.js';
import { PackageMemory } from '../../src/findings/package-memory.js';
import { SEVERITIES } from '../../src/hss/models.js';
import { type EstateImage, growEstate, imagesWith } from './estate.js';
import { type Choices, fakeHss } from './fake-hss.js';
import { indexOf, patient } from './index-of.js';

const estate = growEstate({ seed: 7, images: 120, sharedIds: 0 });

describe('one vulnerability', () => {
  const number = estate.vulnerabilities.findIndex((_, n) =>
    (['open', 'handled'] as const).every((state) => imagesWith(estate, n, state).length > 0),
  );
  const { vul_id, type } = estate.vulnerabilities[number]?.row ?? { vul_id: '', type: 'app_vul' as const };

  it.each([
    ['of which the kind is known is looked up once a state', { vulType: type }, 2],
    ['of which it is not, once a kind and state', {}, 4],
  ])('%s', async (_, more, lists) => {
    const hss = fakeHss(estate);
    const index = indexOf(hss);
    const question = { vulIds: [vul_id], handled: true, inventory: false, ...more };
    expect(await index.ask(question, patient())).toMatchObject({ complete: true });
    expect(hss.count('ListGeneralImageVuls')).toBe(lists);
    expect(hss.count('ListVulAffectImages')).toBe(2);
    expect(hss.count()).toBe(lists + 2);
  });
});

describe('the findings of one image', () => {
  const countsOf = ({ open, handled }: EstateImage) => {
    const of = (severity: string) =>
      [...open].filter((n) => estate.vulnerabilities[n]?.row.severity_level === severity).length;
    const [critical, high, medium, low] = SEVERITIES.map(of);
    return { critical, high, medium, low, handled: handled.size };
  };

  it.each<Choices>([
    {},
    { pairs: 403 },
    { pairs: 'dropping' },
    { pairs: 'both', vulNum: 'all' },
    { pairsByAgent: true, rowsByAgent: true },
    { vulNum: 'missing', imageNum: 'rows', largestPage: 30 },
  ])('are counted as they are: %j', async (choices) => {
    const hss = fakeHss(estate, choices);
    const index = indexOf(hss);
    const scanned = estate.images.filter(({ row }) => row.scan_status === 'success');
    for (const image of [...scanned.slice(0, 4), ...scanned.filter(({ handled }) => handled.size > 0).slice(0, 2)]) {
      const { vul_num: _, ...row } = image.row;
      const counted = await countOne(index, choices.vulNum === 'missing' ? row : image.row, patient());
      expect(counted).toMatchObject({ depth: 'Low', completeness: { complete: true }, counts: countsOf(image) });
    }
  });
});

describe('packages that were seen', () => {
  it('are kept by state of handling, each with the versions at its places', () => {
    const found = { type: 'linux_vul', vul_id: 'v' } as Parameters<PackageMemory['of']>[0];
    const memory = new PackageMemory();
    const paths = [
      { app_version: '1', app_path: '/a', status: undefined },
      { app_version: '1', app_path: '/b', status: undefined },
      { app_version: '2', app_path: '/c', status: undefined },
      { app_version: '2', app_path: '/c', status: undefined },
    ];
    memory.remember(found, 'i', [{ app_name: 'p', rule: '< 3', paths }], 'handled');
    expect(memory.of(found).has('i')).toBe(false);
    expect(memory.of(found, 'handled').get('i')).toEqual([
      {
        app_name: 'p',
        rule: '< 3',
        versions: ['1', '2'],
        places: [
          { version: '1', path: '/a' },
          { version: '1', path: '/b' },
          { version: '2', path: '/c' },
        ],
      },
    ]);
    memory.forget('i');
    expect(memory.of(found, 'handled').has('i')).toBe(false);
  });
});
