import {
  AccessKeyAuthenticator,
  type Authenticator,
  NO_AUTHENTICATION,
  TokenAuthenticator,
} from '../auth/access-key.js';
import { EcsAgencyAuthenticator } from '../auth/ecs-agency.js';
import { IamUserAuthenticator } from '../auth/iam-user.js';
import { CloudApi } from '../cloud/api.js';
import { iamEndpoint } from '../cloud/endpoints.js';
import { ProjectDirectory } from '../cloud/projects.js';
import type { Behaviour, Connection } from '../config/config.js';
import { HssClient } from '../hss/client.js';
import { HttpTransport } from '../http/transport.js';
import type { Log } from '../log.js';

/** A client of HSS put together from the settings, and the way to end its connections. */
export interface Connected {
  readonly hss: HssClient;
  readonly connection: Connection;
  close(): Promise<void>;
}

/** Puts transport, authentication and client together. Nothing is sent before the first operation. */
export function connect(connection: Connection, behaviour: Behaviour, log: Log): Connected {
  const transport = transportFor(connection, behaviour);
  const iam = (region: string) => connection.iamEndpoint ?? iamEndpoint(region);
  const api = (authenticator: Authenticator) =>
    new CloudApi(transport, authenticator, { maxRetries: behaviour.maxRetries, log });
  const authenticator = authenticatorOf(connection, transport, () => api(NO_AUTHENTICATION), iam);
  const authenticated = api(authenticator);
  const projects = new ProjectDirectory(authenticated, authenticator, iam);
  return { hss: new HssClient(authenticated, projects, connection), connection, close: () => transport.close() };
}

/** HTTP with the time limit and the proxy of the settings. */
export function transportFor({ proxy }: Connection, { timeoutMs }: Behaviour): HttpTransport {
  return new HttpTransport({
    timeoutMs,
    ...(proxy && { proxy: { url: proxy.url.reveal(), noProxy: proxy.noProxy } }),
  });
}

function authenticatorOf(
  { credentials }: Connection,
  transport: HttpTransport,
  plainApi: () => CloudApi,
  iam: (region: string) => string,
): Authenticator {
  switch (credentials.kind) {
    case 'token':
      return new TokenAuthenticator(credentials.token);
    case 'access-key':
      return new AccessKeyAuthenticator(credentials);
    case 'iam-user':
      return new IamUserAuthenticator(credentials, plainApi(), iam);
    case 'ecs':
      return new EcsAgencyAuthenticator(transport);
  }
}
