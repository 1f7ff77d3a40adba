import { readConfig } from '../config/config.js';
import { clean } from '../text/clean.js';
import { type Check, runChecks } from './checks.js';

const MARKS: Readonly<Record<Check['status'], string>> = { ok: 'ok     ', failed: 'FAILED ', skipped: 'skipped' };

/**
 * The self-test: checks settings, credentials, clock, endpoint, TLS, proxy, project and permission, and prints for each
 * what was found and what to do. Secrets are masked.
 * @returns the exit status: 0 when all is well.
 */
export async function doctor({ json }: { readonly json: boolean }): Promise<number> {
  // Node would print the line that failed, and the program is bundled into very long ones.
  process.on('uncaughtException', (error: unknown) => {
    process.stderr.write(`doctor failed: ${clean(String(error), 2000)}\n`);
    process.exit(1);
  });
  const checks = (await runChecks(readConfig())).map(printable);
  const ok = checks.every((check) => check.status !== 'failed');
  process.stdout.write(json ? `${JSON.stringify({ ok, checks }, null, 2)}\n` : asText(checks, ok));
  return ok ? 0 : 1;
}

function printable(check: Check): Check {
  const safe = (text: string) => clean(text, 2000);
  return { ...check, found: safe(check.found), ...(check.next && { next: safe(check.next) }) };
}

function asText(checks: readonly Check[], ok: boolean): string {
  const lines = checks.flatMap(({ name, status, found, next }) => [
    `${MARKS[status]}  ${name.padEnd(11)}  ${found}`,
    ...(next ? [`${' '.repeat(22)}-> ${next}`] : []),
  ]);
  return `${lines.join('\n')}\n\n${ok ? 'All is well.' : 'Something has to be mended; see above.'}\n`;
}
