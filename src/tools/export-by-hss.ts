import { join } from 'node:path';
import type { Behaviour } from '../config/config.js';
import { badInput, badSettings } from '../failure.js';
import type { HssExport } from '../findings/hss-export.js';
import { type ExportSelection, MOST_EXPORTED_ROWS } from '../hss/exports.js';
import { EXTENSIONS } from '../report/formats.js';
import { reportName, type Written, writeWhole } from '../report/write.js';
import { words } from '../words/words.js';

/** Arguments of a report that HSS's own export knows nothing of. */
const NOT_KNOWN = ['severity_level', 'host_name', 'selection_id', 'title', 'baseline'] as const;

/**
 * What HSS's own export can be asked for.
 * @throws {Failure} for arguments that it knows nothing of, and where HSS may not be changed: it leaves a task there.
 */
export function exportSelectionOf(
  given: ExportSelection & { readonly [K in (typeof NOT_KNOWN)[number]]?: unknown },
  { readOnly }: Pick<Behaviour, 'readOnly'>,
): ExportSelection {
  const unknown = NOT_KNOWN.filter((name) => given[name] !== undefined);
  const { hss_export } = words();
  if (unknown.length > 0) throw badInput(hss_export.not_known(unknown), hss_export.leave_out(unknown));
  if (readOnly) throw badSettings(hss_export.read_only, hss_export.change_read_only);
  const { image_name, has_container } = given;
  return { image_name, has_container };
}

/** Whether the file holds all rows, as far as HSS says. */
export function isWholeExport({ rows = 0 }: HssExport): boolean {
  return rows < MOST_EXPORTED_ROWS;
}

/** Writes the file as it came, into a folder, under a name of ours: what HSS calls it plays no part. */
export function writeExport(
  exported: Extract<HssExport, { kind: 'file' }>,
  folder: string,
  signal: AbortSignal,
): Promise<Written> {
  const name = reportName(new Date(), EXTENSIONS.hss, isWholeExport(exported));
  return writeWhole(join(folder, name), exported.pieces, signal);
}

/** What a reader of the file has to know. */
export function exportNotes({ image_name }: ExportSelection, exported: HssExport): string[] {
  const { hss_export } = words();
  return [
    hss_export.as_it_came,
    ...(image_name === undefined ? [] : [hss_export.name_matching]),
    ...(isWholeExport(exported) ? [] : [hss_export.most_rows(MOST_EXPORTED_ROWS)]),
  ];
}
