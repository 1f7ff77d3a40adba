import { z } from 'zod';
import type { CallLimits } from '../call/limits.js';
import { SharedTask } from '../call/shared-task.js';
import type { CloudApi } from '../cloud/api.js';
import { failureOfContent, type OperationInfo } from '../cloud/failures.js';
import type { ApiRequest, Authenticator } from '../cloud/request.js';
import { PROJECT_ID } from '../text/ids.js';
import { Secret } from '../text/secret.js';
import { words } from '../words/words.js';
import { TokenAuthenticator } from './token.js';

const CREATE_TOKEN: OperationInfo = {
  service: 'IAM',
  name: 'KeystoneCreateUserTokenByPassword',
  repeatability: 'read',
  hint: () => words().identity.check_iam_user,
};

/** A token is replaced this long before it expires, so that none expires on its way. */
const EARLY_MS = 5 * 60_000;

const TOKEN = z.object({
  token: z.object({
    expires_at: z.string(),
    project: z
      .object({ id: z.string().regex(PROJECT_ID) })
      .optional()
      .catch(undefined),
  }),
});

interface IamToken {
  readonly value: Secret;
  readonly projectId?: string | undefined;
  /** ms since 1970. */
  readonly expiresAt: number;
}

/** User name, password and account of an IAM user. */
export interface IamUser {
  readonly user: string;
  readonly password: Secret;
  readonly domain: string;
}

/**
 * Fetches a token of the region's project with an IAM user's password (KeystoneCreateUserTokenByPassword) and sends
 * it. It is kept until shortly before it expires and never written anywhere; one fetch serves all concurrent calls.
 */
export class IamUserAuthenticator implements Authenticator {
  readonly #tokens = new SharedTask<IamToken>();

  constructor(
    private readonly user: IamUser,
    /** Calls IAM without authentication: the password in the body is it. */
    private readonly iam: CloudApi,
    private readonly endpointOf: (region: string) => string,
  ) {}

  async authenticate(request: ApiRequest, limits: CallLimits): Promise<Record<string, string>> {
    const { value } = await this.#token(request.region, limits);
    return new TokenAuthenticator(value).authenticate(request);
  }

  renew(request: ApiRequest, refused: Readonly<Record<string, string>>): boolean {
    const used = refused['X-Auth-Token'];
    // Another call may have renewed it meanwhile: then the new one stays.
    this.#tokens.forget(request.region, (token) => token.value.reveal() === used);
    return true;
  }

  async projectId(region: string, limits: CallLimits): Promise<string | undefined> {
    return (await this.#token(region, limits)).projectId;
  }

  async #token(region: string, limits: CallLimits): Promise<IamToken> {
    this.#tokens.forget(region, ({ expiresAt }) => expiresAt - EARLY_MS < Date.now());
    return this.#tokens.get(region, (own) => this.#fetch(region, own), limits);
  }

  async #fetch(region: string, limits: CallLimits): Promise<IamToken> {
    const { user, password, domain } = this.user;
    const identity = {
      methods: ['password'],
      password: { user: { name: user, password: password.reveal(), domain: { name: domain } } },
    };
    const response = await this.iam.send(
      CREATE_TOKEN,
      {
        origin: this.endpointOf(region),
        method: 'POST',
        path: '/v3/auth/tokens',
        query: 'nocatalog=true',
        headers: { 'content-type': 'application/json;charset=utf8' },
        body: JSON.stringify({ auth: { identity, scope: { project: { name: region } } } }),
        region,
      },
      limits,
    );
    const value = response.headers['x-subject-token'];
    const parsed = TOKEN.safeParse(response.json);
    const expiresAt = Date.parse(parsed.data?.token.expires_at ?? '');
    if (!value || Number.isNaN(expiresAt)) throw failureOfContent(CREATE_TOKEN, response, words().failures.no_token);
    return { value: new Secret(value, 'issued'), projectId: parsed.data?.token.project?.id, expiresAt };
  }
}
