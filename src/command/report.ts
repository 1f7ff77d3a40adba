import { join, resolve } from 'node:path';
import { readConfig } from '../config/config.js';
import { Failure } from '../failure.js';
import type { FindingsView } from '../findings/findings-index.js';
import { FindingsStore } from '../findings/findings-store.js';
import { createLog } from '../log.js';
import { failureLines } from '../present/failure.js';
import { withChanges } from '../report/baseline.js';
import { openFolder, openPlace } from '../report/folder.js';
import { EXTENSIONS, type RenderedFormat, rendererOf } from '../report/formats.js';
import { postureOf, sumOf } from '../report/posture.js';
import type { Report } from '../report/report.js';
import { reportName, writeWhole } from '../report/write.js';
import type { SandboxFlags } from '../sandbox/flags.js';
import { clean } from '../text/clean.js';
import { redact } from '../text/secret.js';
import { exportSelectionOf } from '../tools/export-by-hss.js';
import { indexOf, scopeOf } from '../tools/fields.js';
import { type Gathered, gatherReport, needsUpgrades, type ReportQuery, reportScope } from '../tools/gather-report.js';
import { speak } from '../words/language.js';
import { words } from '../words/words.js';
import { Workspace } from '../workspace/workspace.js';
import { exportByHss } from './export-by-hss.js';
import { print } from './print.js';
import { ProgressLine } from './progress-line.js';
import { OVER_LIMIT, type ReportFlags } from './report-flags.js';
import { scanFirst } from './scan-first.js';
import { Persistence, type Session } from './session.js';
import { personAt } from './terminal.js';

/** What the command ends with: a pipeline tells by it what to do. */
export const EXIT = { done: 0, failed: 1, usage: 2, findings: 3, incomplete: 4 } as const;

/** How long one look lasts, in ms. */
const LOOK_MS = 60_000;

/**
 * Writes one report and says by the exit status what is in it.
 * @returns the exit status, one of {@link EXIT}.
 */
export async function report(flags: ReportFlags, sandbox: SandboxFlags | false): Promise<number> {
  // Notes of a report are said while it is gathered, and belong to its language.
  if (flags.language) speak(flags.language);
  const config = readConfig({ sandbox: sandbox !== false });
  // Each scan request leaves its line; what only reads is silent.
  const log = createLog(config.logLevel === 'info' && !flags.scan ? 'warn' : config.logLevel);
  const workspace = new Workspace(config, log, sandbox);
  const end = new AbortController();
  // Who reads stdout may leave before its end; what is printed tells it then.
  process.stdout.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end.abort());
  try {
    const connected = await workspace.connected();
    const { connection } = connected;
    const limits = () => ({ signal: end.signal, deadline: performance.now() + LOOK_MS });
    const scope = () => scopeOf(flags, { connection, limits: limits() });
    const line = new ProgressLine(process.stderr);
    const { signal } = end;
    const ask = personAt(process, signal);
    const session: Session = { flags, config, workspace, connected, log, line, ask, signal, scope };
    return await runIn(session);
  } catch (error) {
    if (end.signal.aborted) return EXIT.failed;
    if (!(error instanceof Failure)) {
      // Node would print the line that failed, and the program is bundled into very long ones.
      process.stderr.write(`${words().command.failed(clean(String(error), 2_000))}\n`);
      return EXIT.failed;
    }
    process.stderr.write(`${redact(failureLines(error, { acts: flags.scan }).join('\n'))}\n`);
    return error.details.source === 'input' ? EXIT.usage : EXIT.failed;
  } finally {
    await workspace.close();
  }
}

async function runIn(session: Session): Promise<number> {
  const { flags, config, connected, workspace, log } = session;
  const { image_name, host_name, has_container, severity_level, format } = flags;
  const scope = session.scope();
  // Before anything is read: who waits for a report must not learn at its end that it cannot be written.
  const folder = flags.output === undefined || flags.baseline ? await openFolder(config.reportDir) : undefined;
  if (flags.output !== undefined && flags.output !== '-') await openPlace(resolve(flags.output));
  if (format === 'hss') exportSelectionOf(flags, config);
  const filter = { image_name, host_name, has_container };
  if (flags.scan) await scanFirst(filter, session);
  if (format === 'hss') return (await exportByHss(session, folder)) ? EXIT.done : EXIT.incomplete;
  const query: ReportQuery = {
    filter,
    least: severity_level ?? 'Low',
    title: flags.title,
    scope: reportScope(scope, filter),
    sandbox: connected.connection.sandbox,
    upgrades: needsUpgrades(format),
    language: flags.language ?? config.language,
  };
  const { hss, paces } = connected;
  const findings = workspace.keep('findings', () => new FindingsStore(hss, log, paces));
  const gathered = await readWhole(await indexOf(session.scope(), { hss, findings }), query, session);
  const whole = flags.baseline && folder ? await withChanges(gathered.report, folder, flags.baseline) : gathered.report;
  await write(whole, format, folder, session);
  return statusOf(whole, flags);
}

/** Reads until everything is there, or until nothing more comes. A pipeline waits as long as it takes. */
async function readWhole(index: FindingsView, query: ReportQuery, { line, scope }: Session): Promise<Gathered> {
  const persistence = new Persistence(scope);
  try {
    for (;;) {
      const show = (done: number, total: number) => line.show(words().command.reading, done, total);
      const gathered = await gatherReport(index, query, scope(), show);
      const { incomplete, passes } = gathered;
      if (!incomplete || (!passes && incomplete.ready_in === undefined)) return gathered;
      const { read, ready_in: readyIn } = incomplete;
      if (!(await persistence.again({ passes, read, readyIn }))) return gathered;
    }
  } finally {
    line.end();
  }
}

async function write(
  report: Report,
  format: RenderedFormat,
  folder: string | undefined,
  { flags: { output, language }, config, signal }: Session,
): Promise<void> {
  const pieces = (await rendererOf(format))(report, { language: language ?? config.language });
  if (output === '-') return print(pieces);
  const name = reportName(new Date(), EXTENSIONS[format], !report.incomplete);
  const chosen = output === undefined ? join(folder ?? '.', name) : resolve(output);
  const { path } = await writeWhole(chosen, pieces, signal);
  const { images, open, handled } = postureOf(report);
  process.stdout.write(`${redact(words().command.written(sumOf(open), handled, images, path))}\n`);
}

function statusOf(report: Report, { fail_on }: ReportFlags): number {
  const { open } = postureOf(report);
  const isOver = fail_on !== undefined && OVER_LIMIT[fail_on].some((severity) => open[severity] > 0);
  if (isOver) process.stderr.write(`${words().command.over_limit(fail_on)}\n`);
  if (report.incomplete) process.stderr.write(`${words().command.incomplete(report.incomplete)}\n`);
  if (isOver) return EXIT.findings;
  return report.incomplete ? EXIT.incomplete : EXIT.done;
}
