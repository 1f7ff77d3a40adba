import { z } from 'zod';
import { type CallLimits, CallOver } from '../call/limits.js';
import { SharedTask } from '../call/shared-task.js';
import { badSettings } from '../failure.js';
import { canonicalQuery } from '../http/target.js';
import { PROJECT_ID } from '../text/ids.js';
import { words } from '../words/words.js';
import type { CloudApi } from './api.js';
import { failureOfContent, failureOfTime, type OperationInfo } from './failures.js';
import type { Authenticator } from './request.js';

const LIST_PROJECTS: OperationInfo = {
  service: 'IAM',
  name: 'KeystoneListProjects',
  repeatability: 'read',
  mostRows: 1_000,
  hint: () => words().identity.set_project_id,
};

const PROJECTS = z.object({ projects: z.array(z.looseObject({ id: z.string().regex(PROJECT_ID), name: z.string() })) });

/**
 * The project id of each region, looked up once in IAM by the name of the region (KeystoneListProjects) and kept.
 * Concurrent calls share one look-up. Nothing is ever created.
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
      throw error instanceof CallOver ? failureOfTime(LIST_PROJECTS, error) : error;
    }
  }

  async #lookUp(region: string, limits: CallLimits): Promise<string> {
    const fromToken = await this.authenticator.projectId?.(region, limits);
    if (fromToken) return fromToken;
    const response = await this.api.send(
      LIST_PROJECTS,
      {
        origin: this.endpointOf(region),
        method: 'GET',
        path: '/v3/projects',
        query: canonicalQuery([['name', region]]),
        headers: { 'content-type': 'application/json' },
        region,
      },
      limits,
    );
    const parsed = PROJECTS.safeParse(response.json);
    if (!parsed.success) throw failureOfContent(LIST_PROJECTS, response, words().failures.no_projects);
    const [project, ...others] = parsed.data.projects.filter(({ name }) => name === region);
    if (!project || others.length > 0) {
      const say = words().identity;
      throw badSettings(project ? say.several_projects(region) : say.no_project(region), say.name_the_project);
    }
    return project.id;
  }
}
