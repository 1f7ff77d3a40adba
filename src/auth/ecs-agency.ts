import { z } from 'zod';
import type { CallLimits } from '../call/limits.js';
import { SharedTask } from '../call/shared-task.js';
import { parseObject } from '../cloud/error-body.js';
import type { ApiRequest, Authenticator } from '../cloud/request.js';
import { badSettings } from '../failure.js';
import { HttpFailure, type HttpResponse, type HttpTransport } from '../http/transport.js';
import { Secret } from '../text/secret.js';
import { words } from '../words/words.js';
import { signRequest } from './access-key.js';
import type { SigningKey } from './signer.js';

/** The metadata service of an ECS: link-local, reachable from the machine itself only, and plain http by design. */
const METADATA_ORIGIN = 'http://169.254.169.254';

/** Limit of one request to the metadata service, in ms. */
const LIMIT_MS = 3_000;
/** Temporary keys are replaced this long before they expire. */
const EARLY_MS = 10 * 60_000;
const TOKEN_SECONDS = '21600';
/** Answers of a metadata service that knows no tokens (version 1). */
const NO_TOKENS = [404, 405, 503];

const SECURITY_KEY = z.object({
  credential: z.object({ access: z.string(), secret: z.string(), securitytoken: z.string(), expires_at: z.string() }),
});

interface TemporaryKey extends SigningKey {
  /** ms since 1970. */
  readonly expiresAt: number;
}

/**
 * Signs with the temporary key of the agency that is bound to the ECS on which this program runs. The key comes from
 * the metadata service (version 2 with a token, version 1 where it knows none), is kept, and replaced in time.
 */
export class EcsAgencyAuthenticator implements Authenticator {
  readonly #keys = new SharedTask<TemporaryKey>();

  constructor(
    private readonly transport: HttpTransport,
    private readonly origin = METADATA_ORIGIN,
  ) {}

  async authenticate(request: ApiRequest, limits: CallLimits): Promise<Record<string, string>> {
    this.#keys.forget('key', ({ expiresAt }) => expiresAt - EARLY_MS < Date.now());
    return signRequest(request, await this.#keys.get('key', (own) => this.#fetch(own), limits));
  }

  async #fetch(limits: CallLimits): Promise<TemporaryKey> {
    const token = await this.#ask(
      'PUT',
      '/meta-data/latest/api/token',
      { 'X-Metadata-Token-Ttl-Seconds': TOKEN_SECONDS },
      limits,
    );
    if (token.status !== 200 && !NO_TOKENS.includes(token.status))
      throw unusable(words().identity.metadata_answered(token.status));
    const headers: Record<string, string> = token.status === 200 ? { 'X-Metadata-Token': token.body.trim() } : {};
    const answer = await this.#ask('GET', '/openstack/latest/securitykey', headers, limits);
    if (answer.status === 401) throw unusable(words().identity.no_agency);
    const parsed = SECURITY_KEY.safeParse(parseObject(answer.body));
    const expiresAt = Date.parse(parsed.data?.credential.expires_at ?? '');
    if (!parsed.success || Number.isNaN(expiresAt)) throw unusable(words().identity.no_key(answer.status));
    const { access, secret, securitytoken } = parsed.data.credential;
    const issued = (value: string) => new Secret(value, 'issued');
    return { ak: issued(access), sk: issued(secret), securityToken: issued(securitytoken), expiresAt };
  }

  async #ask(
    method: 'GET' | 'PUT',
    target: string,
    headers: Record<string, string>,
    limits: CallLimits,
  ): Promise<HttpResponse> {
    const deadline = Math.min(limits.deadline, performance.now() + LIMIT_MS);
    try {
      return await this.transport.exchange({ origin: this.origin, method, target, headers }, { ...limits, deadline });
    } catch (error) {
      throw error instanceof HttpFailure ? unusable(error.message) : error;
    }
  }
}

function unusable(why: string) {
  const say = words().identity;
  return badSettings(say.no_credentials_of_ecs(why), say.ecs_or_keys);
}
