import { join } from 'node:path';
import type { Behaviour } from '../config/config.js';
import { badInput, badSettings } from '../failure.js';
import type { HssExport } from '../findings/hss-export.js';
import { type ExportSelection, MOST_EXPORTED_ROWS } from '../hss/exports.js';
import { EXTENSIONS } from '../report/formats.js';
import { reportName, type Written, writeWhole } from '../report/write.js';

/** Arguments of a report that HSS's own export knows nothing of. */
const NOT_KNOWN = ['severity_level', 'host_name', 'selection_id', 'title', 'baseline'] as const;

const INSTEAD = 'or take format csv, sarif, cyclonedx or json: they hold every finding and leave nothing in HSS.';

/**
 * What HSS's own export can be asked for.
 * @throws {Failure} for arguments that it knows nothing of, and where HSS may not be changed: it leaves a task there.
 */
export function exportSelectionOf(
  given: ExportSelection & { readonly [K in (typeof NOT_KNOWN)[number]]?: unknown },
  { readOnly }: Pick<Behaviour, 'readOnly'>,
): ExportSelection {
  const unknown = NOT_KNOWN.filter((name) => given[name] !== undefined);
  if (unknown.length > 0) {
    throw badInput(
      `Format hss knows nothing of ${unknown.join(', ')}: HSS makes this file itself, of the images that match image_name and has_container.`,
      `Leave ${unknown.join(', ')} out, ${INSTEAD}`,
    );
  }
  if (readOnly) {
    throw badSettings(
      'Format hss is refused by the settings (HSS_READ_ONLY): HSS makes this file itself, and that leaves a task behind there.',
      `Let the owner of the settings change HSS_READ_ONLY, ${INSTEAD}`,
    );
  }
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
  return [
    'The ZIP is as HSS made it and was not opened: HSS documents neither its columns nor its language. A task and the file stay in HSS.',
    ...(image_name === undefined ? [] : ['How HSS matches image_name for an export is not documented.']),
    ...(isWholeExport(exported)
      ? []
      : [`HSS was asked for ${MOST_EXPORTED_ROWS} rows at most, so that rows can be missing.`]),
  ];
}
