import type { Behaviour, Connection } from '../config/config.js';
import type { Log } from '../log.js';
import type { SandboxFlags } from '../sandbox/flags.js';
import { Sandbox } from '../sandbox/sandbox.js';
import { Secret } from '../text/secret.js';
import { type Connected, connect } from './connect.js';

const REGIONS = ['cn-north-4', 'eu-west-101'] as const;

/** Starts the embedded HSS and connects to it as to the real one: over HTTP, with signed requests. */
export async function connectSandbox(flags: SandboxFlags, behaviour: Behaviour, log: Log): Promise<Connected> {
  const { limits, images } = flags;
  const sandbox = await Sandbox.start({ regions: REGIONS, limits, ...(images && { estate: { images } }) });
  const { ak, sk } = sandbox.credentials;
  const connection: Connection = {
    credentials: { kind: 'access-key', ak: new Secret(ak), sk: new Secret(sk) },
    region: REGIONS[0],
    regionEndpoints: Object.fromEntries(REGIONS.map((region) => [region, sandbox.hssEndpoint(region)])),
    iamEndpoint: sandbox.iamEndpoint,
    sandbox: true,
  };
  const connected = connect(connection, behaviour, log);
  return {
    ...connected,
    close: async () => {
      await connected.close();
      await sandbox.close();
    },
  };
}
