import { iamEndpoint } from '../cloud/endpoints.js';
import type { ApiRequest } from '../cloud/request.js';
import type { Connection } from '../config/config.js';
import { badInput, type Failure } from '../failure.js';
import { HSS_REGIONS, hssEndpoint } from '../hss/regions.js';
import { quoted } from '../text/clean.js';
import { nearest } from '../text/did-you-mean.js';
import { words } from '../words/words.js';

/**
 * Where the calls of a region go, and whether these credentials may go there at all. A caller chooses a region, so this
 * is the gate before every request: an access key only signs, and may do so for every region that is known to have HSS;
 * a token, a password and the security token of a temporary key are sent themselves, and leave only for the region of
 * the settings, or for one that the settings give an endpoint.
 */
export class Routes {
  constructor(private readonly settings: Connection) {}

  /** Origin of HSS. @throws {Failure} of source `input` for a region that the settings do not reach. */
  hss(region: string): string {
    this.#admitRegion(region);
    const { regionEndpoints, hssEndpoint: fixed, region: home } = this.settings;
    const own = regionEndpoints[region];
    if (own) return own;
    if (!fixed) return hssEndpoint(region);
    if (region === home) return fixed;
    throw unreachable(region, words().places.endpoint_fixed(home));
  }

  /** Origin of IAM. @throws {Failure} as {@link hss}. */
  iam(region: string): string {
    this.hss(region);
    return this.settings.iamEndpoint ?? iamEndpoint(region);
  }

  /** The gate of every request. @throws {Failure} of source `input` for what these credentials must not reach. */
  admit({ origin, region }: Pick<ApiRequest, 'origin' | 'region'>): void {
    if (origin !== this.hss(region) && origin !== this.iam(region)) {
      throw new TypeError(`${origin} is neither HSS nor IAM of ${region}`);
    }
  }

  #admitRegion(region: string): void {
    const { region: home, regionEndpoints } = this.settings;
    if (region === home || Object.hasOwn(regionEndpoints, region)) return;
    if (!HSS_REGIONS.includes(region)) throw unknownRegion(region);
    const why = this.#boundTo(home);
    if (why) throw unreachable(region, why);
  }

  /** Why the credentials stay in the region of the settings; undefined when they only sign. */
  #boundTo(home: string): string | undefined {
    const { credentials } = this.settings;
    const say = words().places;
    switch (credentials.kind) {
      case 'token':
        return say.token_bound(home);
      case 'iam-user':
        return say.password_bound(home);
      case 'ecs':
        return say.agency_bound(home);
      case 'access-key':
        return credentials.securityToken && say.key_bound(home);
    }
  }
}

function unknownRegion(region: string): Failure {
  const near = nearest(region, HSS_REGIONS, 3);
  const say = words().places;
  return badInput(say.unknown_region(quoted(region, 64)), say.give_region(near, variableOf(region)));
}

function unreachable(region: string, why: string): Failure {
  const say = words().places;
  return badInput(say.unreachable_region(region, why), say.reach_region(variableOf(region)));
}

/** The variable that gives a region its endpoint. What is no region id comes from a caller and is not repeated. */
function variableOf(region: string): string {
  const name = /^[\w-]{1,32}$/.test(region) ? region.toUpperCase().replaceAll('-', '_') : '<REGION>';
  return `HUAWEICLOUD_SDK_REGION_HSS_${name}`;
}
