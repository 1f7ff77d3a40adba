import { type Part, partOf } from '../call/part.js';
import type { Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImage, Page } from '../hss/models.js';
import { HSS_OPERATIONS, type HssOperationName } from '../hss/operations.js';
import { neededAction } from '../hss/permissions.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';

/** A read that the tools make and that failed. */
export interface RefusedRead {
  readonly name: HssOperationName;
  readonly failure: Failure;
}

/** The reads that the tools make, one request each; those about an image need one. */
export async function refusedReads(
  hss: HssClient,
  image_id: string | undefined,
  scope: CallScope,
): Promise<readonly RefusedRead[]> {
  const page = { offset: 0, limit: 10 };
  const kind = { type: 'linux_vul', handle_status: 'unhandled' } as const;
  const vulnerabilities = hss.listGeneralImageVuls({ ...kind, ...page }, scope);
  const vul_id = await vulnerabilities.then(
    ({ data_list }) => data_list[0]?.vul_id,
    () => undefined,
  );
  const reads: Readonly<Partial<Record<HssOperationName, Promise<unknown> | '' | undefined>>> = {
    ListGeneralImageVuls: vulnerabilities,
    ListVulAffectImages:
      vul_id && hss.listVulAffectImages({ vul_id, type: kind.type, is_handled: false, ...page }, scope),
    ListVulnerabilityCve: vul_id && hss.listVulnerabilityCve(vul_id, page, scope),
    ListGeneralImageVulOperations: vul_id && hss.listGeneralImageVulOperations({ vul_id, ...page }, scope),
    ListImageHandleAffectVulnerabilities:
      image_id && hss.listImageHandleAffectVulnerabilities({ ...kind, image_id_list: [image_id] }, page, scope),
    ListVulAffectImageApps:
      image_id && vul_id && hss.listVulAffectImageApps(image_id, { vul_id, is_handled: false, ...page }, scope),
    ListLocalImageAppInfo: image_id && hss.listLocalImageAppInfo({ image_id, ...page }, scope),
    ListLocalImageHosts: hss.listLocalImageHosts(page, scope),
    ListLocalImageContainers: hss.listLocalImageContainers(page, scope),
    ListContainerNodes: hss.listContainerNodes(page, scope),
    ListImageRiskConfigs: image_id && hss.listImageRiskConfigs({ image_id, ...page }, scope),
  };
  const names = Object.keys(HSS_OPERATIONS) as HssOperationName[];
  const outcomes = await Promise.all(
    names.map(async (name) => ({ name, part: await partOf(reads[name] || Promise.resolve()) })),
  );
  return outcomes.flatMap(({ name, part }) => ('failure' in part ? [{ name, failure: part.failure }] : []));
}

/** What the check of permissions found: which operations were refused, and which actions of IAM these need. */
export function judgePermission(
  images: Part<Page<LocalImage>>,
  others: readonly RefusedRead[],
  enterpriseProject = '0',
): { readonly status: 'ok' | 'failed'; readonly found: string; readonly next?: string } {
  const say = words().permissions;
  const codes = others.map(({ name, failure: { details } }) =>
    say.refused(name, details.code ?? `HTTP ${details.status}`),
  );
  const forbidden = others.filter(({ failure }) => failure.details.forbidden).map(({ name }) => name);
  if ('failure' in images) {
    const { message, details } = images.failure;
    const found = sentences([message, codes.length > 0 && say.nor_allowed(codes)]);
    return { status: 'failed', found, next: sentences([details.next, whatToGive(['ListImageLocal', ...forbidden])]) };
  }
  const listed = images.value.total_num;
  if (codes.length === 0) return { status: 'ok', found: say.all_allowed(listed, enterpriseProject) };
  const next = sentences([say.less, forbidden.length > 0 && whatToGive(forbidden)]);
  return { status: 'failed', found: say.some_refused(listed, enterpriseProject, codes), next };
}

/** The actions that operations need, each with those that need it. */
function whatToGive(refused: readonly HssOperationName[]): string {
  const say = words().permissions;
  const actions = [...new Set(refused.map(neededAction))].map((action) =>
    say.action_for(
      action,
      refused.filter((name) => neededAction(name) === action),
    ),
  );
  return say.give(actions);
}
