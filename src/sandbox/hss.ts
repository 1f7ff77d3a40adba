import type { Authentication } from './authentication.js';
import type { Choices } from './choices.js';
import {
  accessDenied,
  GatewayError,
  invalidParameter,
  noSuchApi,
  permissionMissing,
  unreadableRequest,
} from './errors.js';
import type { Estate, ImageState } from './estate.js';
import type { Exports } from './exports.js';
import type { Limits } from './limits.js';
import type { Operation } from './operation.js';
import { OPERATIONS } from './operations/catalogue.js';
import { isObject, Parameters } from './parameters.js';
import { pathSegments, queryPairs, type ReceivedRequest } from './request.js';
import { SECOND_ENTERPRISE_PROJECT, type SeedImage } from './seed/images.js';
import type { Endpoint } from './service.js';
import { View } from './view.js';

const ENTERPRISE_PROJECTS = ['0', SECOND_ENTERPRISE_PROJECT];

interface Region {
  readonly id: string;
  readonly projectId: string;
  readonly estate: Estate;
  readonly limits: Limits;
  readonly exports: Exports;
}

/** HSS of one region, behind its API gateway. */
export class HssEndpoint implements Endpoint {
  /** The states that the views are made of, and the views by enterprise project. */
  #seen: readonly ImageState[] = [];
  readonly #views = new Map<string, View>();

  constructor(
    private readonly region: Region,
    private readonly authentication: Authentication,
    private readonly choices: Choices,
  ) {}

  operationOf(request: ReceivedRequest): string | undefined {
    return this.#route(request)?.operation.name;
  }

  carryOut(request: ReceivedRequest): { status: number; body: object | Buffer | undefined } {
    const route = this.#route(request);
    if (!route) throw noSuchApi();
    const { operation, path } = route;
    const user = this.authentication.check(request, this.region.projectId);
    this.region.limits.check(operation.name, user);
    this.#checkProject(request, path.project_id);
    this.#checkRegionHeader(request, operation);
    this.#checkPermission(operation);
    const query = new Parameters(Object.fromEntries(queryPairs(request)), 'text');
    const body = operation.method === 'POST' ? jsonBody(request) : new Parameters({}, 'json');
    const { exports } = this.region;
    const call = {
      view: this.#view(query),
      choices: this.choices,
      exports,
      query,
      body,
      path,
      question: questionOf(request),
    };
    return { status: 200, body: operation.carryOut(call) };
  }

  #route(request: ReceivedRequest): { operation: Operation; path: Record<string, string> } | undefined {
    for (const operation of OPERATIONS) {
      const path = pathOf(operation, request);
      if (path) return { operation, path };
    }
    return undefined;
  }

  // The gateway's code for a project that is not available to the caller, or not in this region.
  #checkProject(request: ReceivedRequest, projectId: string | undefined): void {
    const named = request.headers['x-project-id'] ?? projectId;
    if (projectId !== this.region.projectId || named !== projectId) {
      throw new GatewayError(403, 'APIGW.0310', 'The project is unavailable.');
    }
  }

  // What HSS answers to a wrong region header is not documented; refusing it shows a client's mistake at once.
  #checkRegionHeader(request: ReceivedRequest, operation: Operation): void {
    const { region } = request.headers;
    if (region === undefined && operation.regionRequired) throw invalidParameter('header region is required');
    if (region !== undefined && region !== this.region.id) throw invalidParameter('header region is not this region');
  }

  #checkPermission({ name }: Operation): void {
    const code = this.choices.refused[name];
    if (code === 'HSS.0013') throw permissionMissing();
    if (code !== undefined) throw accessDenied(403);
  }

  #view(query: Parameters): View {
    const project = query.text('enterprise_project_id') ?? '0';
    // A project that the caller has no right in surfaces as "access denied".
    if (project !== 'all_granted_eps' && !ENTERPRISE_PROJECTS.includes(project)) throw accessDenied();
    const { estate } = this.region;
    const states = estate.states();
    if (states !== this.#seen) {
      this.#seen = states;
      this.#views.clear();
    }
    const known = this.#views.get(project);
    if (known) return known;
    const visible = states.filter(({ image }) => isIn(image, project));
    const view = new View(estate, visible);
    this.#views.set(project, view);
    return view;
  }
}

function isIn({ enterprise_project_id }: SeedImage, project: string): boolean {
  return project === 'all_granted_eps' || project === enterprise_project_id;
}

/** The request without the page that it asks for. */
function questionOf(request: ReceivedRequest): string {
  const pairs = queryPairs(request).filter(([name]) => name !== 'offset' && name !== 'limit');
  return JSON.stringify([request.method, pathSegments(request), pairs, request.body.toString('utf8')]);
}

function jsonBody(request: ReceivedRequest): Parameters {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw unreadableRequest();
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    if (isObject(value)) return new Parameters(value, 'json');
  } catch {
    // Said below: not JSON and not an object are the same mistake.
  }
  throw unreadableRequest();
}

function pathOf(operation: Operation, request: ReceivedRequest) {
  if (operation.method !== request.method) return undefined;
  return match(`/v5/{project_id}/${operation.path}`, pathSegments(request));
}

/** The values of the `{...}` segments of `template`, or undefined when `segments` do not fit it. */
function match(template: string, segments: readonly string[]): Record<string, string> | undefined {
  const pattern = template.split('/');
  if (pattern.length !== segments.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name) values[name] = segment;
    else if (part !== segment) return undefined;
  }
  return values;
}
