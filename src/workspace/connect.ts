import { AccessKeyAuthenticator } from '../auth/access-key.js';
import { EcsAgencyAuthenticator } from '../auth/ecs-agency.js';
import { IamUserAuthenticator } from '../auth/iam-user.js';
import { TokenAuthenticator } from '../auth/token.js';
import type { CallLimits } from '../call/limits.js';
import { CloudApi } from '../cloud/api.js';
import { Paces } from '../cloud/pace.js';
import { ProjectDirectory } from '../cloud/projects.js';
import { type Authenticator, NO_AUTHENTICATION } from '../cloud/request.js';
import type { Behaviour, Connection } from '../config/config.js';
import { HssClient } from '../hss/client.js';
import { HttpTransport } from '../http/transport.js';
import type { Log } from '../log.js';
import { Routes } from './routes.js';

/** A client of HSS put together from the settings, and the way to end its connections. */
export interface Connected {
  readonly hss: HssClient;
  readonly connection: Connection;
  /** How often each operation may be called; shared by all calls of this process. */
  readonly paces: Paces;
  close(): Promise<void>;
}

/** Puts transport, authentication and client together. Nothing is sent before the first operation. */
export function connect(connection: Connection, behaviour: Behaviour, log: Log): Connected {
  const transport = transportFor(connection, behaviour);
  const routes = new Routes(connection);
  const paces = new Paces();
  const { maxRetries } = behaviour;
  const api = (authenticator: Authenticator) =>
    new CloudApi(transport, authenticator, { maxRetries, log, paces, admit: (request) => routes.admit(request) });
  const authenticator = authenticatorOf(connection, transport, () => api(NO_AUTHENTICATION), routes);
  const authenticated = api(authenticator);
  const projects = new ProjectDirectory(authenticated, authenticator, (region) => routes.iam(region));
  const hss = new HssClient(authenticated, {
    hss: (region) => routes.hss(region),
    async projectId(region: string, limits: CallLimits) {
      routes.hss(region);
      if (region === connection.region && connection.projectId) return connection.projectId;
      return projects.projectId(region, limits);
    },
  });
  return { hss, connection, paces, close: () => transport.close() };
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
  routes: Routes,
): Authenticator {
  switch (credentials.kind) {
    case 'token':
      return new TokenAuthenticator(credentials.token);
    case 'access-key':
      return new AccessKeyAuthenticator(credentials);
    case 'iam-user':
      return new IamUserAuthenticator(credentials, plainApi(), (region) => routes.iam(region));
    case 'ecs':
      return new EcsAgencyAuthenticator(transport);
  }
}
