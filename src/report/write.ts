import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.js';
import { reasonOf, UNFINISHED, unusable } from './folder.js';

/** Characters gathered before they are written. */
const GATHERED = 256 * 1024;
const OWNER_ONLY = 0o600;

/** What a file came to. */
export interface Written {
  readonly path: string;
  readonly bytes: number;
  /** Its first characters; empty for a file that is no text. */
  readonly beginning: string;
}

/** A name that no other report has; nothing of it comes from outside. */
export function reportName(at: Date, extension: string, complete: boolean): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  return `hss-report-${time}-${randomBytes(3).toString('hex')}${complete ? '' : '-incomplete'}.${extension}`;
}

/**
 * Writes a file whole or not at all: aside first, under its name when everything is there. For its owner only.
 * @throws {Failure} of source `owner` when the file system refuses; then nothing is left behind.
 */
export async function writeWhole(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  signal?: AbortSignal,
): Promise<Written> {
  // A name of its own: what a program that was killed left behind stands in nobody's way.
  const aside = join(dirname(path), `.hss-report-${randomBytes(6).toString('hex')}${UNFINISHED}`);
  // A program that ends in between takes the half file with it.
  const forget = () => {
    try {
      unlinkSync(aside);
    } catch {
      // It is gone already.
    }
  };
  process.once('exit', forget);
  try {
    const file = await open(aside, 'wx', OWNER_ONLY);
    let written: Written;
    try {
      written = { path, ...(await writePieces(pieces, (piece) => file.writeFile(piece), signal)) };
      await file.sync();
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    await rename(aside, path);
    return written;
  } catch (error) {
    await unlink(aside).catch(() => {});
    if (error instanceof Failure || !isOfFiles(error)) throw error;
    throw unusable(dirname(path), reasonOf(error));
  } finally {
    process.off('exit', forget);
  }
}

async function writePieces(
  pieces: Iterable<string | Uint8Array>,
  write: (piece: string | Uint8Array) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<Omit<Written, 'path'>> {
  let gathered = '';
  let beginning = '';
  let bytes = 0;
  const flush = async () => {
    if (beginning === '') beginning = gathered.slice(0, 4_000);
    bytes += Buffer.byteLength(gathered);
    await write(gathered);
    gathered = '';
    signal?.throwIfAborted();
  };
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      await write(piece);
      bytes += piece.length;
      signal?.throwIfAborted();
      continue;
    }
    gathered += piece;
    if (gathered.length >= GATHERED) await flush();
  }
  await flush();
  return { bytes, beginning };
}

function isOfFiles(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
