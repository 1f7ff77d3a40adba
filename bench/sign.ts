import { createRequire } from 'node:module';
import { sign } from '../src/auth/signer.js';
import { Secret } from '../src/text/secret.js';
import { median, print } from './support/figures.js';

// Signatures a second, beside the vendor's signer, for the request of the API page's kind.
const ROUNDS = 9;
const PER_ROUND = 10_000;
const DATA = { image_info_list: [{ image_name: 'app/web', image_version: '1.0' }], operate_all: false };
const PATH = '/v5/0123456789abcdef0123456789abcdef/image/local/batch-scan';
const HEADERS = {
  'content-type': 'application/json',
  'X-Project-Id': '0123456789abcdef0123456789abcdef',
  region: 'cn-north-4',
};

const { AKSKSigner } = createRequire(import.meta.url)('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js') as {
  AKSKSigner: { sign(request: object, credential: object): unknown };
};
const key = { ak: new Secret('EXAMPLEAK'), sk: new Secret('EXAMPLESK') };
const credential = { getAk: () => 'EXAMPLEAK', getSk: () => 'EXAMPLESK' };

const signers = {
  'huaweicloud-hss-mcp': () => {
    sign(
      {
        method: 'POST',
        path: PATH,
        query: 'enterprise_project_id=all_granted_eps',
        headers: { ...HEADERS, host: 'h.example' },
        body: JSON.stringify(DATA),
      },
      key,
      new Date(),
    );
  },
  "the vendor's Node signer": () => {
    AKSKSigner.sign(
      {
        endpoint: `https://h.example${PATH}`,
        method: 'POST',
        queryParams: { enterprise_project_id: 'all_granted_eps' },
        headers: { ...HEADERS },
        data: DATA,
      },
      credential,
    );
  },
};

const samples = new Map<string, number[]>(Object.keys(signers).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, signOnce] of Object.entries(signers)) {
    const begun = performance.now();
    for (let index = 0; index < PER_ROUND; index += 1) signOnce();
    samples.get(name)?.push(PER_ROUND / ((performance.now() - begun) / 1000));
  }
}
const official = median(samples.get("the vendor's Node signer") ?? []);
print(
  `Signatures, medians of ${ROUNDS} rounds`,
  ['signer', 'a second', 'microseconds each', 'relative'],
  [...samples].map(([name, values]) => [name, median(values), 1e6 / median(values), median(values) / official]),
);
