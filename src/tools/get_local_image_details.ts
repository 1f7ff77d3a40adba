import { z } from 'zod';
import { failureText, type Section, section } from '../call/part.js';
import { badInput, Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImage, Page, Paging } from '../hss/models.js';
import { findImages, MOST_ROWS_SEARCHED } from '../images/find.js';
import {
  COVERAGE,
  failureAdvice,
  findings,
  IMAGE_COLUMNS,
  imageLine,
  presentImage,
  wasScanned,
} from '../present/image.js';
import { plural } from '../present/readable.js';
import { fitLists } from '../present/result.js';
import { table } from '../present/table.js';
import { cleanDeep, fence } from '../text/clean.js';
import { imageInfoFields, namesAnImage, scopeFields, scopeOf } from './fields.js';
import { defineTool, type ToolResult } from './tool.js';

const PARTS = ['packages', 'hosts', 'containers', 'baseline'] as const;
type Part = (typeof PARTS)[number];
const USUAL: readonly Part[] = ['packages', 'hosts', 'containers'];

const PAGE = 200;
/** Packages read at most to find those with the most vulnerabilities. */
const MOST_PACKAGES = 1_000;
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

const output = z.looseObject({
  image: z.looseObject({ image_id: z.string().optional() }),
  ...Object.fromEntries(PARTS.map((part) => [part, z.array(z.looseObject({})).optional()])),
  total_num: z.looseObject({}).describe('Number of all rows of each part.'),
  failed_parts: z.looseObject({}).describe('Parts that could not be read, and why.'),
  truncated: z.boolean(),
  region: z.string(),
  enterprise_project_id: z.string(),
  coverage: z.string(),
  notes: z.array(z.string()),
  next: z.string(),
});
type Output = z.input<typeof output>;
type Row = Readonly<Record<string, unknown>>;

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
    const sections = await Promise.all(parts.map((part) => section(READ[part](context.hss, image, scope))));
    return fitLists(MOST_SHOWN, (most) => present(image, parts, sections, scope, most));
  },
});

type Wanted = Pick<z.output<typeof input>, 'image_id' | 'image_digest' | 'image_name' | 'image_version'>;

async function findOne(hss: HssClient, wanted: Wanted, scope: CallScope): Promise<LocalImage> {
  if (!namesAnImage(wanted)) {
    throw badInput(
      'No image is named: image_id, image_digest and image_name are all missing.',
      'Give the identifying fields as list_local_images returned them.',
    );
  }
  const { matches, complete } = await findImages(hss, [wanted], scope);
  const [image, ...others] = matches[0] ?? [];
  if (others.length > 0) {
    throw badInput(
      `${others.length + 1} images match.`,
      'Give image_id and image_digest of one of them, from list_local_images.',
    );
  }
  if (image) return image;
  const where =
    scope.enterpriseProjectId === undefined ? ' HSS looked only in enterprise project 0; try all_granted_eps.' : '';
  throw badInput(
    `No such image in region ${scope.region}.${complete ? '' : ` Only ${MOST_ROWS_SEARCHED} rows were searched.`}${where}`,
    'Give image_name, which HSS can search by, and check the other fields with list_local_images.',
  );
}

type Read = (hss: HssClient, image: LocalImage, scope: CallScope) => Promise<{ rows: readonly Row[]; total: number }>;

const READ: Readonly<Record<Part, Read>> = {
  async packages(hss, image, scope) {
    const list = (paging: Paging) => hss.listLocalImageAppInfo({ image_id: idOf(image), ...paging }, scope);
    const first = await list({ offset: 0, limit: PAGE });
    const rows = [...first.data_list];
    for (let offset = PAGE; offset < Math.min(first.total_num, MOST_PACKAGES); offset += PAGE) {
      rows.push(...(await list({ offset, limit: PAGE })).data_list);
    }
    rows.sort((a, b) => (b.vul_num ?? 0) - (a.vul_num ?? 0));
    return { rows, total: first.total_num };
  },
  hosts: async (hss, image, scope) =>
    whole(await hss.listLocalImageHosts({ ...selectorOf(image), offset: 0, limit: PAGE }, scope)),
  containers: async (hss, image, scope) =>
    whole(await hss.listLocalImageContainers({ ...selectorOf(image), offset: 0, limit: PAGE }, scope)),
  baseline: async (hss, image, scope) =>
    whole(await hss.listImageRiskConfigs({ image_id: idOf(image), offset: 0, limit: PAGE }, scope)),
};

const whole = ({ data_list, total_num }: Pick<Page<Row>, 'data_list' | 'total_num'>) => ({
  rows: data_list,
  total: total_num,
});

/** The id of a row; HSS's answers may lack any field. */
function idOf({ image_id }: LocalImage): string {
  if (image_id) return image_id;
  throw new Failure('HSS gives no image_id for this image.', {
    source: 'passing',
    effect: 'not_sent',
    retry: false,
    next: 'List the image again with list_local_images.',
  });
}

function selectorOf({ image_digest, image_name, image_version }: LocalImage) {
  return { image_digest, image_name, image_version };
}

/** Fields of the rows that are shown, in this order; the others say nothing to a reader. */
const COLUMNS: Readonly<Record<Part, readonly string[]>> = {
  packages: ['app_name', 'app_version', 'app_type', 'vul_num'],
  hosts: ['host_name', 'host_id', 'agent_status', 'private_ip', 'public_ip', 'version'],
  containers: ['container_name', 'container_id', 'pod_name', 'host_name'],
  baseline: ['check_name', 'severity', 'standard', 'check_rule_num', 'failed_rule_num'],
};

function present(
  image: LocalImage,
  parts: readonly Part[],
  sections: readonly Section<{ rows: readonly Row[]; total: number }>[],
  scope: CallScope,
  most: number,
): ToolResult<Output> {
  const shown: Record<string, Row[]> = {};
  const totals: Record<string, number> = {};
  const failed: Record<string, string> = {};
  const text: string[] = [];
  for (const [index, part] of parts.entries()) {
    const result = sections[index];
    if (!result) continue;
    if ('failure' in result) {
      failed[part] = failureText(result);
      text.push(`${part}: ${failed[part]}`);
      continue;
    }
    const rows = result.value.rows.slice(0, most).map((row) => pick(row, COLUMNS[part]));
    shown[part] = rows;
    totals[part] = result.value.total;
    const title = `${part}: ${result.value.total} in all, ${rows.length} shown.`;
    if (result.value.total === 0) text.push(`${title}${emptyNote(part, image)}`);
    text.push(...table(title, COLUMNS[part], rows));
  }
  const notes = [
    ...failureAdvice([image]),
    ...parts.flatMap((part) => (totals[part] === 0 ? [`${part}:${emptyNote(part, image)}`] : [])),
  ];
  const next = nextStep(image);
  return {
    structured: {
      image: presentImage(image),
      ...shown,
      total_num: totals,
      failed_parts: failed,
      truncated: Object.entries(totals).some(([part, total]) => total > (shown[part]?.length ?? 0)),
      region: scope.region,
      enterprise_project_id: scope.enterpriseProjectId ?? '0',
      coverage: COVERAGE,
      notes,
      next,
    },
    text: [
      `One local image in region ${scope.region}: ${findings(image)}.`,
      fence([IMAGE_COLUMNS, imageLine(image)]),
      ...text,
      ...failureAdvice([image]),
      COVERAGE,
      `Next: ${next}`,
    ].join('\n'),
  };
}

function pick(row: Row, columns: readonly string[]): Row {
  return cleanDeep(
    Object.fromEntries(columns.filter((column) => row[column]).map((column) => [column, row[column]])),
    128,
  );
}

function emptyNote(part: Part, image: LocalImage): string {
  if (part === 'baseline') return ' not covered by a local scan, or no data.';
  if (part === 'packages') return wasScanned(image) ? ' no data.' : ' unknown, because the image was never scanned.';
  return ` HSS knows no ${part} of it.`;
}

function nextStep(image: LocalImage): string {
  if (!wasScanned(image)) return 'Scan it with batch_scan_local_image to learn about its vulnerabilities.';
  if ((image.vul_num ?? 0) === 0) return 'Nothing is left to do.';
  const count = plural(image.vul_num ?? 0, 'vulnerability', 'vulnerabilities');
  return `To see its ${count}, call list_local_image_vulnerabilities with its image_id.`;
}
