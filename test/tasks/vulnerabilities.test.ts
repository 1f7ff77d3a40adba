import { describe, expect, it } from 'vitest';
import { HSS_OPERATIONS } from '../../src/hss/operations.js';
import { byImage, byVulnerability, containersOf, findings } from '../support/estate-truth.js';
import { Conversation, PAIRS, type Row, rowsOf, world } from './task.js';

const rowOf = ({ vul_id, images, containers }: Row) => `${vul_id} ${images} ${containers}`;

describe.each(PAIRS)('which vulnerabilities (pairs %s)', (pairs) => {
  const at = world({ pairs });

  it('of at least High in the images of one name, with what they touch', async () => {
    const { program, estate } = at();
    const told = await new Conversation(program, { calls: 1, characters: 20_000 }).call(
      'list_local_image_vulnerabilities',
      { image_name: 'payment', severity_level: 'High', limit: 200 },
    );
    expect(told).not.toHaveProperty('incomplete');
    const meant = findings(estate).filter(
      ({ image, vulnerability: { severity } }) =>
        image.image_name.includes('payment') && (severity === 'Critical' || severity === 'High'),
    );
    const truth = [...byVulnerability(meant)].map(([vul_id, found]) => {
      const images = new Set(found.map(({ image }) => image));
      return rowOf({ vul_id, images: images.size, containers: containersOf(images) });
    });
    expect(told.total_num).toBe(truth.length);
    for (const row of rowsOf(told, 'vulnerabilities')) expect(truth).toContain(rowOf(row));
  });

  it('of a selection, handled ones too', async () => {
    const { program, estate } = at();
    const talk = new Conversation(program, { calls: 2, characters: 20_000 });
    const selected = await talk.call('list_local_images', { image_name: 'auth', select: true, limit: 1 });
    const told = await talk.call('list_local_image_vulnerabilities', {
      selection_id: selected.selection_id,
      handle_status: 'handled',
      limit: 200,
    });
    const meant = findings(estate, { handled: true }).filter(({ image }) => image.image_name.includes('auth'));
    expect(told.total_num).toBe(byVulnerability(meant).size);
  });

  it('of at least Medium in the whole estate, worst first', async () => {
    const { program, estate } = at();
    const told = await new Conversation(program, { calls: 1, characters: 20_000 }).call(
      'list_local_image_vulnerabilities',
      { severity_level: 'Medium', limit: 200 },
    );
    const meant = findings(estate).filter(({ vulnerability: { severity } }) => severity !== 'Low');
    expect(told.total_num).toBe(byVulnerability(meant).size);
    const order = rowsOf(told, 'vulnerabilities').map(({ severity_level }) => String(severity_level));
    const rank = ['Critical', 'High', 'Medium'];
    expect(order).toEqual([...order].sort((one, other) => rank.indexOf(one) - rank.indexOf(other)));
    expect(order.length).toBeGreaterThanOrEqual(55);
  });
});

describe('a selection', () => {
  const at = world();

  it('is a set for every tool that takes one, and is refused by its name where it is unknown', async () => {
    const { program } = at();
    for (const [tool, args] of [
      ['list_local_image_vulnerabilities', {}],
      ['summarize_local_images', { group_by: 'image_name' }],
      ['plan_local_image_fixes', {}],
    ] as const) {
      const { isError, text } = await program.call(tool, { ...args, selection_id: 'sel_77' });
      expect(isError).toBe(true);
      expect(text).toContain('selection_id "sel_77" is not known');
      expect(text).toContain('select: true');
    }
  });

  it('narrows the plan of upgrades', async () => {
    const { program } = at();
    const talk = new Conversation(program, { calls: 3, characters: 20_000 });
    const selected = await talk.call('list_local_images', { image_name: 'payment', select: true, limit: 1 });
    const whole = await talk.call('plan_local_image_fixes', { limit: 1 });
    const some = await talk.call('plan_local_image_fixes', { limit: 1, selection_id: selected.selection_id });
    const imagesOf = (told: Row) => Number(rowsOf(told, 'upgrades')[0]?.images);
    expect(imagesOf(some)).toBeLessThan(imagesOf(whole));
    expect(imagesOf(some)).toBeLessThanOrEqual(Number(selected.total_num));
    for (const { image_name } of rowsOf(some, 'rebuilds')) expect(image_name).toContain('payment');
  });
});

describe('one image', () => {
  const at = world();

  it('takes at most nine requests, and four with a fresh list of vulnerabilities', async () => {
    const { program, sandbox, estate } = at();
    const scanned = [...byImage(findings(estate)).keys()].filter(({ image_name }) => image_name !== '');
    const requests = () => Object.keys(HSS_OPERATIONS).reduce((sum, name) => sum + sandbox.count(name), 0);
    for (const [image, most] of [
      [scanned[3], 9],
      [scanned[40], 4],
    ] as const) {
      const before = requests();
      const told = await new Conversation(program, { calls: 1, characters: 20_000 }).call(
        'list_local_image_vulnerabilities',
        { image_id: image?.image_id, limit: 200 },
      );
      expect(requests() - before).toBeLessThanOrEqual(most);
      const own = findings(estate).filter((finding) => finding.image.image_id === image?.image_id);
      expect(told.total_num).toBe(byVulnerability(own).size);
      expect(told.notes).toEqual(expect.arrayContaining([expect.stringMatching(/^The image was scanned at /)]));
    }
  });

  it('that nobody has is told so', async () => {
    const { program } = at();
    const { isError, text } = await program.call('list_local_image_vulnerabilities', {
      image_id: 'nobody-has-this-id',
      enterprise_project_id: 'all_granted_eps',
    });
    expect(isError).toBe(true);
    expect(text).toContain('No image has image_id "nobody-has-this-id".');
  });
});
