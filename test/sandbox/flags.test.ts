import { describe, expect, it } from 'vitest';
import { readSandboxFlags } from '../../src/sandbox/flags.js';

describe('the flags of --sandbox', () => {
  it.each([
    { given: {}, read: { limits: 'none' } },
    { given: { limits: 'documented' }, read: { limits: 'documented' } },
    { given: { limits: 'gateway', images: '2400' }, read: { limits: 'gateway', images: 2400 } },
    { given: { images: '100000' }, read: { limits: 'none', images: 100_000 } },
  ])('$given', ({ given, read }) => {
    expect(readSandboxFlags(given)).toEqual(read);
  });

  it.each([
    { given: { limits: '' }, flag: '--limits' },
    { given: { limits: 'Documented' }, flag: '--limits' },
    { given: { images: '' }, flag: '--images' },
    { given: { images: '0' }, flag: '--images' },
    { given: { images: '1e3' }, flag: '--images' },
    { given: { images: '-5' }, flag: '--images' },
    { given: { images: '100001' }, flag: '--images' },
  ])('refuses $given', ({ given, flag }) => {
    expect(() => readSandboxFlags(given)).toThrow(`${flag} must be`);
  });
});
