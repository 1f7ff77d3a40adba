import { join } from 'node:path';
import { HSS_OPERATIONS } from '../../src/hss/operations.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { StdioClient } from './stdio-client.js';

const PROGRAM = join(process.cwd(), 'dist', 'index.js');
export const REGION = 'cn-north-4';

/** The built program, with an embedded HSS of this process for its account. */
export async function connected(sandbox: Sandbox, env: Readonly<Record<string, string>> = {}): Promise<StdioClient> {
  const client = StdioClient.spawn([PROGRAM], {
    CLOUD_SDK_AK: sandbox.credentials.ak,
    CLOUD_SDK_SK: sandbox.credentials.sk,
    HSS_REGION: REGION,
    HSS_PROJECT_ID: sandbox.projectId(REGION),
    HSS_ENDPOINT: sandbox.hssEndpoint(REGION),
    ...env,
  });
  await client.initialize();
  return client;
}

/** Requests that the embedded HSS has seen so far. */
export function requestsOf(sandbox: Sandbox): number {
  return Object.keys(HSS_OPERATIONS).reduce((sum, operation) => sum + sandbox.count(operation), 0);
}
