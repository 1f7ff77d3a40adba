import { z } from 'zod';
import { handledFindings } from '../findings/beside.js';
import { fitsFilter, readForFilter } from '../findings/chosen-images.js';
import { orFailure } from '../findings/completeness.js';
import { namesOf, readHosts } from '../findings/named-hosts.js';
import { bestUpgrades, RANK_BY } from '../findings/upgrades.js';
import { SEVERITIES } from '../hss/models.js';
import { asOf, incompleteOf } from '../present/completeness.js';
import { handledNote } from '../present/notes.js';
import { tableOf } from '../present/table.js';
import { type Ranked, REBUILD_COLUMNS, removedOf, upgradeColumns } from '../present/upgrade.js';
import { words } from '../words/words.js';
import { chosenOf, indexOf, scopeFields, selectionField } from './fields.js';
import { defineTool } from './tool.js';

/** Image names shown that have something to build anew. */
const MOST_REBUILDS = 15;

const input = z.strictObject({
  severity_level: z.enum(SEVERITIES).optional().describe('Findings of at least this severity count. Default High.'),
  has_container: z.boolean().optional().describe('Whether containers run from the image.'),
  rank_by: z
    .enum(RANK_BY)
    .optional()
    .describe('What counts first. Default containers; findings: worst severity first.'),
  limit: z.int().min(1).max(50).optional().describe('Upgrades to return. Default 5.'),
  include: z
    .array(z.enum(['hosts']))
    .optional()
    .describe('hosts: names of the hosts of each upgrade.'),
  selection_id: selectionField,
  ...scopeFields,
});

const output = {
  upgrades: z.array(z.looseObject({})),
  rebuilds: z.array(z.looseObject({})),
  order: z.string().describe('final, or partial: not everything was read.'),
  as_of: z.string().optional().describe('Age of the oldest part.'),
};

/** The upgrades of packages that remove most open findings (the index of findings, ListVulAffectImageApps). */
export const planLocalImageFixes = defineTool({
  name: 'plan_local_image_fixes',
  title: 'Plan fixes of local images',
  description:
    'Tells which upgrades of packages remove most open vulnerabilities of the whole estate, best first: package, fix in the ' +
    'words of HSS, versions, findings removed, images, running images and containers; cumulative is what an upgrade and those ' +
    'before it remove together. rebuilds turns the same round by image name, with the ranks of its upgrades. Use it for ' +
    '"what to fix first". As long as order is partial the same call later brings more.',
  readOnly: true,
  input,
  output,
  example: { severity_level: 'Critical', has_container: true, rank_by: 'findings', limit: 3 },

  async run(arguments_, context) {
    const { severity_level: severity = 'High', rank_by: rankBy = 'containers', limit = 5, include = [] } = arguments_;
    const { scope, selection } = chosenOf(arguments_, context);
    const index = await indexOf(scope, context);
    const filter = { has_container: arguments_.has_container, among: selection?.images };
    // Who looks for some images has to know them first; else images and findings are read side by side.
    if (selection) orFailure(await readForFilter(index, filter, scope));
    const fits = await fitsFilter(index.store, filter);
    const { plan, completeness } = await bestUpgrades(index, { severity, limit, rankBy, fits }, scope);
    orFailure(completeness, severity);
    const isFinal = completeness.complete && plan.unsettled.length === 0;
    const upgrades = plan.upgrades.map((upgrade, place) => ({ ...upgrade, rank: place + 1 }));
    const hosts = include.includes('hosts')
      ? await readHosts(
          index,
          upgrades.flatMap(({ inImages }) => inImages),
          scope,
        )
      : undefined;
    const handled = isFinal ? await handledFindings(index, severity, fits, scope) : undefined;
    return {
      scope,
      summary: words().plan.summary(upgrades.length, rankBy, isFinal),
      facts: {
        order: isFinal ? 'final' : 'partial',
        ...asOf(completeness),
        open: removedOf(plan.total, severity),
      },
      tables: [
        tableOf(
          'upgrades',
          upgrades,
          upgradeColumns(severity, hosts && ((upgrade) => namesOf(index, upgrade.inImages))),
        ),
        tableOf('rebuilds', plan.rebuilds.slice(0, MOST_REBUILDS), REBUILD_COLUMNS, {
          title: words().plan.rebuilds(plan.rebuilds.length),
          total: plan.rebuilds.length,
        }),
      ],
      notes: [...notesOn(upgrades, isFinal, scope.enterpriseProjectId), ...handledNote(handled)],
      next: nextOn(upgrades),
      incomplete:
        incompleteOf(completeness, { depth: severity, lacks: 'upgrades' }) ??
        (hosts && incompleteOf(hosts, { lacks: 'hosts' })),
    };
  },
});

function notesOn(upgrades: readonly Ranked[], isFinal: boolean, enterpriseProjectId: string | undefined): string[] {
  const { plan } = words();
  const notes: string[] = [];
  if (upgrades.length === 0 && isFinal) {
    notes.push(plan.none_match);
    if (enterpriseProjectId === undefined) notes.push(words().notes.looked_in_project_0);
  }
  const foreign = upgrades.filter(({ fixOfOtherDistribution }) => fixOfOtherDistribution).map(({ rank }) => rank);
  if (foreign.length > 0) notes.push(plan.other_distribution(foreign));
  const unread = upgrades.filter(({ packages }) => packages === undefined).map(({ rank }) => rank);
  if (unread.length > 0) notes.push(plan.packages_unread(unread));
  if (upgrades.length > 0) notes.push(plan.versions_seen);
  return notes;
}

function nextOn(upgrades: readonly Ranked[]): string {
  return upgrades.length === 0 ? words().plan.see_states : words().plan.upgrade;
}
