import { describe, expect, it } from 'vitest';
import type { Completeness } from '../../src/findings/completeness.js';
import type { IndexedImage } from '../../src/findings/image-table.js';
import type { AffectedImages } from '../../src/findings/vulnerability.js';
import { type HandleStatus, SEVERITIES } from '../../src/hss/models.js';
import { affectedFacts, affectedSummary, handledImagesNote, placedPackages } from '../../src/present/affected.js';
import { incompleteOf } from '../../src/present/completeness.js';

const image = (container_num: number) => ({ row: { container_num } }) as IndexedImage;
const of = (status: HandleStatus, ...containers: number[]) =>
  containers.map((container_num) => ({ image: image(container_num), status }));
const affected = (more: Partial<AffectedImages> = {}): AffectedImages => ({
  found: {} as AffectedImages['found'],
  unhandled: of('unhandled', 3, 0, 2),
  handled: of('handled', 4, 0),
  whole: new Set(['unhandled', 'handled']),
  expected: 5,
  listed: true,
  ...more,
});

describe('affected images', () => {
  it('are counted apart: containers and running ones are those of the open ones', () => {
    expect(affectedFacts(affected())).toEqual({
      open_images: 3,
      handled_images: 2,
      running_images: 2,
      containers: 5,
    });
    expect(affectedSummary(affected())).toBe('open in 3 local images, handled by somebody in 2');
    expect(handledImagesNote(affected()).join()).toContain('2 images (1 running, 4 containers)');
  });

  it.each<[Partial<AffectedImages>, object]>([
    [{ listed: false }, { open_images: 3, handled_images: 2 }],
    [{ whole: new Set(['unhandled']) }, { open_images: 3, running_images: 2, containers: 5 }],
    // Before the open ones were all read, a handled one may be open, too.
    [{ whole: new Set(['handled']) }, {}],
  ])('that were not all read (%j) have no number that pretends it', (more, facts) => {
    const told = affectedFacts(affected(more));
    expect(Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))).toEqual(facts);
  });

  it('say so far while some are unread, and unknown when none was asked for', () => {
    expect(affectedSummary(affected({ whole: new Set(), handled: [] }))).toBe('open in 3 local images so far');
    expect(affectedSummary(undefined)).toBe('affected images unknown');
    expect(affectedFacts(undefined)).toEqual({});
    expect(handledImagesNote(affected({ handled: [] }))).toEqual([]);
    expect(handledImagesNote(affected({ listed: false })).join()).not.toContain('running,');
  });

  it('are the unit of what is incomplete', () => {
    const none = Object.fromEntries(SEVERITIES.map((severity) => [severity, { read: 0, of: undefined }]));
    const completeness = {
      complete: false,
      asOf: new Date(0),
      images: { read: 2400, of: 2400 },
      unhandled: none,
      handled: none,
      requestsLeft: 3,
      readyInSeconds: 40,
      failure: undefined,
    } as Completeness;
    expect(incompleteOf(completeness, { affectedImages: { read: 200, of: 700 }, lacks: 'affected' })).toEqual({
      read: 200,
      of: 700,
      why: '200 of 700 affected images; 3 requests to HSS are left. Other images can be affected, too',
      ready_in: 40,
    });
  });
});

describe('packages of the images shown', () => {
  it('stand once for each place, those of most images first', () => {
    const seen = (version: string, path?: string) => ({
      app_name: 'p',
      versions: [version],
      places: [{ version, path }],
      rule: '< 3',
    });
    const rows = [[seen('1')], [seen('2', '/a')], [seen('2', '/a'), seen('2', '/b')], undefined].map((packages) => ({
      image: image(0),
      status: 'unhandled' as const,
      packages,
    }));
    expect(placedPackages(rows).map(({ app_version, app_path, images }) => [app_version, app_path, images])).toEqual([
      ['2', '/a', 2],
      ['1', undefined, 1],
      ['2', '/b', 1],
    ]);
  });

  it('stand without a place where HSS gives none', () => {
    const packages = [{ app_name: 'p', versions: [], places: [], rule: undefined }];
    expect(placedPackages([{ image: image(0), status: 'unhandled', packages }])).toMatchObject([
      { app_name: 'p', images: 1 },
    ]);
  });
});
