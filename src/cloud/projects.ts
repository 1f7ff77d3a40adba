import { z } from 'zod';
import { type CallLimits, CallOver } from '../call/limits.js';
import { contentOf, partOf } from '../call/part.js';
import { SharedTask } from '../call/shared-task.js';
import { badSettings, type Failure } from '../failure.js';
import { canonicalQuery } from '../http/target.js';
import { PROJECT_ID } from '../text/ids.js';
import { words } from '../words/words.js';
import type { CloudApi } from './api.js';
import { failureOfContent, failureOfTime, type OperationInfo } from './failures.js';
import type { ApiRequest, Authenticator } from './request.js';

const LOOK_UP = {
  service: 'IAM',
  repeatability: 'read',
  mostRows: 1_000,
  hint: () => words().identity.set_project_id,
} as const satisfies Partial<OperationInfo>;

/** The projects of the caller. Needs no permission, and is documented to take no name. */
const LIST_AUTH_PROJECTS: OperationInfo = { ...LOOK_UP, name: 'KeystoneListAuthProjects' };
/** All projects, by name. An IAM user needs a permission for it. */
const LIST_PROJECTS: OperationInfo = { ...LOOK_UP, name: 'KeystoneListProjects' };

const PROJECTS = z.object({ projects: z.array(z.looseObject({ id: z.string().regex(PROJECT_ID), name: z.string() })) });
type Project = z.output<typeof PROJECTS>['projects'][number];

/**
 * The project id of each region, looked up once in IAM by the name of the region and kept: among the caller's own
 * projects (KeystoneListAuthProjects), and where these do not tell, among all (KeystoneListProjects). Concurrent calls
 * share one look-up. Nothing is ever created.
 */
export class ProjectDirectory {
  readonly #found = new SharedTask<string>();

  constructor(
    private readonly api: CloudApi,
    private readonly authenticator: Authenticator,
    private readonly endpointOf: (region: string) => string,
  ) {}

  /**
   * @throws {Failure} of source `owner` when IAM knows no such project or may not be asked, of source `passing` when the
   * call is over before it has answered.
   */
  async projectId(region: string, limits: CallLimits): Promise<string> {
    try {
      return await this.#found.get(region, (own) => this.#lookUp(region, own), limits);
    } catch (error) {
      throw error instanceof CallOver ? failureOfTime(LIST_AUTH_PROJECTS, error) : error;
    }
  }

  async #lookUp(region: string, limits: CallLimits): Promise<string> {
    const fromToken = await this.authenticator.projectId?.(region, limits);
    if (fromToken) return fromToken;
    const own = await partOf(this.#named(region, LIST_AUTH_PROJECTS, { path: '/v3/auth/projects', query: '' }, limits));
    if ('failure' in own && !isNotForCaller(own.failure)) throw own.failure;
    const project = contentOf(own) ?? (await this.#amongAll(region, limits, 'value' in own));
    if (project) return project.id;
    throw badSettings(words().identity.no_project(region), words().identity.name_the_project);
  }

  /** @param optional whether the caller's own projects were listed, so that a caller who may not list all lacks nothing. */
  async #amongAll(region: string, limits: CallLimits, optional: boolean): Promise<Project | undefined> {
    const query = canonicalQuery([['name', region]]);
    const all = await partOf(this.#named(region, LIST_PROJECTS, { path: '/v3/projects', query }, limits));
    if ('failure' in all && !(optional && isNotForCaller(all.failure))) throw all.failure;
    return contentOf(all);
  }

  /** @throws {Failure} of source `owner` for several projects of the name. */
  async #named(
    region: string,
    operation: OperationInfo,
    target: Pick<ApiRequest, 'path' | 'query'>,
    limits: CallLimits,
  ): Promise<Project | undefined> {
    const request: ApiRequest = {
      ...target,
      origin: this.endpointOf(region),
      method: 'GET',
      headers: { 'content-type': 'application/json' },
      region,
    };
    const response = await this.api.send(operation, request, limits);
    const parsed = PROJECTS.safeParse(response.json);
    if (!parsed.success) throw failureOfContent(operation, response, words().failures.no_projects);
    const [project, ...others] = parsed.data.projects.filter(({ name }) => name === region);
    if (others.length === 0) return project;
    throw badSettings(words().identity.several_projects(region), words().identity.name_the_project);
  }
}

/**
 * Whether an operation is not there, or not for this caller, so that another may be tried. A signature that the gateway
 * has refused (401) is not tried once more: five of them lock the key.
 */
function isNotForCaller({ details: { status } }: Failure): boolean {
  return status === 403 || status === 404;
}
