import { describe, expect, it } from 'vitest';
import type { LocalImage } from '../../src/hss/models.js';
import { judge } from '../../src/images/state.js';

const SUBMITTED = 1_800_000_000_000;
const image = (scan_status: string, latest_scan_time = 0, more: Partial<LocalImage> = {}) =>
  ({ scan_status, latest_scan_time, ...more }) as LocalImage;
const verdict = (row: LocalImage, { after = 10_000, seen = false } = {}) =>
  judge(row, SUBMITTED, SUBMITTED + after, seen);

describe('when a scan counts as finished', () => {
  it.each(['scanning', 'waiting', 'waiting_for_scan'])('%s is running', (state) => {
    expect(verdict(image(state, SUBMITTED + 5000))).toEqual({ outcome: 'running', open: true });
  });

  it('success is finished once latest_scan_time has reached the submission', () => {
    expect(verdict(image('success', SUBMITTED))).toEqual({ outcome: 'finished', open: false });
    expect(verdict(image('success', SUBMITTED - 1))).toMatchObject({ outcome: 'running', open: true });
  });

  it.each(['failed', 'download_failed', 'image_oversized', 'image_scan_stop'])(
    '%s is final when it was seen running, or its time moved',
    (state) => {
      expect(verdict(image(state), { seen: true })).toEqual({ outcome: 'failed', open: false });
      expect(verdict(image(state, SUBMITTED + 1))).toEqual({ outcome: 'failed', open: false });
    },
  );

  it('an unconfirmed failure stays open for two minutes, and not for ever', () => {
    expect(verdict(image('failed'), { after: 119_000 })).toMatchObject({
      outcome: 'failed',
      open: true,
      note: expect.stringContaining('not confirmed'),
    });
    expect(verdict(image('failed'), { after: 120_000 })).toMatchObject({ outcome: 'failed', open: false });
  });

  it('without submitted_at the present state counts', () => {
    const present = (row: LocalImage) => judge(row, undefined, SUBMITTED, false);
    expect(present(image('success', 1))).toEqual({ outcome: 'finished', open: false });
    expect(present(image('failed'))).toEqual({ outcome: 'failed', open: false });
    expect(present(image('unscan'))).toEqual({ outcome: 'not_started', open: false });
    expect(present(image('scanning'))).toEqual({ outcome: 'running', open: true });
  });

  it('an image that HSS cannot scan is not waited for', () => {
    expect(verdict(image('unscan', 0, { non_scan_reason: 'no name' }))).toMatchObject({
      outcome: 'cannot_be_scanned',
      open: false,
    });
  });

  it('a state that is not documented is waited for', () => {
    expect(verdict(image('paused', 5))).toMatchObject({
      outcome: 'running',
      open: true,
      note: expect.stringContaining('not documented'),
    });
  });
});
