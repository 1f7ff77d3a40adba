import { describe, expect, it } from 'vitest';
import { byScannable, type HostState, type Scannable, scannable } from '../../src/images/host-state.js';
import { HOST_COLUMNS, hostNotes } from '../../src/present/host.js';
import { rowOf } from '../../src/present/table.js';

const GOOD = { agent_status: 'online', protect_status: 'opened', host_status: 'ACTIVE' };
const STATES: readonly [HostState, Scannable][] = [
  [GOOD, 'yes'],
  [{ agent_status: 'online', protect_status: 'opened' }, 'yes'],
  [{ ...GOOD, agent_status: 'offline' }, 'no'],
  [{ ...GOOD, agent_status: 'not_installed' }, 'no'],
  [{ ...GOOD, protect_status: 'closed' }, 'no'],
  [{ ...GOOD, host_status: 'SHUTOFF' }, 'no'],
  [{ ...GOOD, protect_interrupt: true }, 'perhaps'],
  [{ ...GOOD, protect_degradation: true }, 'perhaps'],
  [{ ...GOOD, agent_status: 'offline', protect_degradation: true }, 'no'],
  [{ agent_status: 'online' }, 'unknown'],
  [{ agent_status: 'offline' }, 'no'],
  [{}, 'unknown'],
];

describe('whether a host can scan', () => {
  it.each(STATES)('%j: %s', (host, state) => {
    expect(scannable(host)).toBe(state);
  });

  it('puts those first that cannot', () => {
    const order = STATES.map(([host]) => host).toSorted(byScannable);
    expect([...new Set(order.map(scannable))]).toEqual(['no', 'perhaps', 'unknown', 'yes']);
  });
});

describe('hosts in a result', () => {
  it('say what is wrong, and nothing of what is as it should be', () => {
    const degraded = { ...GOOD, protect_degradation: true, degradation_reason: 'agent_memory_exceeded' };
    expect(rowOf(degraded, HOST_COLUMNS)).toEqual({
      agent_status: 'online',
      protect_status: 'opened',
      protect_degradation: true,
      degradation_reason: 'agent_memory_exceeded',
    });
    const past = { ...GOOD, protect_degradation: false, degradation_reason: 'agent_memory_exceeded' };
    expect(rowOf(past, HOST_COLUMNS)).toEqual({ agent_status: 'online', protect_status: 'opened' });
    expect(rowOf({ ...GOOD, host_status: 'ERROR' }, HOST_COLUMNS)).toMatchObject({ host_status: 'ERROR' });
  });

  it('are counted in the notes, without their names', () => {
    expect(hostNotes([{ ...GOOD, host_name: 'h' }])).toEqual([]);
    expect(hostNotes(STATES.map(([host]) => ({ ...host, host_name: 'h' })))).toEqual([
      '6 of 12 hosts cannot scan now: it takes agent_status online and protect_status opened.',
      '2 of 12 hosts may be kept from scanning: protection is interrupted or degraded.',
    ]);
  });
});
