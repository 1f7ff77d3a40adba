import { createRequire } from 'node:module';

interface OfficialRequest {
  readonly endpoint: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly queryParams: Readonly<Record<string, string>>;
  /** Signed as `JSON.stringify` of it. */
  readonly data?: unknown;
}
interface OfficialSigner {
  sign(request: OfficialRequest, credential: { getAk(): string; getSk(): string }): Record<string, string>;
}

const require = createRequire(import.meta.url);
const { AKSKSigner } = require('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js') as {
  AKSKSigner: OfficialSigner;
};

/** The headers that the vendor's own Node SDK sends for a request. */
export function officialSign(request: OfficialRequest, ak: string, sk: string): Record<string, string> {
  return AKSKSigner.sign(request, { getAk: () => ak, getSk: () => sk });
}
