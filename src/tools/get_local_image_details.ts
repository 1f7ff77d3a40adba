import { z } from 'zod';
import { type Part, partOf } from '../call/part.js';
import type { LocalImage } from '../hss/models.js';
import { findOne } from '../images/find.js';
import { type ImagePart, PARTS, type PartRows, READ } from '../images/parts.js';
import { wasScanned } from '../images/state.js';
import { failureAdvice } from '../present/failed-scans.js';
import { failureText } from '../present/failure.js';
import { findings, IMAGE_DETAIL_COLUMNS, imageNotes } from '../present/image.js';
import { COVERAGE } from '../present/notes.js';
import { plural } from '../present/readable.js';
import { fields, type Table, tableOf } from '../present/table.js';
import { imageInfoFields, scopeFields, scopeOf } from './fields.js';
import { defineTool } from './tool.js';

const USUAL: readonly ImagePart[] = ['packages', 'hosts', 'containers'];

/** Rows shown at most of each part. */
const MOST_SHOWN = 30;

const input = z.strictObject({
  ...imageInfoFields,
  include: z
    .array(z.enum(PARTS))
    .optional()
    .describe(
      'Parts to read: packages (most vulnerabilities first), hosts, containers, baseline. Default all but baseline.',
    ),
  ...scopeFields,
});

const output = {
  image: z.looseObject({ image_id: z.string().optional() }),
  ...Object.fromEntries(PARTS.map((part) => [part, z.array(z.looseObject({})).optional()])),
  total_num: z.looseObject({}).describe('Number of all rows of each part.'),
  failed_parts: z.looseObject({}).optional().describe('Parts that could not be read, and why.'),
  coverage: z.string(),
};

/** Shows one local image: counts, packages, hosts, containers and baseline, read side by side. */
export const getLocalImageDetails = defineTool({
  name: 'get_local_image_details',
  title: 'Get details of a local image',
  description:
    'Shows one local image: state and counts, its packages (those with most vulnerabilities first), the hosts that hold it, ' +
    'and the containers that run from it. Give the identifying fields as list_local_images returned them; image_name lets HSS ' +
    'find it directly. A part that cannot be read says why and does not hide the others.',
  readOnly: true,
  input,
  output,
  example: { image_id: 'ID', image_name: 'registry/org/app', image_version: 'v1', include: ['packages', 'hosts'] },

  async run({ image_id, image_digest, image_name, image_version, include = USUAL, ...rest }, context) {
    const scope = scopeOf(rest, context);
    const image = await findOne(context.hss, { image_id, image_digest, image_name, image_version }, scope);
    const parts = [...new Set(include)];
    const read = await Promise.all(
      parts.map(async (part) => [part, await partOf(READ[part](context.hss, image, scope))] as const),
    );
    const failed = read.flatMap(([part, content]) => ('failure' in content ? [[part, failureText(content)]] : []));
    const totals = read.flatMap(([part, content]) => ('value' in content ? [[part, content.value.total]] : []));
    return {
      scope,
      summary: `One local image: ${findings(image)}.`,
      facts: {
        total_num: Object.fromEntries(totals),
        failed_parts: failed.length > 0 ? Object.fromEntries(failed) : undefined,
        coverage: COVERAGE,
      },
      tables: [
        tableOf('image', [image], IMAGE_DETAIL_COLUMNS, { one: true }),
        ...read.flatMap(([part, content]) => tableOfPart(part, content)),
      ],
      notes: [
        ...failureAdvice([image]),
        ...imageNotes([image]),
        ...read.flatMap(([part, content]) => notesOn(part, content, image)),
      ],
      next: nextStep(image),
    };
  },
});

/** Fields of the rows that are shown, in this order; the others say nothing to a reader. */
const COLUMNS: Readonly<Record<ImagePart, readonly string[]>> = {
  packages: ['app_name', 'app_version', 'app_type', 'vul_num'],
  hosts: ['host_name', 'host_id', 'agent_status', 'private_ip', 'public_ip', 'version'],
  containers: ['container_name', 'container_id', 'pod_name', 'host_name'],
  baseline: ['check_name', 'severity', 'standard', 'check_rule_num', 'failed_rule_num'],
};

function tableOfPart(part: ImagePart, content: Part<PartRows>): Table[] {
  if ('failure' in content) return [];
  const { rows, total } = content.value;
  return [
    tableOf(part, rows.slice(0, MOST_SHOWN), fields(...COLUMNS[part]), { title: `${part}: ${total} in all.`, total }),
  ];
}

function notesOn(part: ImagePart, content: Part<PartRows>, image: LocalImage): string[] {
  if ('failure' in content) return [];
  const { rows, total, failure } = content.value;
  if (total > rows.length) {
    return [`${part}: only ${rows.length} of ${total} were read.${failure ? ` ${failureText({ failure })}` : ''}`];
  }
  if (total > 0) return [];
  if (part === 'baseline') return ['baseline: not covered by a local scan, or no data.'];
  if (part === 'packages')
    return [`packages: ${wasScanned(image) ? 'no data' : 'unknown, because the image was never scanned'}.`];
  return [`${part}: HSS knows none of it.`];
}

function nextStep(image: LocalImage): string {
  if (!wasScanned(image)) return 'Scan it with batch_scan_local_image to learn about its vulnerabilities.';
  if (image.vul_num === 0) return 'Nothing is left to do.';
  const its =
    image.vul_num === undefined
      ? 'its vulnerabilities'
      : `its ${plural(image.vul_num, 'vulnerability', 'vulnerabilities')}`;
  return `To see ${its}, call list_local_image_vulnerabilities with its image_id.`;
}
