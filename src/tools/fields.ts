import { z } from 'zod';
import { badInput } from '../failure.js';
import type { FindingsView } from '../findings/findings-index.js';
import type { CallScope } from '../hss/client.js';
import {
  digestProblem,
  imageIdProblem,
  imageNameProblem,
  nameFilterProblem,
  versionProblem,
} from '../images/naming.js';
import { isBlank, quoted } from '../text/clean.js';
import { NO_VALUE, PROJECT_ID, REGION_ID } from '../text/ids.js';
import { words } from '../words/words.js';
import type { Place } from '../workspace/kept.js';
import type { Scan } from '../workspace/scans.js';
import type { Selection } from '../workspace/selections.js';
import type { ToolContext } from './tool.js';

/** Longest texts that are taken. HSS states no limits for these fields; real values are far shorter. */
const NAME_LENGTH = 512;
const SHORT_LENGTH = 256;

const millis = (meaning: string) => z.int().min(0).optional().describe(`${meaning}, ms since 1970 (13 digits).`);

/** What is wrong with a text, as the rest of a sentence that begins with its field; undefined when nothing is. */
type Problem = (text: string) => string | undefined;

/**
 * A text of at most `most` characters that says something. All text arguments are made by this or {@link id}: a blank
 * one would count as given here and as absent there.
 */
export function text(most: number, problem: Problem = () => undefined) {
  // Aborts when it is too long: what follows looks through the text.
  return z
    .string()
    .max(most, { abort: true })
    .check(({ value, issues }) => {
      const message = blankProblem(value) ?? problem(value);
      if (message !== undefined) issues.push({ code: 'custom', input: value, message });
    });
}

/** An id, of whatever: {@link text} that is not the word for a missing value. */
export function id(most: number, problem: Problem = () => undefined) {
  return text(most, (value) => wordProblem(value) ?? problem(value));
}

const blankProblem: Problem = (value) => {
  if (isBlank(value)) return words().naming.blank;
  return value === value.trim() ? undefined : words().naming.white_space(quoted(value));
};

const wordProblem: Problem = (value) => (NO_VALUE.test(value) ? words().naming.no_value(quoted(value)) : undefined);

/** The id of an image, as a field by itself or in an entry. */
export const imageId = id(SHORT_LENGTH, imageIdProblem);

/** The four fields of LocalImageInfo. */
export const imageInfoFields = {
  image_id: imageId.optional().describe('As list_local_images gave it.'),
  image_digest: id(SHORT_LENGTH, digestProblem).optional().describe('sha256: and 64 hex digits.'),
  image_name: id(NAME_LENGTH, imageNameProblem).optional().describe('With registry, without the tag.'),
  image_version: text(SHORT_LENGTH, versionProblem).optional().describe('Tag, e.g. v1 or 1.10.'),
};

/** Filters that BatchScanLocalImage and ListImageLocal share, but for `scan_status`, whose values differ. */
export const filterFields = {
  image_name: text(NAME_LENGTH, nameFilterProblem).optional().describe('Filter: image name.'),
  image_version: text(SHORT_LENGTH, versionProblem).optional().describe('Filter: image version (tag).'),
  local_image_type: z
    .enum(['other_image', 'swr_image'])
    .optional()
    .describe('Filter: swr_image is from SWR, the registry of Huawei Cloud.'),
  image_size: z.int().min(0).optional().describe('Filter: exact image size in bytes.'),
  start_latest_update_time: millis('Filter: created at or after'),
  end_latest_update_time: millis('Filter: created at or before'),
  start_latest_scan_time: millis('Filter: last finished scan at or after'),
  end_latest_scan_time: millis('Filter: last finished scan at or before'),
};

/** Where a call looks: every tool takes these. */
export const scopeFields = {
  enterprise_project_id: id(SHORT_LENGTH)
    .optional()
    .describe('Or all_granted_eps for all. Default: the setting, else 0.'),
  region: id(64).optional().describe('Region id. Default: the setting.'),
};

/** Paging of the lists. A result may show fewer rows than `limit`, so `next_offset` counts those shown. */
export const pageFields = {
  offset: z.int().min(0).max(2_000_000).optional().describe('next_offset of the page before. Default 0.'),
  limit: z.int().min(1).max(200).optional().describe('Rows at most. Default 20.'),
};

/** Region and enterprise project of a call: its arguments, else the settings. */
export function scopeOf(
  input: { readonly region?: string | undefined; readonly enterprise_project_id?: string | undefined },
  { connection, limits }: Pick<ToolContext, 'connection' | 'limits'>,
): CallScope {
  const { naming } = words();
  const region = input.region ?? connection.region;
  if (!REGION_ID.test(region)) throw badInput(naming.no_region(quoted(region)), naming.give_region);
  const enterpriseProjectId = input.enterprise_project_id ?? connection.enterpriseProjectId;
  if (enterpriseProjectId !== undefined && !PROJECT_ID.test(enterpriseProjectId)) {
    throw badInput(naming.no_project(quoted(enterpriseProjectId)), naming.give_project);
  }
  return { ...limits, region, ...(enterpriseProjectId && { enterpriseProjectId }) };
}

/** The set of images that a call names, and where they lie. */
export const selectionField = id(32).optional().describe('Only these images (list_local_images, select).');

/** Region and enterprise project of a call, and its selection where it names one, which brings its own. */
export function chosenOf(
  input: Parameters<typeof scopeOf>[0] & { readonly selection_id?: string | undefined },
  context: ToolContext,
): { readonly scope: CallScope; readonly selection?: Selection } {
  const { selection_id, region, enterprise_project_id } = input;
  if (selection_id === undefined) return { scope: scopeOf(input, context) };
  const asked = { region, enterpriseProjectId: enterprise_project_id };
  const selection = /^scan_\d+$/.test(selection_id)
    ? imagesOf(context.scans.get(selection_id, asked))
    : context.selections.get(selection_id, asked);
  return { scope: scopeOfKept(selection, context), selection };
}

/** Where something lies that an earlier call made. */
export function scopeOfKept({ region, enterpriseProjectId }: Place, context: ToolContext): CallScope {
  return scopeOf({ region, enterprise_project_id: enterpriseProjectId }, context);
}

/** @throws {Failure} of source `input` for a scan whose images HSS chose. */
function imagesOf({ id, parts, region, enterpriseProjectId }: Scan): Selection {
  // Whoever scans them once more is asked as about a filter: the list was not named in this call.
  if (parts)
    return { id, origin: 'filters', images: parts.flatMap(({ images }) => images), region, enterpriseProjectId };
  throw badInput(words().choosing.chosen_by_hss(id), words().choosing.select_images);
}

/** The index of findings of a call's region, project and enterprise project, as it is for the whole call. */
export async function indexOf(
  scope: CallScope,
  { hss, findings }: Pick<ToolContext, 'hss' | 'findings'>,
): Promise<FindingsView> {
  const projectId = await hss.projectId(scope.region, scope);
  return findings.of({ region: scope.region, projectId, enterpriseProjectId: scope.enterpriseProjectId }).open();
}
