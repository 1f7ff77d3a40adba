import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLimits } from '../call/limits.js';
import { readConfig } from '../config/config.js';
import { Failure } from '../failure.js';
import type { FindingsView } from '../findings/findings-index.js';
import { FindingsStore } from '../findings/findings-store.js';
import { createLog } from '../log.js';
import { failureLines } from '../present/failure.js';
import { withChanges } from '../report/baseline.js';
import { openFolder } from '../report/folder.js';
import { EXTENSIONS, rendererOf } from '../report/formats.js';
import { postureOf, sumOf } from '../report/posture.js';
import type { Report } from '../report/report.js';
import { reportName, writeWhole } from '../report/write.js';
import type { SandboxFlags } from '../sandbox/flags.js';
import { clean } from '../text/clean.js';
import { redact } from '../text/secret.js';
import { indexOf, scopeOf } from '../tools/fields.js';
import { type Gathered, gatherReport, needsUpgrades, type ReportQuery } from '../tools/gather-report.js';
import type { Language } from '../words/language.js';
import { speak, words } from '../words/words.js';
import { Workspace } from '../workspace/workspace.js';
import { ProgressLine } from './progress-line.js';
import { OVER_LIMIT, type ReportFlags } from './report-flags.js';

/** What the command ends with: a pipeline tells by it what to do. */
export const EXIT = { done: 0, failed: 1, usage: 2, findings: 3, incomplete: 4 } as const;

/** How long one look at the reading lasts, in ms. */
const LOOK_MS = 60_000;
/** So often the reading is tried again while something stands in its way and nothing more comes. */
const MOST_TRIES = 3;
const LONGEST_WAIT_S = 30;

/**
 * Writes one report and says by the exit status what is in it.
 * @returns the exit status, one of {@link EXIT}.
 */
export async function report(flags: ReportFlags, sandbox: SandboxFlags | false): Promise<number> {
  // Notes of a report are said while it is gathered, and belong to its language.
  if (flags.language) speak(flags.language);
  const config = readConfig({ sandbox: sandbox !== false });
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const workspace = new Workspace(config, log, sandbox);
  const end = new AbortController();
  // Who reads stdout may leave before its end; what is printed tells it then.
  process.stdout.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end.abort());
  try {
    const { hss, connection, paces } = await workspace.connected();
    const findings = workspace.keep('findings', () => new FindingsStore(hss, log, paces));
    const limits = () => ({ signal: end.signal, deadline: performance.now() + LOOK_MS });
    const scope = scopeOf(flags, { connection, limits: limits() });
    // Before anything is read: who waits for a report must not learn at its end that it cannot be written.
    const folder = flags.output === undefined || flags.baseline ? await openFolder(config.reportDir) : undefined;
    const { image_name, host_name, has_container, severity_level, format } = flags;
    const language = flags.language ?? config.language;
    const query: ReportQuery = {
      filter: { image_name, host_name, has_container },
      least: severity_level ?? 'Low',
      title: flags.title,
      scope: {
        region: scope.region,
        enterprise_project_id: scope.enterpriseProjectId ?? '0',
        ...(image_name !== undefined && { image_name: clean(image_name) }),
        ...(host_name !== undefined && { host_name: clean(host_name) }),
        ...(has_container !== undefined && { has_container }),
      },
      sandbox: connection.sandbox,
      upgrades: needsUpgrades(format),
      language,
    };
    const index = await indexOf(scope, { hss, findings });
    const gathered = await readWhole(index, query, limits);
    const whole =
      flags.baseline && folder ? await withChanges(gathered.report, folder, flags.baseline) : gathered.report;
    await write(whole, flags, folder, language, end.signal);
    return statusOf(whole, flags);
  } catch (error) {
    if (end.signal.aborted) return EXIT.failed;
    if (!(error instanceof Failure)) {
      // Node would print the line that failed, and the program is bundled into very long ones.
      process.stderr.write(`${words().command.failed(clean(String(error), 2_000))}\n`);
      return EXIT.failed;
    }
    process.stderr.write(`${redact(failureLines(error, { acts: false }).join('\n'))}\n`);
    return error.details.source === 'input' ? EXIT.usage : EXIT.failed;
  } finally {
    await workspace.close();
  }
}

/** Reads until everything is there, or until nothing more comes. A pipeline waits as long as it takes. */
async function readWhole(index: FindingsView, query: ReportQuery, limits: () => CallLimits): Promise<Gathered> {
  const line = new ProgressLine(process.stderr);
  let read = -1;
  let tries = 0;
  for (;;) {
    const gathered = await gatherReport(index, query, limits(), (done, total) => line.show(done, total));
    const { incomplete, passes } = gathered;
    if (!incomplete || (!passes && incomplete.ready_in === undefined)) return line.end(gathered);
    tries = passes || incomplete.read > read ? 0 : tries + 1;
    if (tries >= MOST_TRIES) return line.end(gathered);
    read = incomplete.read;
    if (!passes) await sleep(Math.min(LONGEST_WAIT_S, incomplete.ready_in ?? 1) * 1_000, undefined, limits());
  }
}

async function write(
  report: Report,
  { format, output }: ReportFlags,
  folder: string | undefined,
  language: Language,
  signal: AbortSignal,
): Promise<void> {
  const pieces = (await rendererOf(format))(report, { language });
  if (output === '-') {
    for (const piece of pieces) await printed(piece);
    return;
  }
  const name = reportName(new Date(), EXTENSIONS[format], !report.incomplete);
  const chosen = output === undefined ? join(folder ?? '.', name) : resolve(output);
  const { path } = await writeWhole(join(dirname(chosen), basename(chosen)), pieces, signal);
  const { images, open, handled } = postureOf(report);
  process.stdout.write(`${redact(words().command.written(sumOf(open), handled, images, path))}\n`);
}

function printed(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function statusOf(report: Report, { fail_on }: ReportFlags): number {
  const { open } = postureOf(report);
  const isOver = fail_on !== undefined && OVER_LIMIT[fail_on].some((severity) => open[severity] > 0);
  if (isOver) process.stderr.write(`${words().command.over_limit(fail_on)}\n`);
  if (report.incomplete) process.stderr.write(`${words().command.incomplete(report.incomplete)}\n`);
  if (isOver) return EXIT.findings;
  return report.incomplete ? EXIT.incomplete : EXIT.done;
}
