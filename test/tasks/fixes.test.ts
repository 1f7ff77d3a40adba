import { describe, expect, it } from 'vitest';
import { containersOf, findings, isRunning, type TrueUpgrade, upgrades } from '../support/estate-truth.js';
import { Conversation, PAIRS, type Row, rowsOf, type World, world } from './task.js';

/** Numbers that an upgrade is ranked by, in order of weight. */
const weightOf = ({ bySeverity, containers, images }: TrueUpgrade) => [bySeverity.Critical, containers, images.size];

/** The best upgrades by Critical findings in running images. */
function trueBest({ estate }: World, count: number): TrueUpgrade[] {
  const wanted = findings(estate).filter(
    ({ image, vulnerability }) => isRunning(image) && vulnerability.severity === 'Critical',
  );
  const compare = (one: TrueUpgrade, other: TrueUpgrade) => {
    const [mine, others] = [weightOf(one), weightOf(other)];
    return mine.map((number, place) => (others[place] ?? 0) - number).find((difference) => difference !== 0) ?? 0;
  };
  return upgrades(wanted).sort(compare).slice(0, count);
}

const TOP_THREE = { severity_level: 'Critical', has_container: true, rank_by: 'findings', limit: 3 };

describe.each(PAIRS)('what to fix first (pairs %s)', (pairs) => {
  const at = world({ pairs });

  it('the top three upgrades by Critical findings in running images', async () => {
    const talk = new Conversation(at().program, { calls: 1, characters: 8_000 });
    const told = await talk.call('plan_local_image_fixes', TOP_THREE);
    expect(told).toMatchObject({ order: 'final' });
    const truth = trueBest(at(), 3);
    const rows = rowsOf(told, 'upgrades');
    expect(rows).toHaveLength(3);
    for (const [place, { app_name, solution, bySeverity, images, containers, ...own }] of truth.entries()) {
      const row = rows[place] ?? {};
      const upTo = truth.slice(0, place + 1);
      expect(row).toMatchObject({
        package: app_name,
        fix: solution,
        critical: bySeverity.Critical,
        images: images.size,
        running_images: images.size,
        containers,
        cumulative: {
          critical: upTo.reduce((sum, each) => sum + each.bySeverity.Critical, 0),
          containers: containersOf(new Set(upTo.flatMap((each) => [...each.images]))),
        },
      });
      expect(new Set(row.vul_ids as string[])).toEqual(own.vul_ids);
      for (const version of row.installed_versions as string[]) expect(own.installed_versions).toContain(version);
      // Nobody asked for what is less severe: it is left out, and not 0.
      expect(row).not.toHaveProperty('high');
    }
  });

  it('the same turned round by image name', async () => {
    const talk = new Conversation(at().program, { calls: 1, characters: 8_000 });
    const told = await talk.call('plan_local_image_fixes', TOP_THREE);
    const truth = trueBest(at(), 3);
    for (const { image_name, images, containers, findings: number, upgrades: ranks } of rowsOf(told, 'rebuilds')) {
      const own = truth.map(({ findings: all }) => all.filter(({ image }) => image.image_name === image_name));
      const touched = new Set(own.flatMap((all) => all.map(({ image }) => image)));
      const truly: Row = { images: touched.size, containers: containersOf(touched), findings: own.flat().length };
      expect({ images, containers, findings: number }).toEqual(truly);
      expect(ranks).toEqual(own.flatMap((all, place) => (all.length > 0 ? [place + 1] : [])));
    }
  });
});

describe('what to fix first, with the documented limit', () => {
  const WINDOW_MS = 2_000;
  const at = world({ limits: { kind: 'documented', windowMs: WINDOW_MS } });

  it('comes within a few calls, and in no other order that does not say that it is partial', async () => {
    const talk = new Conversation(at().program, { calls: 6, characters: 8_000 });
    const truth = trueBest(at(), 3).map(({ app_name }) => app_name);
    let told = await talk.call('plan_local_image_fixes', TOP_THREE);
    while (told.order === 'partial') {
      expect(told).toHaveProperty('incomplete');
      told = await talk.call('plan_local_image_fixes', TOP_THREE);
    }
    expect(rowsOf(told, 'upgrades').map((row) => row.package)).toEqual(truth);
  }, 240_000);
});
