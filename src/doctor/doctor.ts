import { readConfig } from '../config/config.js';
import { clean } from '../text/clean.js';
import { words } from '../words/words.js';
import { type Check, runChecks } from './checks.js';

/** Columns of a terminal that a status and a name take. */
const STATUS_WIDTH = 7;
const NAME_WIDTH = 11;

/**
 * The self-test: checks settings, credentials, clock, endpoint, TLS, proxy, project and permission, and prints for each
 * what was found and what to do. Secrets are masked.
 * @returns the exit status: 0 when all is well.
 */
export async function doctor({ json }: { readonly json: boolean }): Promise<number> {
  // Node would print the line that failed, and the program is bundled into very long ones.
  process.on('uncaughtException', (error: unknown) => {
    process.stderr.write(`${words().doctor.crashed(clean(String(error), 2000))}\n`);
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
  const say = words().doctor;
  const lines = checks.flatMap(({ name, status, found, next }) => [
    `${padded(say.status[status], STATUS_WIDTH)}  ${padded(say.name[name], NAME_WIDTH)}  ${found}`,
    ...(next ? [`${' '.repeat(STATUS_WIDTH + NAME_WIDTH + 4)}-> ${next}`] : []),
  ]);
  return `${lines.join('\n')}\n\n${ok ? say.all_well : say.to_mend}\n`;
}

/** A word in so many columns of a terminal, of which a Chinese character takes two. */
function padded(word: string, columns: number): string {
  const wide = word.match(/\p{Script=Han}/gu)?.length ?? 0;
  return word.padEnd(columns - wide);
}
