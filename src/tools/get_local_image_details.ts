import { z } from 'zod';
import { contentOf, type Part, partOf } from '../call/part.js';
import { beside } from '../findings/beside.js';
import type { Completeness } from '../findings/completeness.js';
import { type CountedImage, countOne } from '../findings/one-image.js';
import type { CallScope } from '../hss/client.js';
import type { LocalImage } from '../hss/models.js';
import { type FailedRules, readFailedRules } from '../images/failed-rules.js';
import { findOne } from '../images/find.js';
import { byScannable } from '../images/host-state.js';
import { type ImagePart, PARTS, type PartRows, READ } from '../images/parts.js';
import { wasScanned } from '../images/state.js';
import { incompleteOf } from '../present/completeness.js';
import { FAILED_RULE_COLUMNS, failedRuleNotes } from '../present/failed-rules.js';
import { failureAdvice } from '../present/failed-scans.js';
import { failureText } from '../present/failure.js';
import { HOST_COLUMNS, hostNotes, type ShownHost } from '../present/host.js';
import { findings, imageDetailColumns, imageNotes } from '../present/image.js';
import { handledNote } from '../present/notes.js';
import { type Column, fields, type Row, type Table, tableOf } from '../present/table.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import { imageInfoFields, indexOf, scopeFields, scopeOf } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

/** What can be included: what is read of the image alone, and its findings, which the index reads. */
const INCLUDED = ['findings', ...PARTS] as const;
type Included = (typeof INCLUDED)[number];
const USUAL: readonly Included[] = ['findings', 'packages', 'hosts', 'containers'];

/** Rows shown at most of each part. */
const MOST_SHOWN = 30;

const input = z.strictObject({
  ...imageInfoFields,
  include: z
    .array(z.enum(INCLUDED))
    .optional()
    .describe('Default all but baseline. packages: most vulnerabilities first.'),
  ...scopeFields,
});

const rows = z.array(z.looseObject({})).optional();
const output = {
  image: z.looseObject({ image_id: z.string().optional() }),
  ...Object.fromEntries(PARTS.map((part) => [part, rows])),
  failed_rules: rows,
  total_num: z.looseObject({}).describe('Number of all rows of each part.'),
  failed_parts: z.looseObject({}).optional().describe('Parts that could not be read, and why.'),
  coverage: z.string(),
};

/** Shows one local image: findings, packages, hosts, containers and baseline, read side by side. */
export const getLocalImageDetails = defineTool({
  name: 'get_local_image_details',
  title: 'Get details of a local image',
  description:
    'Shows one local image: state, findings by severity, its packages, the hosts that hold it and whether they can scan, the ' +
    'containers that run from it, and failed baseline rules with their remedy. Give the identifying fields as ' +
    'list_local_images returned them; image_name lets HSS find it directly. A part that cannot be read says why.',
  readOnly: true,
  input,
  output,
  example: { image_id: 'ID', image_name: 'registry/org/app', image_version: 'v1', include: ['packages', 'hosts'] },

  async run({ image_id, image_digest, image_name, image_version, include = USUAL, ...rest }, context) {
    const scope = scopeOf(rest, context);
    const image = await findOne(context.hss, { image_id, image_digest, image_name, image_version }, scope);
    const asked = new Set(include);
    const parts = PARTS.filter((part) => asked.has(part));
    const [counted, nodes, read] = await Promise.all([
      // Nothing is known of an image that was never scanned.
      asked.has('findings') && wasScanned(image) ? partOf(count(image, scope, context)) : undefined,
      asked.has('hosts') ? partOf(readNodes(scope, context)) : undefined,
      Promise.all(parts.map(async (part) => [part, await partOf(READ[part](context.hss, image, scope))] as const)),
    ]);
    const content = Object.fromEntries(read) as Partial<Record<ImagePart, Part<PartRows>>>;
    const baseline = content.baseline && contentOf(content.baseline);
    const rules = baseline && (await partOf(readFailedRules(context.hss, image, baseline, scope)));
    const failedRules = rules && contentOf(rules);
    const hosts = withNodes(content.hosts, nodes);
    const its = counted && contentOf(counted);
    const failed = failedParts({ ...content, ...partsOfIndex(counted, nodes), ...partsOfRules(rules) });
    const totals = read.flatMap(([part, one]) => ('value' in one ? [[part, one.value.total]] : []));
    return {
      scope,
      summary: words().image.summary(findings(image)),
      facts: {
        total_num: Object.fromEntries([
          ...totals,
          ...(failedRules?.total ? [['failed_rules', failedRules.total]] : []),
        ]),
        failed_parts: failed.length > 0 ? Object.fromEntries(failed) : undefined,
        coverage: words().notes.coverage,
      },
      tables: [
        tableOf('image', [image], imageDetailColumns(its), { one: true }),
        ...read.flatMap(([part, one]) => tableOfPart(part, one, hosts)),
        ...tableOfRules(failedRules),
      ],
      notes: [
        ...failureAdvice([image]),
        ...imageNotes([image]),
        ...(its?.completeness.complete ? handledNote(its.counts.handled) : []),
        ...hostNotes(hosts),
        ...read.flatMap(([part, one]) => notesOn(part, one, image)),
        ...(failedRules ? failedRuleNotes(failedRules) : []),
      ],
      incomplete: incompleteIndex(its, nodes),
      next: nextStep(image, its),
    };
  },
});

async function count(image: LocalImage, scope: CallScope, context: ToolContext): Promise<CountedImage> {
  return countOne(await indexOf(scope, context), image, scope);
}

/** The container hosts, as far as they come without waiting. */
async function readNodes(scope: CallScope, context: ToolContext) {
  const index = await indexOf(scope, context);
  const completeness = await index.ask({ nodes: true, inventory: false }, beside(index, scope, 'ListContainerNodes'));
  return { completeness, node: (hostId: string) => index.store.hosts.node(hostId) };
}
type Nodes = Awaited<ReturnType<typeof readNodes>>;

/** The hosts of an image with their protection, those that cannot scan first. */
function withNodes(hosts: Part<PartRows> | undefined, nodes: Part<Nodes> | undefined): ShownHost[] {
  const known = nodes && contentOf(nodes);
  const joined = ((hosts && contentOf(hosts)?.rows) ?? []).map((host): ShownHost => {
    const node = known?.node(String(host.host_id ?? ''));
    if (!node) return host;
    const { agent_status, host_status, protect_status, protect_interrupt, protect_degradation, degradation_reason } =
      node;
    const state = { host_status, protect_status, protect_interrupt, protect_degradation, degradation_reason };
    return { ...host, ...state, ...(agent_status && { agent_status }) };
  });
  return joined.sort(byScannable);
}

type Parts = Readonly<Record<string, Part<unknown> | undefined>>;

/** Why parts could not be read, by their names. */
function failedParts(parts: Parts): string[][] {
  return Object.entries(parts).flatMap(([name, part]) =>
    part && 'failure' in part ? [[name, failureText(part)]] : [],
  );
}

/** What stands in the way of the index; what only takes time is incomplete and no failure. */
function partsOfIndex(counted: Part<CountedImage> | undefined, nodes: Part<Nodes> | undefined): Parts {
  return { findings: counted && stopped(counted), protection: nodes && stopped(nodes) };
}

function stopped(part: Part<{ readonly completeness: Completeness }>): Part<unknown> {
  const failure = contentOf(part)?.completeness.failure;
  return failure ? { failure } : part;
}

function partsOfRules(rules: Part<FailedRules> | undefined): Parts {
  const read = rules && contentOf(rules);
  const remedy = read?.rules.find(({ detail }) => detail && 'failure' in detail)?.detail;
  return { failed_rules: read?.unread ?? rules, remediation: remedy };
}

/** What of the index is still being read; a failure stands among the failed parts. */
function incompleteIndex(counted: CountedImage | undefined, nodes: Part<Nodes> | undefined) {
  const protection = nodes && contentOf(nodes)?.completeness;
  if (counted && !counted.completeness.failure && !counted.completeness.complete) {
    return incompleteOf(counted.completeness, { depth: 'Low', lacks: 'severities' });
  }
  return protection && !protection.failure ? incompleteOf(protection, { lacks: 'why_hosts' }) : undefined;
}

/** Fields of the rows that are shown, in this order; the others say nothing to a reader. */
const COLUMNS: Readonly<Record<Exclude<ImagePart, 'hosts'>, readonly Column<Row>[]>> = {
  packages: fields('app_name', 'app_version', 'app_type', 'vul_num'),
  containers: fields('container_name', 'container_id', 'pod_name', 'host_name'),
  baseline: fields('check_name', 'severity', 'standard', 'check_rule_num', 'failed_rule_num'),
};

function tableOfPart(part: ImagePart, content: Part<PartRows>, hosts: readonly ShownHost[]): Table[] {
  if ('failure' in content) return [];
  const { rows, total } = content.value;
  const about = { title: words().image.part(part, total), total };
  return part === 'hosts'
    ? [tableOf(part, hosts.slice(0, MOST_SHOWN), HOST_COLUMNS, about)]
    : [tableOf(part, rows.slice(0, MOST_SHOWN), COLUMNS[part], about)];
}

function tableOfRules(failed: FailedRules | undefined): Table[] {
  if (!failed || failed.total === 0) return [];
  const { rules, total } = failed;
  const about = { title: words().image.failed_rules(total), total };
  return [tableOf('failed_rules', rules.slice(0, MOST_SHOWN), FAILED_RULE_COLUMNS, about)];
}

function notesOn(part: ImagePart, content: Part<PartRows>, row: LocalImage): string[] {
  if ('failure' in content) return [];
  const { rows, total, failure } = content.value;
  const { image } = words();
  if (total > rows.length) {
    return [sentences([image.part_read(part, rows.length, total), failure && failureText({ failure })])];
  }
  if (total > 0) return [];
  if (part === 'baseline') return [image.no_baseline];
  if (part === 'packages') return [wasScanned(row) ? image.no_packages : image.packages_unknown];
  return [image.none(part)];
}

function nextStep(row: LocalImage, counted: CountedImage | undefined): string {
  const { image } = words();
  if (!wasScanned(row)) return image.scan_it;
  if (row.vul_num === 0) return counted?.counts.handled ? image.see_handled : image.nothing_left;
  return image.see_vulnerabilities(row.vul_num);
}
