import { describe, expect, it } from 'vitest';
import {
  byCve,
  byHost,
  byImage,
  containersOf,
  countBySeverity,
  findings,
  imagesByFailure,
  imagesByHost,
  isRunning,
} from '../support/estate-truth.js';
import { Conversation, PAIRS, type Row, rowsOf, world } from './task.js';

const keyOf = ({ image_id, image_digest }: Row | { image_id: string; image_digest: string }) =>
  `${image_id} ${image_digest}`;

describe.each(PAIRS)('which images (pairs %s)', (pairs) => {
  const at = world({ pairs });

  it('the ten worst on hosts named prod-', async () => {
    const { program, estate } = at();
    const told = await new Conversation(program, { calls: 1, characters: 8_000 }).call('list_local_images', {
      host_name: 'prod-',
      sort_by: 'critical',
      limit: 10,
    });
    expect(told).not.toHaveProperty('incomplete');
    const open = byImage(findings(estate));
    const onHosts = estate.images.filter(({ hosts }) => hosts.some(({ host_name }) => host_name.includes('prod-')));
    const counts = onHosts.map((image) => countBySeverity(open.get(image) ?? []));
    const worst = counts.map(({ Critical, High }) => Critical * 1e6 + High).sort((one, other) => other - one);
    const rows = rowsOf(told, 'images');
    expect(rows.map(({ critical, high }) => Number(critical) * 1e6 + Number(high))).toEqual(worst.slice(0, 10));
    const known = new Set(onHosts.map(keyOf));
    for (const row of rows) expect(known).toContain(keyOf(row));
    expect(told.total_num).toBe(onHosts.length);
  });

  it('every one with a CVE, with hosts and containers, on all pages', async () => {
    const { program, estate } = at();
    const [cve_id = '', found = []] =
      [...byCve(findings(estate))].sort(([, one], [, other]) => other.length - one.length)[20] ?? [];
    const truth = new Map([...new Set(found.map(({ image }) => image))].map((image) => [keyOf(image), image]));
    expect(truth.size).toBeGreaterThan(100);
    const talk = new Conversation(program, { calls: Math.ceil(truth.size / 45) + 1, characters: 20_000 });
    const seen = new Set<string>();
    for (let offset: unknown = 0; offset !== undefined; ) {
      const told = await talk.call('list_local_images', { cve_id, include: ['hosts'], limit: 200, offset });
      expect(told).not.toHaveProperty('incomplete');
      expect(told.total_num).toBe(truth.size);
      expect(told.present).toBe(truth.size);
      for (const row of rowsOf(told, 'images')) {
        const image = truth.get(keyOf(row));
        expect(row.container_num).toBe(image?.containers.length);
        expect([...(row.hosts as string[])].sort()).toEqual(image?.hosts.map(({ host_name }) => host_name).sort());
        seen.add(keyOf(row));
      }
      offset = told.next_offset;
    }
    expect(seen).toEqual(new Set(truth.keys()));
  });

  it('still have a CVE after the rebuild, of one name', async () => {
    const { program, estate } = at();
    const open = findings(estate);
    const [cve_id = '', found = []] =
      [...byCve(open)].sort(([, one], [, other]) => other.length - one.length)[30] ?? [];
    const name = found[0]?.image.image_name ?? '';
    const named = estate.states().filter(({ image }) => image.image_name.includes(name));
    const having = new Set(found.map(({ image }) => image));
    const told = await new Conversation(program, { calls: 1, characters: 6_000 }).call('list_local_images', {
      cve_id,
      image_name: name,
    });
    expect(told).not.toHaveProperty('incomplete');
    const present = named.filter(({ image }) => having.has(image));
    expect(rowsOf(told, 'images').map(keyOf).sort()).toEqual(present.map(({ image }) => keyOf(image)).sort());
    const notScanned = named.filter(({ image, first_scan_time }) => first_scan_time === 0 && !having.has(image));
    expect(told.not_scanned).toBe(notScanned.length);
    expect(Number(told.present) + Number(told.absent) + Number(told.handled) + Number(told.not_scanned)).toBe(
      named.length,
    );
    for (const other of (told.others ?? []) as Row[]) {
      if (other.standing === 'absent') expect(other.latest_scan_time).toBeDefined();
    }
  });

  it('Critical findings by host in 192.168.3.0/24', async () => {
    const { program, estate } = at();
    const talk = new Conversation(program, { calls: 2, characters: 10_000 });
    const selected = await talk.call('list_local_images', {
      host_ip: '192.168.3.0/24',
      severity_level: 'Critical',
      select: true,
      limit: 1,
    });
    const told = await talk.call('summarize_local_images', {
      group_by: 'host_name',
      selection_id: selected.selection_id,
      severity_level: 'Critical',
      limit: 100,
    });
    expect(told).not.toHaveProperty('incomplete');
    const critical = findings(estate).filter(({ vulnerability }) => vulnerability.severity === 'Critical');
    const truth = [...byHost(critical)].flatMap(([{ host_name, private_ip }, found]) =>
      private_ip.startsWith('192.168.3.') ? [`${host_name} ${found.length}`] : [],
    );
    expect(truth.length).toBeGreaterThan(0);
    expect(
      rowsOf(told, 'groups')
        .map(({ key, critical }) => `${key} ${critical}`)
        .sort(),
    ).toEqual(truth.sort());
  });

  it('a first part of an address means the hosts that begin with it', async () => {
    const { program, estate } = at();
    const told = await new Conversation(program, { calls: 1, characters: 20_000 }).call('list_local_images', {
      host_ip: '192.168.3.',
      limit: 1,
    });
    const truth = [...imagesByHost(estate)].flatMap(([{ private_ip }, images]) =>
      private_ip.startsWith('192.168.3.') ? images : [],
    );
    expect(told.total_num).toBe(new Set(truth).size);
  });

  it('failed scans by reason, and a selection of those worth repeating', async () => {
    const { program, estate } = at();
    const talk = new Conversation(program, { calls: 2, characters: 8_000 });
    const groups = await talk.call('summarize_local_images', { group_by: 'scan_failed_desc' });
    const reasons = rowsOf(groups, 'groups')
      .slice(0, 2)
      .map(({ key }) => String(key));
    const told = await talk.call('list_local_images', { scan_failed_desc: reasons, select: true, limit: 5 });
    const truth = reasons.flatMap((reason) => imagesByFailure(estate).get(reason) ?? []);
    expect(told.total_num).toBe(truth.length);
    expect(told.selection_id).toMatch(/^sel_\d+$/);
  });

  it('run, have High findings, and were not scanned lately', async () => {
    const { program, estate } = at();
    const days = 10;
    const told = await new Conversation(program, { calls: 1, characters: 8_000 }).call('list_local_images', {
      has_container: true,
      severity_level: 'High',
      not_scanned_for_days: days,
      scannable: true,
      sort_by: 'containers',
      limit: 5,
    });
    const severe = new Set(
      findings(estate).flatMap(({ image, vulnerability: { severity } }) =>
        severity === 'Critical' || severity === 'High' ? [image] : [],
      ),
    );
    const since = Date.now() - days * 86_400_000;
    const truth = estate
      .states()
      .filter(
        ({ image, latest_scan_time }) =>
          severe.has(image) && isRunning(image) && latest_scan_time < since && !image.non_scan_reason,
      )
      .map(({ image }) => image);
    expect(told.total_num).toBe(truth.length);
    const most = truth.map((image) => containersOf([image])).sort((one, other) => other - one);
    expect(rowsOf(told, 'images').map(({ container_num }) => container_num)).toEqual(most.slice(0, 5));
  });
});
