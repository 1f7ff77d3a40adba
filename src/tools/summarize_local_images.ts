import { z } from 'zod';
import type { CallLimits } from '../call/limits.js';
import { beside, handledFindings } from '../findings/beside.js';
import { fitsFilter, matching, namesOfHosts, readForFilter } from '../findings/chosen-images.js';
import { type Completeness, orFailure } from '../findings/completeness.js';
import { readAmong } from '../findings/counts.js';
import type { FindingsView } from '../findings/findings-index.js';
import {
  COUNTED,
  GROUP_BY,
  GROUP_SORT,
  type Group,
  type GroupBy,
  groupImages,
  imagesOfGroups,
  NO_FINDING,
  sortGroups,
} from '../findings/groups.js';
import type { Fits } from '../findings/image-table.js';
import { namesOf, readHosts } from '../findings/named-hosts.js';
import { atLeast } from '../findings/vulnerability-table.js';
import { SEVERITIES, type Severity } from '../hss/models.js';
import { asOf, incompleteOf, severitiesTo } from '../present/completeness.js';
import { groupColumns } from '../present/group.js';
import { handledNote } from '../present/notes.js';
import { PAGE_FIELDS } from '../present/result.js';
import { tableOf } from '../present/table.js';
import { words } from '../words/words.js';
import { chosenOf, indexOf, pageFields, scopeFields, selectionField, text } from './fields.js';
import { defineTool } from './tool.js';

const input = z.strictObject({
  group_by: z.enum(GROUP_BY).describe('severity_level: worst open finding of an image.'),
  image_name: text(512).optional().describe('Part of the image name, case-sensitive.'),
  host_name: text(256).optional().describe('Part of a host name, case-sensitive.'),
  has_container: z.boolean().optional().describe('Whether containers run from the image.'),
  severity_level: z
    .enum(SEVERITIES)
    .optional()
    .describe('Has an open finding at least this severe; vulnerability groups: is so.'),
  sort_by: z.enum(GROUP_SORT).optional().describe('Most first. Default critical; images for states and reasons.'),
  include: z
    .array(z.enum(['hosts']))
    .optional()
    .describe('hosts: names of the hosts of each group.'),
  selection_id: selectionField,
  ...scopeFields,
  ...pageFields,
});

const output = {
  groups: z.array(z.looseObject({})),
  ...PAGE_FIELDS,
  images: z.int().optional().describe('Images that match, each once.'),
  as_of: z.string().optional().describe('Age of the oldest part.'),
};

/** Counts local images and their open findings in groups, out of the index of findings. */
export const summarizeLocalImages = defineTool({
  name: 'summarize_local_images',
  title: 'Summarize local images',
  description:
    'Counts the local images of the whole estate in groups: by scan state, reason of failure, worst severity, image name, ' +
    'version, host or vulnerability. Each group has images, running_images, containers and open findings (critical, high, ' +
    'medium, low: image times vulnerability). Use it for "how many" and "which are worst" instead of paging through lists. ' +
    'Counts that were not read yet are left out, and incomplete says what is missing; the same call later has more.',
  readOnly: true,
  input,
  output,
  example: { group_by: 'scan_status', enterprise_project_id: 'all_granted_eps' },

  async run(arguments_, context) {
    const { group_by: by, severity_level: severity, include = [], offset = 0, limit = 20 } = arguments_;
    const { scope, selection } = chosenOf(arguments_, context);
    const index = await indexOf(scope, context);
    const { image_name, host_name, has_container } = arguments_;
    const filter = { image_name, host_name, has_container, severity_level: severity, among: selection?.images };
    const sortBy = arguments_.sort_by ?? (isOfState(by) ? 'images' : 'critical');
    const depth = severity ?? 'Low';
    const isNeeded = !isOfState(by) || severity !== undefined || sortBy === 'critical' || sortBy === 'vulnerabilities';
    const findings = selection ? { ofImages: selection.images, ofImagesDepth: depth } : { depth };
    // Images and findings come by different operations, each with a limit of its own.
    const [found, needed] = await Promise.all([
      readForFilter(index, filter, scope),
      isNeeded ? index.ask(findings, scope) : undefined,
    ]);
    orFailure(found);
    const read = needed ?? (await index.ask(findings, beside(index, scope)));
    if (by === 'severity_level' || by === 'vulnerability') orFailure(read, depth);
    const isChosen = await fitsFilter(index.store, filter);
    const fits: Fits = (image) => isChosen(image) && (by !== 'scan_failed_desc' || image.row.scan_status === 'failed');
    const joined = by === 'host_name' ? await readHosts(index, matching(index.store, fits), scope) : undefined;
    const all = await groupImages(index.store, by, fits);
    const wantedHosts = by === 'host_name' ? namesOfHosts(index.store, filter, selection?.hostIds) : undefined;
    const groups = sortGroups(all.filter(isWanted(by, depth, wantedHosts)), sortBy);
    const page = groups.slice(offset, offset + limit);
    const hosts =
      include.includes('hosts') && by !== 'host_name' ? await hostsOf(index, by, page, fits, scope) : undefined;
    const shown = await shownDepth(index, fits, read, depth);
    const handled = read.complete ? await handledFindings(index, depth, fits, scope) : undefined;
    const lacks = groups.length > 0 ? 'numbers' : undefined;
    const images = matching(index.store, fits).length;
    return {
      scope,
      summary: words().summary.groups(images, groups.length, by),
      facts: { images, ...asOf(read) },
      tables: [
        tableOf('groups', page, groupColumns(by, shown, hosts && (({ key }) => hosts.names.get(key))), {
          total: groups.length,
          page: { offset, limit },
        }),
      ],
      notes: [
        ...notesOn(by, page, images, found.complete, scope.enterpriseProjectId),
        ...leftOut(shown),
        ...handledNote(handled),
      ],
      next: nextOn(by),
      incomplete:
        incompleteOf(found, { lacks, beyond: isNeeded ? read : undefined }) ??
        // States and reasons are counted without findings: those are left out, and said to be.
        (isNeeded ? incompleteOf(read, { depth, lacks }) : undefined) ??
        (joined && incompleteOf(joined, { lacks: 'hosts' })) ??
        (hosts && incompleteOf(hosts.read, { lacks: 'hosts' })),
    };
  },
});

/** States and reasons are told by the images alone: their findings are not waited for. */
function isOfState(by: GroupBy): boolean {
  return by === 'scan_status' || by === 'scan_failed_desc';
}

/** Whether a group is meant by the filters: an image also stands in groups of other hosts and lesser vulnerabilities. */
function isWanted(by: GroupBy, depth: Severity, hosts: ReadonlySet<string> | undefined): (group: Group) => boolean {
  const severe = severitiesTo(depth);
  if (by === 'vulnerability') return (group) => severe.some((severity) => group[COUNTED[severity]] > 0);
  return ({ key }) => !hosts || hosts.has(key);
}

async function hostsOf(index: FindingsView, by: GroupBy, page: readonly Group[], fits: Fits, scope: CallLimits) {
  const keys = page.map(({ key }) => key);
  const members = await imagesOfGroups(index.store, by, keys, fits);
  const read = await readHosts(index, [...members.values()].flat(), scope);
  return { read, names: new Map(Array.from(members, ([key, images]) => [key, namesOf(index, images)])) };
}

/** How deep counts can be shown: as far as was asked for and read, or as was read before. */
async function shownDepth({ store }: FindingsView, fits: Fits, { complete }: Completeness, depth: Severity) {
  const own = await readAmong(store, fits);
  return complete && (!own || !atLeast(depth, own)) ? depth : own;
}

function leftOut(shown: Severity | undefined): string[] {
  const missing = SEVERITIES.slice(shown ? SEVERITIES.indexOf(shown) + 1 : 0).map((severity) => COUNTED[severity]);
  return missing.length > 0 ? [words().summary.left_out(missing)] : [];
}

function notesOn(
  by: GroupBy,
  page: readonly Group[],
  images: number,
  complete: boolean,
  enterpriseProjectId: string | undefined,
): string[] {
  const { summary } = words();
  const notes: string[] = [];
  if (images === 0 && complete) {
    notes.push(summary.none_match);
    if (enterpriseProjectId === undefined) notes.push(words().notes.looked_in_project_0);
  }
  if (by === 'severity_level' && page.some(({ key }) => key === NO_FINDING)) {
    notes.push(summary.none);
  }
  if (page.some(({ neverScanned }) => neverScanned > 0)) {
    notes.push(summary.never_scanned);
  }
  return notes;
}

function nextOn(by: GroupBy): string {
  const { summary } = words();
  if (by === 'scan_failed_desc') return summary.see_failed;
  return by === 'vulnerability' ? summary.see_vulnerability : summary.see_images;
}
