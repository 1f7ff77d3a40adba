import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import type { Host, SeedImage } from '../../src/sandbox/seed/images.js';
import {
  byImage,
  byVulnerability,
  containersOf,
  countBySeverity,
  findings,
  isRunning,
  type TrueFinding,
} from '../support/estate-truth.js';
import { Conversation, type Row, rowsOf, type World, world } from './task.js';

const nameOf = ({ image_id, image_digest }: Row | SeedImage) => `${image_id} ${image_digest}`;
const imagesOf = (found: readonly TrueFinding[] = []) => new Set(found.map(({ image }) => image));
const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** What is true of a vulnerability: an image where some of it is open is an open one. */
function truthOf({ estate }: World, vul_id: string) {
  const of = (handled: boolean) => byVulnerability(findings(estate, { handled })).get(vul_id) ?? [];
  const open = imagesOf(of(false));
  const handled = new Set([...imagesOf(of(true))].filter((image) => !open.has(image)));
  return { findings: [...of(false), ...of(true)], open, handled };
}

/** The vulnerability that is handled, or open, in most images. */
function mostOf({ estate }: World, handled: boolean) {
  const found = [...byVulnerability(findings(estate, { handled })).values()];
  const [most] = found.sort((one, other) => other.length - one.length);
  if (!most?.[0]) throw new Error('the estate has none');
  const { vul_id, type } = most[0].vulnerability;
  return { vul_id, type };
}

const ESTATES: readonly SandboxOptions[] = [
  {},
  {
    pairs: 'some_missing',
    affectedImageRows: 'image_and_agent',
    localImageRows: 'image_and_host',
    handlings: 'newest_first',
  },
  { pairs: 'refused_403', imageNumCounts: 'ids', scanTimes: 'text', handlings: 'newest_first_one_an_image' },
];

describe.each(ESTATES)('one vulnerability of a large estate %j', (options) => {
  const at = world(options);

  it.each([
    { handled: false, kind: 'open' },
    { handled: true, kind: 'handled' },
  ])('that is $kind in most images: each of them once, open and handled ones apart', async ({ handled }) => {
    const here = at();
    const key = mostOf(here, handled);
    const truth = truthOf(here, key.vul_id);
    const seen: Row[] = [];
    const talk = new Conversation(here.program, { calls: 60, characters: 20_000 });
    let offset: unknown = 0;
    while (offset !== undefined) {
      const told = await talk.call('get_vulnerability_details', { ...key, offset, limit: 200 });
      expect(told).not.toHaveProperty('incomplete');
      expect(told).not.toHaveProperty('failed_parts');
      expect(told).toMatchObject({
        open_images: truth.open.size,
        handled_images: truth.handled.size,
        running_images: [...truth.open].filter(isRunning).length,
        containers: containersOf(truth.open),
        total_num: truth.open.size + truth.handled.size,
      });
      if (truth.handled.size > 0) expect(JSON.stringify(told.notes)).toContain('it is not fixed there');
      seen.push(...rowsOf(told, 'images'));
      offset = told.next_offset;
    }
    const named = (images: Iterable<SeedImage>) => [...images].map(nameOf).sort();
    const shown = (isHandled: boolean) => seen.filter((row) => (row.handled === true) === isHandled);
    expect(shown(false).map(nameOf).sort()).toEqual(named(truth.open));
    expect(shown(true).map(nameOf).sort()).toEqual(named(truth.handled));
    // Open ones come first, and those with most containers before the others.
    expect(seen.findIndex((row) => row.handled === true)).toBe(truth.handled.size > 0 ? truth.open.size : -1);
    const containers = shown(false).map((row) => Number(row.container_num));
    expect(containers).toEqual([...containers].sort((one, other) => other - one));
  });

  it('is shown with the installed versions, and with who has dealt with it', async () => {
    const here = at();
    const key = mostOf(here, true);
    const truth = truthOf(here, key.vul_id);
    const talk = new Conversation(here.program, { calls: 1, characters: 20_000 });
    const told = await talk.call('get_vulnerability_details', { ...key, offset: truth.open.size, limit: 10 });
    const rows = rowsOf(told, 'images');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const image = [...truth.handled].find((each) => nameOf(each) === nameOf(row));
      const decisions = (image?.history ?? []).filter(({ vul_id }) => vul_id === key.vul_id);
      const last = decisions.reduce((one, other) => (other.handle_time >= one.handle_time ? other : one));
      expect(row).toMatchObject({
        handled: true,
        handle_type: last.handle_type,
        user_name: last.user_name,
        handle_time: iso(last.handle_time),
      });
      const installed = truth.findings.filter((found) => found.image === image).map(({ software }) => software);
      expect(row.packages).toEqual(
        [...new Set(installed.map(({ app_name, app_version }) => `${app_name} ${app_version}`))].sort(),
      );
    }
  });
});

describe('one vulnerability, five requests a minute', () => {
  const at = world({ limits: 'documented' });

  it('names every image at once, and says that the containers are still to come', async () => {
    const here = at();
    const key = mostOf(here, false);
    const truth = truthOf(here, key.vul_id);
    const talk = new Conversation(here.program, { calls: 1, characters: 20_000 });
    const told = await talk.call('get_vulnerability_details', { ...key, limit: 1 });
    expect(told).toMatchObject({
      open_images: truth.open.size,
      handled_images: truth.handled.size,
      incomplete: { why: expect.stringContaining('Containers'), ready_in: expect.any(Number) },
    });
    // Unread is not none.
    expect(told).not.toHaveProperty('containers');
    expect(told).not.toHaveProperty('running_images');
  });
});

describe.each(ESTATES)('one image of a large estate %j', (options) => {
  const at = world(options);
  const scanned = ({ estate }: World) => [...byImage(findings(estate)).keys()];
  const ask = (
    { program }: World,
    { image_id, image_digest, image_name, image_version }: SeedImage,
    include: string[],
  ) =>
    new Conversation(program, { calls: 1, characters: 20_000 }).call('get_local_image_details', {
      ...{ image_id, image_digest, image_name, image_version },
      include,
    });

  it('has its findings by severity, handled ones apart', async () => {
    const here = at();
    const handled = byImage(findings(here.estate, { handled: true }));
    const open = byImage(findings(here.estate));
    const some = [...scanned(here).slice(0, 3), ...[...handled.keys()].slice(0, 3)];
    for (const image of some) {
      const told = await ask(here, image, ['findings']);
      const { Critical, High, Medium, Low } = countBySeverity(open.get(image) ?? []);
      expect(told).not.toHaveProperty('incomplete');
      expect(told.image).toMatchObject({ critical: Critical, high: High, medium: Medium, low: Low });
      const its = handled.get(image)?.length;
      expect((told.image as Row).handled).toBe(its);
      if (its) expect(JSON.stringify(told.notes)).toContain(`${its} handled findings`);
      expect(told).not.toHaveProperty('packages');
    }
  });

  it('says of each host what keeps it from scanning', async () => {
    const here = at();
    const isOff = ({ agent_status, protected: isProtected = agent_status === 'online' }: Host) =>
      agent_status !== 'online' || !isProtected;
    const isDegraded = (host: Host) => host.degradation_reason !== undefined && !isOff(host);
    const worstFirst = (hosts: readonly Host[]) => [...hosts.filter(isOff), ...hosts.filter(isDegraded), ...hosts];
    for (const fits of [isOff, isDegraded]) {
      const image = here.estate.images.find(({ hosts, image_name }) => image_name && hosts.some(fits));
      if (!image) throw new Error('the estate has no such host');
      const told = await ask(here, image, ['hosts']);
      const rows = rowsOf(told, 'hosts');
      expect(rows).toHaveLength(Math.min(30, image.hosts.length));
      // What is wrong stands first, so that no cut hides it.
      expect(rows[0]?.host_id).toBe(worstFirst(image.hosts)[0]?.host_id);
      for (const row of rows) {
        const host = image.hosts.find(({ host_id }) => host_id === row.host_id);
        if (!host) throw new Error('no such host');
        const { agent_status, protected: isProtected = agent_status === 'online' } = host;
        expect(row).toMatchObject({ agent_status, protect_status: isProtected ? 'opened' : 'closed' });
        expect(row.degradation_reason).toBe(host.degradation_reason);
      }
      const note = fits === isOff ? /cannot scan now/ : /may be kept from scanning/;
      expect(JSON.stringify(told.notes)).toMatch(note);
    }
  });
});
