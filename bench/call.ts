import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { median, print } from './support/figures.js';
import { StdioClient } from './support/stdio-client.js';

// batch_scan_local_image over stdio against a stand-in for HSS in another process, beside the same POST by bare undici
// (the limit) and by the vendor's Node SDK (its bare ClientBuilder, signing included), in interleaved rounds.
const ROUNDS = 5;
const ROUND_MS = 2_000;
const PROJECT = '0123456789abcdef0123456789abcdef';
const BODY = {
  image_info_list: [
    {
      image_id: 'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b',
      image_name: 'registry/app',
      image_version: 'v1',
      image_digest: `sha256:${'0'.repeat(64)}`,
    },
  ],
  operate_all: false,
};

const standIn = fork(fileURLToPath(new URL('./hss-stand-in.mjs', import.meta.url)));
const [port] = (await once(standIn, 'message')) as [number];
const origin = `http://127.0.0.1:${port}`;
const path = `/v5/${PROJECT}/image/local/batch-scan`;

const dispatcher = new Agent();
const undici = async () => {
  const { body } = await request(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(BODY),
    dispatcher,
  });
  await body.dump();
};

const server = StdioClient.spawn([join(process.cwd(), 'dist', 'index.js')], {
  CLOUD_SDK_AK: 'EXAMPLEAK',
  CLOUD_SDK_SK: 'EXAMPLESK',
  HSS_REGION: 'cn-north-4',
  HSS_PROJECT_ID: PROJECT,
  HSS_ENDPOINT: origin,
});
await server.initialize();
const ours = async () => {
  await server.call('batch_scan_local_image', BODY);
};

interface VendorSdk {
  readonly BasicCredentials: new () => {
    withAk(ak: string): unknown;
    withSk(sk: string): unknown;
    withProjectId(id: string): unknown;
  };
  readonly ClientBuilder: new (
    make: (client: VendorClient) => VendorClient,
  ) => {
    withCredential(credential: unknown): { withEndpoint(endpoint: string): { build(): VendorClient } };
  };
}
interface VendorClient {
  sendRequest(options: object): Promise<unknown>;
}
const load = createRequire(import.meta.url);
const CORE = '@huaweicloud/huaweicloud-sdk-core';
const { ClientBuilder } = load(`${CORE}/ClientBuilder.js`) as Pick<VendorSdk, 'ClientBuilder'>;
const { BasicCredentials } = load(`${CORE}/auth/BasicCredentials.js`) as Pick<VendorSdk, 'BasicCredentials'>;
const credential = new BasicCredentials();
credential.withAk('EXAMPLEAK');
credential.withSk('EXAMPLESK');
credential.withProjectId(PROJECT);
const client = new ClientBuilder((made) => made).withCredential(credential).withEndpoint(origin).build();
const vendor = async () => {
  await client.sendRequest({
    method: 'POST',
    url: '/v5/{project_id}/image/local/batch-scan',
    contentType: 'application/json',
    queryParams: {},
    pathParams: { project_id: PROJECT },
    headers: { region: 'cn-north-4', 'content-type': 'application/json' },
    data: BODY,
  });
};

async function perSecond(call: () => Promise<void>, concurrency: number): Promise<number> {
  const begun = performance.now();
  let calls = 0;
  const worker = async () => {
    while (performance.now() - begun < ROUND_MS) {
      await call();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return calls / ((performance.now() - begun) / 1000);
}

const contestants = {
  'bare undici (limit)': undici,
  'huaweicloud-hss-mcp over stdio': ours,
  "the vendor's Node SDK": vendor,
};
for (const concurrency of [1, 32]) {
  const samples = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
  for (const call of Object.values(contestants)) await perSecond(call, concurrency);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, call] of Object.entries(contestants)) samples.get(name)?.push(await perSecond(call, concurrency));
  }
  // Ratios are taken round by round: the machine is not equally fast in all of them.
  const ratio = (name: string, to: string) =>
    median((samples.get(name) ?? []).map((value, round) => value / (samples.get(to)?.[round] ?? Number.NaN)));
  print(
    `Calls at concurrency ${concurrency}, medians of ${ROUNDS} rounds`,
    ['caller', 'calls a second', 'relative to bare undici', "relative to the vendor's SDK"],
    [...samples].map(([name, values]) => [
      name,
      median(values),
      ratio(name, 'bare undici (limit)'),
      ratio(name, "the vendor's Node SDK"),
    ]),
  );
}

server.kill();
standIn.disconnect();
await dispatcher.close();
