import { REPORT_FORMATS, type ReportFormat } from '../report/formats.js';
import { type ReportSeverity, SEVERITY_ORDER } from '../report/report.js';
import { LANGUAGES, type Language, languageNamed } from '../words/language.js';
import { words } from '../words/words.js';

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
}

/** The flags as `parseArgs` takes them. All of them go with the command alone. */
export const REPORT_OPTIONS = {
  format: { type: 'string' },
  output: { type: 'string' },
  'image-name': { type: 'string' },
  'host-name': { type: 'string' },
  'has-container': { type: 'string' },
  'severity-level': { type: 'string' },
  region: { type: 'string' },
  'enterprise-project-id': { type: 'string' },
  title: { type: 'string' },
  baseline: { type: 'string' },
  lang: { type: 'string' },
  'fail-on': { type: 'string' },
} as const;

type Given = { readonly [K in keyof typeof REPORT_OPTIONS]?: string | undefined };

/** @throws {Error} that says which flag is wrong. */
export function readReportFlags(given: Given): ReportFlags {
  for (const name of Object.keys(REPORT_OPTIONS) as (keyof Given)[]) {
    if (given[name]?.trim() === '') throw new Error(words().usage.empty(`--${name}`));
  }
  const container = oneOf('has-container', given['has-container'], ['true', 'false']);
  return {
    format: oneOf('format', given.format, REPORT_FORMATS) ?? 'markdown',
    output: given.output,
    image_name: given['image-name'],
    host_name: given['host-name'],
    has_container: container && container === 'true',
    severity_level: oneOf('severity-level', given['severity-level'], SEVERITY_ORDER),
    region: given.region,
    enterprise_project_id: given['enterprise-project-id'],
    title: given.title,
    baseline: given.baseline,
    language: oneOf('lang', given.lang && (languageNamed(given.lang) ?? given.lang), LANGUAGES),
    fail_on: oneOf('fail-on', given['fail-on'], ['Critical', 'High']),
  };
}

function oneOf<const T extends string>(name: string, value: string | undefined, values: readonly T[]): T | undefined {
  const found = values.find((each) => each === value);
  if (value !== undefined && found === undefined) throw new Error(words().usage.one_of(`--${name}`, values));
  return found;
}
