import { describe, expect, it } from 'vitest';
import {
  byVulnerability,
  containersOf,
  countBySeverity,
  findings,
  imagesByFailure,
  imagesByState,
  isRunning,
  type TrueFinding,
} from '../support/estate-truth.js';
import { Conversation, PAIRS, rowsOf, world } from './task.js';

type Images = ReadonlySet<TrueFinding['image']>;

/** What is true of a group of images, in the words of a row. */
function trueGroup(key: string, images: Images, open: readonly TrueFinding[]) {
  const { Critical, High, Medium, Low } = countBySeverity(open.filter(({ image }) => images.has(image)));
  return {
    key,
    images: images.size,
    running_images: [...images].filter(isRunning).length,
    containers: containersOf(images),
    critical: Critical,
    high: High,
    medium: Medium,
    low: Low,
  };
}

describe.each(PAIRS)('how many (pairs %s)', (pairs) => {
  const at = world({ pairs });

  it('images by state', async () => {
    const { program, estate } = at();
    const told = await new Conversation(program, { calls: 1, characters: 3_000 }).call('summarize_local_images', {
      group_by: 'scan_status',
    });
    expect(told).not.toHaveProperty('incomplete');
    const open = findings(estate);
    for (const [state, images] of imagesByState(estate)) {
      const row = rowsOf(told, 'groups').find(({ key }) => key === state);
      const { critical, high, medium, low, ...images_ } = trueGroup(state, new Set(images), open);
      expect(row).toMatchObject(images_);
      // Nothing is known of images that were never scanned: no zero stands for them.
      if (state === 'unscan') expect(row).not.toHaveProperty('critical');
      // Findings are an addition to this answer: where reading them takes long they are left out, and said to be.
      else if (row?.low !== undefined) expect(row).toMatchObject({ critical, high, medium, low });
      else expect(JSON.stringify(told.notes)).toContain('Left out, because not read');
    }
    expect(told.total_num).toBe(imagesByState(estate).size);
  });

  it('failed scans by reason', async () => {
    const { program, estate } = at();
    const told = await new Conversation(program, { calls: 1, characters: 8_000 }).call('summarize_local_images', {
      group_by: 'scan_failed_desc',
    });
    const truth = [...imagesByFailure(estate)].map(([reason, images]) => `${reason} ${images.length}`);
    expect(
      rowsOf(told, 'groups')
        .map(({ key, images }) => `${key} ${images}`)
        .sort(),
    ).toEqual(truth.sort());
  });

  it('all Critical vulnerabilities by containers', async () => {
    const { program, estate } = at();
    const told = await new Conversation(program, { calls: 1, characters: 10_000 }).call('summarize_local_images', {
      group_by: 'vulnerability',
      severity_level: 'Critical',
      sort_by: 'containers',
      limit: 100,
    });
    const critical = findings(estate).filter(({ vulnerability }) => vulnerability.severity === 'Critical');
    const truth = [...byVulnerability(critical)].map(([id, found]) => {
      const images = new Set(found.map(({ image }) => image));
      return `${id} ${images.size} ${containersOf(images)}`;
    });
    const rows = rowsOf(told, 'groups');
    expect(rows.map(({ key, images, containers }) => `${key} ${images} ${containers}`).sort()).toEqual(truth.sort());
    const containers = rows.map((row) => Number(row.containers));
    expect(containers).toEqual([...containers].sort((one, other) => other - one));
    expect(told.truncated).toBe(false);
  });

  it('哪些镜像名称的严重漏洞最多 (the worst image names of one team, whose name is Chinese)', async () => {
    const { program, estate } = at();
    const told = await new Conversation(program, { calls: 1, characters: 8_000 }).call('summarize_local_images', {
      group_by: 'image_name',
      image_name: '支付',
      has_container: true,
      limit: 10,
    });
    const open = findings(estate);
    const images = estate.images.filter((image) => image.image_name.includes('支付') && isRunning(image));
    for (const row of rowsOf(told, 'groups')) {
      const own = new Set(images.filter(({ image_name }) => image_name === row.key));
      const scanned = open.some(({ image }) => own.has(image));
      const { key, images: number, containers, critical } = trueGroup(String(row.key), own, open);
      expect(row).toMatchObject({ key, images: number, containers, ...(scanned && { critical }) });
    }
    expect(told.total_num).toBe(new Set(images.map(({ image_name }) => image_name)).size);
  });
});
