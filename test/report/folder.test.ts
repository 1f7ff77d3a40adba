import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../src/failure.js';
import { openFolder, openPlace, reasonOf } from '../../src/report/folder.js';
import { reportName, writeWhole } from '../../src/report/write.js';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return { ...real, access: vi.fn(real.access) };
});

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'reports-'));
  vi.stubEnv('HOME', home);
});
afterEach(() => vi.unstubAllEnvs());

describe('the folder of the reports', () => {
  it('is made for its owner only, where nobody chose one', async () => {
    const folder = await openFolder(undefined);
    expect(folder).toBe(join(home, 'huaweicloud-hss-reports'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(await openFolder(undefined)).toBe(folder);
  });

  it('has to be there where somebody chose one', async () => {
    await expect(openFolder(join(home, 'missing'))).rejects.toThrow(/is missing/);
    await expect(openFolder('reports')).rejects.toThrow(/not an absolute path/);
    writeFileSync(join(home, 'file'), '');
    await expect(openFolder(join(home, 'file'))).rejects.toThrow(/is no folder/);
    expect(await openFolder(home)).toBe(home);
  });

  it('is no link to elsewhere, and nobody else may write to it', async () => {
    mkdirSync(join(home, 'real'));
    symlinkSync(join(home, 'real'), join(home, 'link'));
    await expect(openFolder(join(home, 'link'))).rejects.toThrow(/is a link to elsewhere/);
    chmodSync(join(home, 'real'), 0o777);
    await expect(openFolder(join(home, 'real'))).rejects.toThrow(/by everybody/);
    chmodSync(join(home, 'real'), 0o700);
    vi.spyOn(process as { getuid: () => number }, 'getuid').mockReturnValue(4_242_424);
    await expect(openFolder(join(home, 'real'))).rejects.toThrow(/belongs to somebody else/);
    vi.restoreAllMocks();
  });

  it('is looked at before anything is read: whether it can be written to', async () => {
    const denied = Object.assign(new Error('no'), { code: 'EROFS' });
    vi.mocked(access).mockRejectedValueOnce(denied);
    await expect(openFolder(home)).rejects.toThrow(/is read-only/);
    vi.mocked(access).mockRejectedValueOnce(denied);
    await expect(openPlace(join(home, 'a.csv'))).rejects.toThrow(/is read-only/);
  });

  it('is freed of what was left half written long ago, and of nothing else', async () => {
    for (const name of ['.hss-report-old.json.part', '.hss-report-new.json.part', 'mine.part']) {
      writeFileSync(join(home, name), '');
      if (!name.includes('new')) utimesSync(join(home, name), 0, 0);
    }
    await openFolder(home);
    expect(readdirSync(home).sort()).toEqual(['.hss-report-new.json.part', 'mine.part']);
  });
});

describe('the place of a file that a person names', () => {
  it('is in a folder that is there, and in the place of nothing but a file', async () => {
    await openPlace(join(home, 'new.csv'));
    writeFileSync(join(home, 'old.csv'), '');
    await openPlace(join(home, 'old.csv'));
    await expect(openPlace(join(home, 'missing', 'a.csv'))).rejects.toThrow(/missing is missing/);
    await expect(openPlace(join(home, 'old.csv', 'a.csv'))).rejects.toThrow(/is no folder/);
    mkdirSync(join(home, 'folder'));
    await expect(openPlace(join(home, 'folder'))).rejects.toThrow(/is there and is no file/);
    await expect(openPlace('/dev/null')).rejects.toThrow(/is no file|may not be written to/);
  });

  it('is freed of what was left half written long ago', async () => {
    writeFileSync(join(home, '.hss-report-00.part'), '');
    utimesSync(join(home, '.hss-report-00.part'), 0, 0);
    await openPlace(join(home, 'a.csv'));
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('writing', () => {
  it('is not kept from anything by what a program that was killed left behind', async () => {
    for (const name of ['.a.csv.part', '.hss-report-00.part']) writeFileSync(join(home, name), 'half');
    await writeWhole(join(home, 'a.csv'), ['whole']);
    expect(readFileSync(join(home, 'a.csv'), 'utf8')).toBe('whole');
  });

  it('is for the owner only, and under a name that nothing from outside is part of', async () => {
    const name = reportName(new Date(0), 'csv', false);
    expect(name).toMatch(/^hss-report-19700101T000000Z-[0-9a-f]{6}-incomplete\.csv$/);
    const path = join(home, name);
    expect(await writeWhole(path, ['a', 'ä'])).toEqual({ path, bytes: 3, beginning: 'aä' });
    expect(readFileSync(path, 'utf8')).toBe('aä');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual([name]);
  });

  it('leaves nothing where it fails in the middle, or is called off', async () => {
    function* broken() {
      yield 'x'.repeat(1_000_000);
      throw new TypeError('a defect');
    }
    await expect(writeWhole(join(home, 'a'), broken())).rejects.toThrow('a defect');
    const end = new AbortController();
    function* cancelled() {
      yield 'x'.repeat(1_000_000);
      end.abort();
      yield 'y'.repeat(1_000_000);
    }
    await expect(writeWhole(join(home, 'a'), cancelled(), end.signal)).rejects.toThrow(/abort/);
    expect(readdirSync(home)).toEqual([]);
  });

  it('says what is wrong with the folder', async () => {
    const gone = writeWhole(join(home, 'gone', 'a'), ['a']);
    await expect(gone).rejects.toThrow(/is missing/);
    await expect(gone).rejects.toBeInstanceOf(Failure);
    const words = { ENOSPC: 'no space left', EROFS: 'read-only', EACCES: 'may not be written to', EWHAT: 'EWHAT' };
    for (const [code, word] of Object.entries(words)) {
      expect(reasonOf(Object.assign(new Error(code), { code }))).toContain(word);
    }
  });
});
