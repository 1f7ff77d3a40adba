import { describe, expect, it } from 'vitest';
import { ipv4Block, isIpv4 } from '../../src/text/ipv4.js';

describe('ipv4Block', () => {
  it.each([
    ['192.168.3.7', ['192.168.3.7'], ['192.168.3.70', '192.168.3.8']],
    ['192.168.3.0/24', ['192.168.3.0', '192.168.3.255'], ['192.168.2.255', '192.168.4.0', '1.192.168.3']],
    ['192.168.3.77/24', ['192.168.3.1'], ['192.168.4.77']],
    ['10.0.0.0/8', ['10.255.0.1'], ['11.0.0.1', '110.0.0.1']],
    ['0.0.0.0/0', ['255.255.255.255'], []],
    ['10.1.2.3/32', ['10.1.2.3'], ['10.1.2.2']],
    ['192.168.3.', ['192.168.3.9'], ['192.168.30.9']],
    ['192.168.3', ['192.168.3.9'], ['192.168.30.9']],
    ['192.168.3.x', ['192.168.3.9'], ['192.168.30.9']],
    ['192.168.3.*', ['192.168.3.9'], ['1.192.168.3']],
    ['192.168.*.*', ['192.168.3.9'], ['192.16.8.3']],
    ['10.', ['10.1.2.3'], ['100.1.2.3', '110.1.2.3']],
  ])('%s holds what it means and nothing else', (text, held, others) => {
    const holds = ipv4Block(text);
    for (const address of held) expect(holds?.(address), address).toBe(true);
    for (const address of [...others, undefined, '', 'node-1']) expect(holds?.(address), address).toBe(false);
  });

  it.each([
    '',
    '10',
    '192.168',
    '256.1.1.1',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4.5',
    '.1.2',
    'prod-',
    '::1',
    '1..2',
    '01.2.3.4',
  ])('does not take %j for addresses', (text) => expect(ipv4Block(text)).toBeUndefined());

  it('tells one address from many', () => {
    expect(isIpv4('192.168.3.7')).toBe(true);
    expect(isIpv4('192.168.3.0/24')).toBe(false);
  });
});
