import { createHash } from 'node:crypto';
import { wordsIn } from '../words/words.js';
import {
  findingKey,
  imageLabel,
  type Renderer,
  type ReportGroup,
  type ReportImage,
  type ReportSeverity,
  type ReportVulnerability,
} from './report.js';
import type { Say } from './said.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const LEVELS: Readonly<Record<ReportSeverity, string>> = {
  Critical: 'error',
  High: 'error',
  Medium: 'warning',
  Low: 'note',
};
/** Scores for what was given none, within the bounds by which code scanning names severities. */
const SCORES: Readonly<Record<ReportSeverity, string>> = { Critical: '9.0', High: '7.0', Medium: '4.0', Low: '1.0' };

/** SARIF 2.1.0: a rule a vulnerability, a result a finding; those that somebody decided about are suppressed. */
export const renderSarif: Renderer = function* (report, { language }) {
  const { report: say } = wordsIn(language);
  const { title, program, generated_at, incomplete, scope } = report;
  yield `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[{"tool":{"driver":{"name":${JSON.stringify(program.name)},`;
  yield `"version":${JSON.stringify(program.version)},"rules":[`;
  yield* separated(report.groups(), ({ vulnerability }) => [ruleOf(vulnerability)]);
  yield `]}},\n"automationDetails":${JSON.stringify({ id: `${program.name}/` })},`;
  const invocation = {
    executionSuccessful: incomplete === undefined,
    endTimeUtc: generated_at,
    ...(incomplete && {
      toolExecutionNotifications: [{ level: 'error', message: { text: say.not_read(incomplete) } }],
    }),
  };
  yield `"invocations":${JSON.stringify([invocation])},"properties":${JSON.stringify({ title, ...scope })},\n"results":[\n`;
  let rule = -1;
  yield* separated(report.groups(), (group) => {
    rule += 1;
    return resultsOf(say, group, rule);
  });
  yield '\n]}]}\n';
};

function* separated(groups: Iterable<ReportGroup>, rowsOf: (group: ReportGroup) => Iterable<object>): Iterable<string> {
  let before = '';
  for (const group of groups) {
    for (const row of rowsOf(group)) {
      yield `${before}${JSON.stringify(row)}`;
      before = ',\n';
    }
  }
}

function ruleOf(vulnerability: ReportVulnerability): object {
  const { vul_id, vul_name, severity_level, max_cvss_score, description, fix, cve_ids } = vulnerability;
  return {
    id: ruleId(vulnerability),
    shortDescription: { text: vul_name || vul_id },
    ...(description && { fullDescription: { text: description } }),
    ...(fix && { help: { text: fix } }),
    defaultConfiguration: { level: LEVELS[severity_level] },
    properties: {
      'security-severity': isScore(max_cvss_score) ? max_cvss_score.toFixed(1) : SCORES[severity_level],
      tags: ['security', ...new Set([severity_level, ...cve_ids])],
    },
  };
}

function* resultsOf(say: Say, { vulnerability, open, handled }: ReportGroup, ruleIndex: number): Iterable<object> {
  for (const image of open) yield resultOf(say, vulnerability, image, ruleIndex);
  for (const image of handled) {
    yield {
      ...resultOf(say, vulnerability, image, ruleIndex),
      suppressions: [{ kind: 'external', status: 'accepted', justification: say.suppressed }],
    };
  }
}

function resultOf(say: Say, vulnerability: ReportVulnerability, image: ReportImage, ruleIndex: number): object {
  const label = imageLabel(image);
  const { severity_level, vul_id, fix } = vulnerability;
  return {
    ruleId: ruleId(vulnerability),
    ruleIndex,
    level: LEVELS[severity_level],
    message: { text: say.finding(severity_level, vul_id, label, fix) },
    locations: [
      {
        // An image is no file; code scanning takes no result without a place in one.
        physicalLocation: { artifactLocation: { uri: placeOf(label) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: label, kind: 'resource' }],
      },
    ],
    partialFingerprints: {
      'finding/v1': createHash('sha256').update(findingKey(vulnerability, image)).digest('hex').slice(0, 32),
    },
    properties: {
      image_id: image.image_id,
      image_digest: image.image_digest,
      containers: image.containers,
      latest_scan_time: image.latest_scan_time,
    },
  };
}

/** HSS tells vulnerabilities apart by kind and id. */
function ruleId({ type, vul_id }: ReportVulnerability): string {
  return `${type}/${vul_id}`;
}

/** A relative path that leads nowhere else, whatever the name is. */
function placeOf(label: string): string {
  const parts = label.split('/').filter((part) => part !== '');
  return parts.map((part) => (/^\.+$/.test(part) ? '_' : encodeURIComponent(part))).join('/') || '_';
}

function isScore(score: number | undefined): score is number {
  return score !== undefined && score >= 0 && score <= 10;
}
