import { z } from 'zod';
import { Failure } from '../failure.js';
import { type ExpectedFile, HttpFailure } from '../http/transport.js';
import { words } from '../words/words.js';
import { text, total } from './models.js';

/** Rows that an export is asked for: the most that HSS documents for the sizes of its exports. */
export const MOST_EXPORTED_ROWS = 200_000;
const MOST_MIB = 64;

/** A ZIP file with something in it, or an empty one, begins with these letters. */
export const EXPORTED_FILE: ExpectedFile = { beginning: Buffer.from('PK'), mostBytes: MOST_MIB * 1024 * 1024 };

/** Which images an export is of. HSS knows more filters, but none by severity or host; those here are the shared ones. */
export interface ExportSelection {
  /** How HSS matches the name here is not documented. */
  readonly image_name?: string | undefined;
  readonly has_container?: boolean | undefined;
}

/** All images that match. Without `operate_all` HSS wants a list of ids. */
export function exportBody({ image_name, has_container }: ExportSelection): object {
  return { operate_all: true, image_name, has_container };
}

/** An id that can stand in a path as one segment. */
const id = z.string().regex(/^(?!\.{1,2}$)[^/\\?#\s]{1,256}$/);

/** The task of an export, and the rows that it is of; absent when HSS does not say. */
export const exportStart = z.object({ task_id: id, record_total_num: total });
export type ExportStart = z.output<typeof exportStart>;

/** What is neither `success` nor `failure` goes on. The file is there after `success` only; no state has a reason. */
export const exportState = z.object({
  task_status: z.string(),
  file_id: id.optional().catch(undefined),
  file_name: text,
});
export type ExportState = z.output<typeof exportState>;

/** A ZIP file in pieces, as HSS made it. What is in it is not documented. */
export interface ExportedFile {
  readonly pieces: readonly Uint8Array[];
}

/** What a failure to fetch the file means where it means something of its own; any other error as it is. */
export function failureOfFile(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  const { status = 0, requestId } = error.details;
  const plain = { effect: 'not_sent', retry: false, requestId } as const;
  if (error.cause instanceof HttpFailure && error.cause.kind === 'too-large') {
    return new Failure(words().hss_export.too_large(MOST_MIB), {
      ...plain,
      source: 'input',
      next: words().hss_export.narrow,
    });
  }
  if (status >= 300 && status < 400) {
    return new Failure(words().hss_export.elsewhere, {
      ...plain,
      status,
      source: 'owner',
      next: words().hss_export.check_proxy,
    });
  }
  return error;
}
