import { resolve } from 'node:path';
import { Failure } from '../failure.js';
import { HssExports } from '../findings/hss-export.js';
import { writeWhole } from '../report/write.js';
import { redact } from '../text/secret.js';
import { exportNotes, exportSelectionOf, isWholeExport, writeExport } from '../tools/export-by-hss.js';
import { words } from '../words/words.js';
import { print } from './print.js';
import { Persistence, type Session } from './session.js';

/** How long HSS may take for its file, in ms. No source says how long it does; a task that never ends is not waited for. */
const LONGEST_EXPORT_MS = 1_800_000;

/**
 * Has HSS make its own file, waits for it, and hands it over as it comes.
 * @returns whether it holds all rows, as far as HSS says.
 */
export async function exportByHss(session: Session, folder: string | undefined): Promise<boolean> {
  const { flags, config, connected, line, signal } = session;
  const wanted = exportSelectionOf(flags, config);
  const exports = new HssExports(connected.hss);
  const persistence = new Persistence(session.scope);
  const end = performance.now() + LONGEST_EXPORT_MS;
  for (;;) {
    const exported = await exports.get(wanted, session.scope(), (done, total) =>
      line.show(words().hss_export.making, done, total),
    );
    line.end();
    const { rows } = exported;
    if (exported.kind === 'file') {
      for (const note of exportNotes(wanted, exported)) process.stderr.write(`${note}\n`);
      if (flags.output === '-') await print(exported.pieces);
      else {
        const { path } = flags.output
          ? await writeWhole(resolve(flags.output), exported.pieces, signal)
          : await writeExport(exported, folder ?? '.', signal);
        process.stdout.write(`${redact(words().hss_export.lies_at(rows, path))}\n`);
      }
      return isWholeExport(exported);
    }
    if (performance.now() > end) throw tooSlow();
    await persistence.wait(exported.readyIn);
  }
}

function tooSlow(): Failure {
  return new Failure(words().hss_export.not_in_time, {
    source: 'passing',
    effect: 'not_sent',
    retry: true,
    next: words().hss_export.try_later,
  });
}
