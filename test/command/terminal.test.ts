import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askOn, personAt } from '../../src/command/terminal.js';

const signal = new AbortController().signal;

describe('the person at a terminal', () => {
  it('is shown the question and types one line', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = askOn(input, output, 'Scan?\n[y/N] ', signal);
    input.write('yes\nmore\n');
    expect(await answer).toBe('yes');
    expect(String(output.read())).toContain('Scan?\n[y/N] ');
  });

  it('says nothing by closing it', async () => {
    const input = new PassThrough();
    const answer = askOn(input, new PassThrough(), 'Scan? ', signal);
    input.end();
    expect(await answer).toBe('');
  });

  it('is waited for no longer than the run lasts', async () => {
    const end = new AbortController();
    const answer = askOn(new PassThrough(), new PassThrough(), 'Scan? ', end.signal);
    end.abort();
    await expect(answer).rejects.toThrow(/abort/i);
  });

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
    [undefined, undefined, false],
  ])('is there when both ends are one: stdin %s, stderr %s', (stdin, stderr, is) => {
    const streams = { stdin: { isTTY: stdin }, stderr: { isTTY: stderr } } as unknown as NodeJS.Process;
    expect(personAt(streams, signal) !== undefined).toBe(is);
  });
});
