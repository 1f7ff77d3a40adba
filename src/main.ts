import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { type GivenFlags, REPORT_OPTIONS } from './command/report-options.js';
import { timeZoneOf, useTimeZone } from './text/zone.js';
import { VERSION } from './version.js';
import { wordsAtStart } from './words/at-start.js';
import { languageOf, speak } from './words/language.js';

// stdout carries protocol messages only; what any library prints goes to stderr.
globalThis.console = new Console(process.stderr, process.stderr);
speak(languageOf(process.env));
useTimeZone(timeZoneOf(process.env));

const OPTIONS = {
  sandbox: { type: 'boolean', default: false },
  images: { type: 'string' },
  limits: { type: 'string' },
  json: { type: 'boolean', default: false },
  ...REPORT_OPTIONS,
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const help = () => wordsAtStart().help.text(VERSION);

function refuse(why: string): never {
  process.stderr.write(`${why}\n\n${help()}`);
  process.exit(2);
}

function readArgs() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return refuse(wrongOption(error));
  }
}

/** What Node says of a command line that it cannot read, which is English, as the language that is spoken says it. */
function wrongOption(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const option = /'(-[^'\s=]+)/.exec(said)?.[1] ?? '';
  const say = wordsAtStart().usage;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return say.unknown_option(option, said);
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return say.unreadable(said);
  const { type } = { type: undefined, ...Object.entries(OPTIONS).find(([name]) => `--${name}` === option)?.[1] };
  return type === 'boolean' ? say.takes_no_value(option, said) : say.lacks_value(option, said);
}

async function readSandbox(given: { sandbox: boolean; images?: string; limits?: string }) {
  if (given.sandbox) {
    const { readSandboxFlags, WrongFlag } = await import('./sandbox/flags.js');
    try {
      return readSandboxFlags(given);
    } catch (error) {
      if (!(error instanceof WrongFlag)) throw error;
      const { flag, right } = error;
      const say = wordsAtStart().usage;
      return refuse(
        'values' in right ? say.must_be_one_of(flag, right.values) : say.whole_number(flag, right.most, right.example),
      );
    }
  }
  if (given.images !== undefined || given.limits !== undefined) return refuse(wordsAtStart().usage.sandbox_flags);
  return false;
}

async function readFlags(given: GivenFlags) {
  const { readReportFlags } = await import('./command/report-flags.js');
  try {
    return readReportFlags(given);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { values, positionals } = readArgs();
const [command, ...others] = positionals;
if (others.length > 0 || (command !== undefined && command !== 'doctor' && command !== 'report'))
  refuse(wordsAtStart().usage.unknown_command(positionals.join(' ')));
const misplaced = Object.keys(REPORT_OPTIONS).find((name) => name in values);
if (misplaced !== undefined && command !== 'report') refuse(wordsAtStart().usage.goes_with(`--${misplaced}`, 'report'));
if (values.help) process.stdout.write(help());
else if (values.version) process.stdout.write(`${VERSION}\n`);
else if (command === 'doctor') {
  if (values.sandbox) refuse(wordsAtStart().usage.doctor_needs_account);
  const { doctor } = await import('./doctor/doctor.js');
  process.exitCode = await doctor({ json: values.json });
} else if (command === 'report') {
  if (values.json) refuse(wordsAtStart().usage.goes_with('--json', 'doctor'));
  const flags = await readFlags(values);
  const { report } = await import('./command/report.js');
  process.exitCode = await report(flags, await readSandbox(values));
} else {
  if (values.json) refuse(wordsAtStart().usage.goes_with('--json', 'doctor'));
  const { serve } = await import('./mcp/serve.js');
  await serve({ sandbox: await readSandbox(values) });
}
