import type { Authentication } from './authentication.js';
import type { SandboxCredentials } from './credentials.js';
import { IamError, noSuchApi } from './errors.js';
import { isObject } from './parameters.js';
import { queryPairs, type ReceivedRequest } from './request.js';
import type { Endpoint } from './service.js';
import type { IssuedToken, Tokens } from './tokens.js';

const DOMAIN_ID = 'd0'.repeat(16);
const USER_ID = 'a1'.repeat(16);

/**
 * IAM: the calls that HSS clients need. KeystoneListProjects needs a permission, which can be missing here;
 * KeystoneListAuthProjects lists the projects of the caller and needs none, but can be refused all the same.
 */
export class IamEndpoint implements Endpoint {
  constructor(
    private readonly credentials: SandboxCredentials,
    private readonly authentication: Authentication,
    private readonly tokens: Tokens,
    /** Project ids by region. */
    private readonly projects: ReadonlyMap<string, string>,
    /** Names of the operations that the caller has no permission for. */
    private readonly refused: readonly string[] = [],
  ) {}

  operationOf({ method, target }: ReceivedRequest): string | undefined {
    const [path] = target.split('?', 1);
    if (method === 'GET' && path === '/v3/projects') return 'KeystoneListProjects';
    if (method === 'GET' && path === '/v3/auth/projects') return 'KeystoneListAuthProjects';
    if (method === 'POST' && path === '/v3/auth/tokens') return 'KeystoneCreateUserTokenByPassword';
    return undefined;
  }

  carryOut(request: ReceivedRequest) {
    switch (this.operationOf(request)) {
      case 'KeystoneListProjects':
        return this.#listProjects(request);
      case 'KeystoneListAuthProjects':
        return this.#listAuthProjects(request);
      case 'KeystoneCreateUserTokenByPassword':
        return this.#createToken(request);
      default:
        throw noSuchApi();
    }
  }

  #listProjects(request: ReceivedRequest) {
    this.authentication.check(request);
    this.#checkPermission('KeystoneListProjects');
    const name = queryPairs(request).find(([key]) => key === 'name')?.[1];
    const found = this.#allProjects().filter((project) => name === undefined || project.name === name);
    return { status: 200, body: { projects: found, links: linksTo('/v3/projects') } };
  }

  // No query parameter is documented for it, so a name does not narrow the list.
  #listAuthProjects(request: ReceivedRequest) {
    this.authentication.check(request);
    this.#checkPermission('KeystoneListAuthProjects');
    return { status: 200, body: { projects: this.#allProjects(), links: linksTo('/v3/auth/projects') } };
  }

  #checkPermission(operation: string): void {
    if (!this.refused.includes(operation)) return;
    throw new IamError(403, 'Forbidden', 'You are not authorized to perform the requested action.');
  }

  #allProjects() {
    return [...this.projects].flatMap(([region, id]) => [
      this.#project(id, region),
      // A sub-project, which the exact name of the region must not find.
      this.#project(id.replace(/.{4}$/, 'beef'), `${region}_team`),
    ]);
  }

  #project(id: string, name: string) {
    return { id, name, domain_id: DOMAIN_ID, parent_id: DOMAIN_ID, enabled: true, is_domain: false, description: '' };
  }

  #createToken(request: ReceivedRequest) {
    const { identity, scope } = authOf(request);
    const methods = at(identity, 'methods');
    const user = at(identity, 'password', 'user');
    if (!Array.isArray(methods) || !methods.includes('password') || !isObject(user)) throw badRequest('auth.identity');
    const { iamUser, iamPassword, iamDomain } = this.credentials;
    const known =
      at(user, 'name') === iamUser && at(user, 'password') === iamPassword && at(user, 'domain', 'name') === iamDomain;
    if (!known) throw new IamError(401, 'Unauthorized', 'The username or password is wrong.');
    const region = this.#scopedRegion(at(scope, 'project'));
    const token = this.tokens.issue(region && this.projects.get(region));
    return { status: 201, body: this.#tokenBody(token, region), headers: { 'X-Subject-Token': token.value } };
  }

  #scopedRegion(project: unknown): string | undefined {
    if (project === undefined) return undefined;
    const [id, name] = [at(project, 'id'), at(project, 'name')];
    const found = [...this.projects].find(([region, projectId]) => region === name || projectId === id);
    if (!found) throw badRequest('auth.scope.project');
    return found[0];
  }

  #tokenBody(token: IssuedToken, region: string | undefined) {
    const { iamUser, iamDomain } = this.credentials;
    const domain = { id: DOMAIN_ID, name: iamDomain };
    return {
      token: {
        methods: ['password'],
        issued_at: new Date(token.issuedAt).toISOString(),
        expires_at: new Date(token.expiresAt).toISOString(),
        user: { id: USER_ID, name: iamUser, domain },
        roles: [{ id: '0', name: 'te_admin' }],
        ...(region && { project: { id: token.projectId, name: region, domain } }),
      },
    };
  }
}

function linksTo(self: string) {
  return { self, previous: null, next: null };
}

function authOf(request: ReceivedRequest): { identity: unknown; scope: unknown } {
  try {
    const auth = at(JSON.parse(request.body.toString('utf8')), 'auth');
    return { identity: at(auth, 'identity'), scope: at(auth, 'scope') };
  } catch {
    throw badRequest('the body');
  }
}

function badRequest(what: string): IamError {
  return new IamError(400, 'Bad Request', `Invalid input for ${what}.`);
}

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}
