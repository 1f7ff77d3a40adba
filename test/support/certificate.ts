import { generate } from 'selfsigned';

/** A private key and the certificate that belongs to it, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A key and a self-signed certificate for `names`, made now and valid for a day. */
export async function certificateFor(...names: [string, ...string[]]): Promise<Certificate> {
  const pems = await generate([{ name: 'commonName', value: names[0] }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ],
  });
  return { key: pems.private, cert: pems.cert };
}
