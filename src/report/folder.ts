import { constants } from 'node:fs';
import { access, lstat, mkdir, readdir, stat, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { badSettings, type Failure } from '../failure.js';
import { clean } from '../text/clean.js';
import { type Words, words } from '../words/words.js';

/** What everybody may do with a folder. */
const OTHERS_WRITE = 0o002;
const OWNER_ONLY = 0o700;
/** What a report is called while it is written. */
export const UNFINISHED = '.part';
/** A report that is not finished after so long never will be, in ms. */
const ABANDONED_MS = 3_600_000;

type Why = keyof Words['reporting']['why'];

/**
 * The folder of the reports. The default one is made when it is missing; one that somebody chose is not: what is missing
 * there may be a disk.
 * @throws {Failure} of source `owner` for a folder that is missing, no folder, a link, or somebody else's.
 */
export async function openFolder(chosen: string | undefined): Promise<string> {
  const folder = chosen ?? join(homedir(), 'huaweicloud-hss-reports');
  if (!isAbsolute(folder)) throw unusable(folder, why('not_absolute'));
  const found = await lstat(folder).catch((error: unknown) => {
    if (chosen === undefined && codeOf(error) === 'ENOENT') return undefined;
    throw unusable(folder, reasonOf(error));
  });
  if (!found) {
    await mkdir(folder, { mode: OWNER_ONLY }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw unusable(folder, reasonOf(error));
    });
    return openFolder(folder);
  }
  if (found.isSymbolicLink()) throw unusable(folder, why('link'));
  if (!found.isDirectory()) throw unusable(folder, why('no_folder'));
  const own = process.getuid?.();
  if (own !== undefined && found.uid !== own) throw unusable(folder, why('somebody_elses'));
  if (own !== undefined && (found.mode & OTHERS_WRITE) !== 0) throw unusable(folder, why('everybodys'));
  await assertWritable(folder);
  await sweep(folder);
  return folder;
}

/**
 * Makes sure that a file which a person names can be written: in a folder that is there, and in the place of nothing
 * but a file. A device or a folder would be replaced by the renaming.
 * @throws {Failure} of source `owner`.
 */
export async function openPlace(path: string): Promise<void> {
  const folder = dirname(path);
  const found = await stat(folder).catch((error: unknown) => {
    throw unusable(folder, reasonOf(error));
  });
  if (!found.isDirectory()) throw unusable(folder, why('no_folder'));
  await assertWritable(folder);
  const there = await stat(path).catch(() => undefined);
  if (there && !there.isFile()) throw unusable(path, why('no_file'));
  await sweep(folder);
}

/** As far as the system tells beforehand: whether the disk is full shows when it is written to. */
async function assertWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw unusable(folder, reasonOf(error));
  });
}

/** Takes away what a program that was killed left behind. Nobody waits for it, so nothing of it is an error. */
async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith('.hss-report-') && each.endsWith(UNFINISHED))) {
    const path = join(folder, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > ABANDONED_MS) await unlink(path).catch(() => {});
  }
}

/** A failure of the file system as its owner understands it. */
export function unusable(path: string, reason: string): Failure {
  const { reporting } = words();
  return badSettings(reporting.cannot_be_written(clean(path, 300), reason), reporting.give_folder);
}

const why = (key: Why): string => words().reporting.why[key];

/** What codes of the file system mean. */
const REASONS: ReadonlyMap<string, Why> = new Map([
  ['ENOENT', 'missing'],
  ['ENOTDIR', 'no_folder'],
  ['EACCES', 'not_allowed'],
  ['EPERM', 'not_allowed'],
  ['EROFS', 'read_only'],
  ['ENOSPC', 'no_space'],
  ['EDQUOT', 'no_space_for_user'],
  ['EFBIG', 'too_large'],
]);

/** What the error of a system call means. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const known = REASONS.get(code);
  return known ? why(known) : words().reporting.cannot_be_used(code);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
