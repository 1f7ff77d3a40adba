import { createRequire } from 'node:module';
import type tls from 'node:tls';

const module = createRequire(import.meta.url)('node:tls') as typeof tls;

/** Lets this process trust `certificates` as NODE_EXTRA_CA_CERTS would; Node reads that only when a process starts. */
export function trust(...certificates: string[]): void {
  const create = module.createSecureContext;
  module.createSecureContext = (options) => {
    const made = create(options);
    for (const certificate of certificates) made.context.addCACert(certificate);
    return made;
  };
}
