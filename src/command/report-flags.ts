import { REPORT_FORMATS, type ReportFormat } from '../report/formats.js';
import { type ReportSeverity, SEVERITY_ORDER } from '../report/report.js';
import { readAsMeant } from '../tools/meant.js';
import { LANGUAGES, type Language, languageNamed } from '../words/language.js';
import { words } from '../words/words.js';
import { type GivenFlags, REPORT_OPTIONS } from './report-options.js';

/** What a pipeline can be made to fail on, and the severities that are at least that. */
export const OVER_LIMIT = { Critical: ['Critical'], High: ['Critical', 'High'] } as const;

/** The flags of the command, read. */
export interface ReportFlags {
  readonly format: ReportFormat;
  /** A path, `-` for stdout; absent: a name of ours in the folder of the reports. */
  readonly output?: string | undefined;
  readonly image_name?: string | undefined;
  readonly host_name?: string | undefined;
  readonly has_container?: boolean | undefined;
  readonly severity_level?: ReportSeverity | undefined;
  readonly region?: string | undefined;
  readonly enterprise_project_id?: string | undefined;
  readonly title?: string | undefined;
  readonly baseline?: string | undefined;
  readonly language?: Language | undefined;
  readonly fail_on?: keyof typeof OVER_LIMIT | undefined;
  /** Whether the images are scanned before the report. */
  readonly scan: boolean;
  /** Images that somebody agreed to have scanned. */
  readonly confirm_image_count?: number | undefined;
}

/** Flags that mean nothing where HSS makes the file: it knows no such filter, and nothing of it is read here. */
const NOT_WITH_HSS = ['severity-level', 'host-name', 'title', 'baseline', 'lang', 'fail-on'] as const;

/** @throws {Error} that says which flag is wrong. */
export function readReportFlags(given: GivenFlags): ReportFlags {
  for (const name of Object.keys(REPORT_OPTIONS) as (keyof GivenFlags)[]) {
    const value = given[name];
    if (typeof value === 'string' && value.trim() === '') throw new Error(words().usage.empty(`--${name}`));
  }
  const format = oneOf('format', given.format, REPORT_FORMATS) ?? 'markdown';
  const unknown = format === 'hss' ? NOT_WITH_HSS.filter((name) => given[name] !== undefined) : [];
  if (unknown.length > 0) throw new Error(words().usage.not_with_hss(unknown.map((name) => `--${name}`)));
  const failOn = oneOf('fail-on', meant('severity_level', given['fail-on']), ['Critical', 'High']);
  const least = oneOf('severity-level', meant('severity_level', given['severity-level']), SEVERITY_ORDER);
  // What is not read cannot be found: the gate would be open to it.
  if (failOn === 'High' && least === 'Critical') throw new Error(words().usage.gate_would_be_open);
  const confirmed = given['confirm-image-count'];
  if (confirmed !== undefined && !given.scan)
    throw new Error(words().usage.goes_with('--confirm-image-count', '--scan'));
  if (confirmed !== undefined && !/^\d{1,6}$/.test(confirmed)) throw new Error(words().usage.image_count);
  const container = oneOf('has-container', given['has-container'], ['true', 'false']);
  return {
    format,
    output: given.output,
    image_name: given['image-name'],
    host_name: given['host-name'],
    has_container: container && container === 'true',
    severity_level: least,
    region: meant('region', given.region),
    enterprise_project_id: given['enterprise-project-id'],
    title: given.title,
    baseline: given.baseline,
    language: oneOf('lang', given.lang && (languageNamed(given.lang) ?? given.lang), LANGUAGES),
    fail_on: failOn,
    scan: given.scan === true,
    confirm_image_count: confirmed === undefined ? undefined : Number(confirmed),
  };
}

/**
 * A value as the tools take it: by the words of the console and the names of regions, too.
 * @throws {Error} for a name in Chinese that means none.
 */
function meant(field: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const read = readAsMeant(field, text);
  if ('problem' in read) throw new Error(read.problem);
  return String(read.value);
}

function oneOf<const T extends string>(name: string, value: string | undefined, values: readonly T[]): T | undefined {
  const found = values.find((each) => each === value);
  if (value !== undefined && found === undefined) throw new Error(words().usage.one_of(`--${name}`, values));
  return found;
}
