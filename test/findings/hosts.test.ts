import { describe, expect, it } from 'vitest';
import { FindingsStore } from '../../src/findings/findings-store.js';
import { hostsKnown } from '../../src/findings/plan-hosts.js';
import { growEstate } from './estate.js';
import { fakeHss } from './fake-hss.js';
import { indexOf, patient } from './index-of.js';

const estate = growEstate({ seed: 41, images: 150, hosts: 9 });

describe('hosts of images', () => {
  it('are not asked for where nobody asks', async () => {
    const hss = fakeHss(estate);
    await indexOf(hss).ask({ depth: 'Low' }, patient());
    expect(hss.count('ListContainerNodes') + hss.count('ListLocalImageHosts')).toBe(0);
  });

  it.each([
    ['a few images, one by one', 3, {}, { most: 3, nodes: 0 }],
    ['many images, host by host', 150, {}, { most: 10, nodes: 1 }],
    ['images whose rows name every host', 150, { rowsByAgent: true }, { most: 0, nodes: 0 }],
  ])('are read by few requests: %s', async (_, count, choices, { most, nodes }) => {
    const hss = fakeHss(estate, choices);
    const index = indexOf(hss);
    await index.ask({}, patient());
    const before = hss.count();
    const numbers = index.store.images.all.slice(0, count).map(({ number }) => number);
    expect(await index.ask({ hostsOfImages: numbers }, patient())).toMatchObject({ complete: true });
    expect(hss.count() - before).toBeLessThanOrEqual(most);
    expect(hss.count('ListContainerNodes')).toBe(nodes);
    for (const number of numbers) {
      const { row, hostIds } = index.store.images.at(number);
      expect(hostsKnown(index.store, number)).toBe(true);
      const truth = estate.images.find((image) => image.row.image_digest === row.image_digest);
      expect([...hostIds].sort()).toEqual(truth?.hosts.map(({ host_id }) => host_id).sort());
    }
  });

  it('are read for chosen hosts alone', async () => {
    const hss = fakeHss(estate);
    const index = indexOf(hss);
    await index.ask({ nodes: true }, patient());
    const chosen = index.store.hosts.nodes.filter(({ private_ip }) => private_ip?.startsWith('192.168.3.'));
    const ids = chosen.flatMap(({ host_id }) => host_id ?? []);
    const before = hss.count();
    await index.ask({ imagesOfHosts: ids }, patient());
    expect(hss.count() - before).toBe(ids.length);
    for (const { row, hosts } of estate.images) {
      const [image] = index.store.images.find(row);
      for (const { host_id } of hosts) if (ids.includes(host_id)) expect(image?.hostIds).toContain(host_id);
    }
  });
});

describe('the indexes of the process', () => {
  it('are one a region, project and enterprise project, and end with it', async () => {
    const hss = fakeHss(estate, { latencyMs: 5 });
    const store = new FindingsStore(hss, () => {});
    const scope = { region: 'cn-north-4', projectId: 'one' };
    expect(store.of({ ...scope })).toBe(store.of({ ...scope, enterpriseProjectId: '0' }));
    expect(store.of(scope)).not.toBe(store.of({ ...scope, enterpriseProjectId: 'all_granted_eps' }));
    expect(store.of(scope)).not.toBe(store.of({ ...scope, projectId: 'two' }));
    expect(store.of(scope)).not.toBe(store.of({ ...scope, region: 'eu-west-101' }));
    const asked = store.of(scope).ask({ depth: 'Low' }, { ...patient(), deadline: performance.now() + 1_510 });
    expect((await asked).complete).toBe(false);
    store.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(store.of(scope).busy).toBe(false);
  });
});
