import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReceivedRequest } from '../../src/sandbox/request.js';
import { canonicalRequest, parseAuthorization, parseSdkDate, signatureOf } from '../../src/sandbox/signature.js';

const PROJECT = '0123456789abcdef0123456789abcdef';
const SDK_DATE = '20260102T030405Z';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function received(target: string, headers: Record<string, string> = {}, body = '', method = 'GET'): ReceivedRequest {
  return { method, target, headers, body: Buffer.from(body) };
}

const VECTORS = [
  {
    name: 'POST with a body',
    request: received(
      `/v5/${PROJECT}/image/local/batch-scan?enterprise_project_id=all_granted_eps`,
      {
        host: 'hss.cn-north-4.myhuaweicloud.com',
        'content-type': 'application/json',
        'x-project-id': PROJECT,
        region: 'cn-north-4',
        'x-sdk-date': SDK_DATE,
      },
      '{"image_info_list":[{"image_name":"app/web","image_version":"1.0"}],"operate_all":false}',
      'POST',
    ),
    signedHeaders: ['content-type', 'host', 'region', 'x-project-id', 'x-sdk-date'],
    canonicalHash: 'fbc4da784266abf99d382199f063c64a22092b0f1e3fc113c1b19cea1d3a1093',
    signature: '89aa69bcb1f9f5b99ec1cd5ad200ac58c0f6142fc0338f078e011bf62a4ad107',
  },
  {
    name: 'GET with odd characters and a temporary key',
    request: received(
      `/v5/${PROJECT}/image/local-repositories?limit=10&offset=0&image_name=a%20b%2Fc%3Ad~e*&scan_status=`,
      {
        host: 'hss.eu-west-101.myhuaweicloud.eu',
        'content-type': 'application/json',
        'x-project-id': PROJECT,
        'x-sdk-date': SDK_DATE,
        'x-security-token': 'tok',
      },
    ),
    signedHeaders: ['content-type', 'host', 'x-project-id', 'x-sdk-date', 'x-security-token'],
    canonicalHash: '70e568b52c8249eb878b2b530faef4bb47cbf003dd825a7594aa3e4cc489bcfb',
    signature: '641636eb8b9ee75de592bc61fce1289d1c5908b1c5563df5e3b1d14cc88c7831',
  },
];

describe('signature', () => {
  it.each(VECTORS)('gives the documented result: $name', ({ request, signedHeaders, canonicalHash, signature }) => {
    const canonical = canonicalRequest(request, signedHeaders);
    expect(sha256(canonical)).toBe(canonicalHash);
    expect(signatureOf(canonical, SDK_DATE, 'EXAMPLESK')).toBe(signature);
  });

  it.each([
    { what: 'an unreserved character', sent: 'q=A-z_0.9~', canonical: 'q=A-z_0.9~' },
    { what: 'characters that encodeURIComponent leaves', sent: "q=!'()*", canonical: 'q=%21%27%28%29%2A' },
    { what: 'a space', sent: 'q=a%20b', canonical: 'q=a%20b' },
    { what: 'a plus sign, which is no space', sent: 'q=a+b', canonical: 'q=a%2Bb' },
    { what: 'lower-case escapes', sent: 'q=%2f%3a', canonical: 'q=%2F%3A' },
    { what: 'text beyond ASCII', sent: 'q=%E6%8A%A5', canonical: 'q=%E6%8A%A5' },
    { what: 'a broken escape', sent: 'q=100%', canonical: 'q=100%25' },
    { what: 'an equals sign in a value', sent: 'q=a=b', canonical: 'q=a%3Db' },
    { what: 'an empty value', sent: 'q=', canonical: 'q=' },
    { what: 'a name alone', sent: 'q', canonical: 'q=' },
    { what: 'names out of order', sent: 'b=1&B=2&a=3', canonical: 'B=2&a=3&b=1' },
    { what: 'a repeated name', sent: 'a=2&a=10&a=1', canonical: 'a=1&a=10&a=2' },
  ])('makes the canonical query of $what', ({ sent, canonical }) => {
    expect(canonicalRequest(received(`/v5/x?${sent}`), []).split('\n')[2]).toBe(canonical);
  });

  it.each([
    { sent: '/v5/x', canonical: '/v5/x/' },
    { sent: '/v5/x/', canonical: '/v5/x/' },
    { sent: '/v5/a%20b/%2f', canonical: '/v5/a%20b/%2F/' },
    { sent: "/v5/it's|*", canonical: '/v5/it%27s%7C%2A/' },
    { sent: '/', canonical: '/' },
  ])('makes the canonical path of $sent', ({ sent, canonical }) => {
    expect(canonicalRequest(received(sent), []).split('\n')[1]).toBe(canonical);
  });

  it('sorts and trims the signed headers and leaves an empty line behind them', () => {
    const request = received('/', { host: ' h ', 'x-sdk-date': SDK_DATE, other: 'not signed' });
    expect(canonicalRequest(request, ['X-Sdk-Date', 'host']).split('\n').slice(3, 7)).toEqual([
      'host:h',
      `x-sdk-date:${SDK_DATE}`,
      '',
      'host;x-sdk-date',
    ]);
  });

  it('takes the hash of the body from X-Sdk-Content-Sha256 where it is given', () => {
    const request = received('/', { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' }, 'body');
    expect(canonicalRequest(request, []).split('\n').at(-1)).toBe('UNSIGNED-PAYLOAD');
    expect(
      canonicalRequest(received('/', {}, 'body'), [])
        .split('\n')
        .at(-1),
    ).toBe(sha256('body'));
  });

  it('reads a well-formed Authorization header only', () => {
    const header = `SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=${'0f'.repeat(32)}`;
    expect(parseAuthorization(header)).toEqual({
      ak: 'AK',
      signedHeaders: ['host', 'x-sdk-date'],
      signature: '0f'.repeat(32),
    });
    for (const broken of [
      header.replace('SHA256', 'SM3'),
      header.replaceAll(', ', ','),
      header.replace('Access=AK', 'Access='),
      header.replace('0f', '0F'),
      `${header}0`,
      'Bearer token',
      '',
    ]) {
      expect(parseAuthorization(broken), broken).toBeUndefined();
    }
  });

  it('reads an X-Sdk-Date in its one form only', () => {
    expect(parseSdkDate(SDK_DATE)).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
    expect(parseSdkDate('yesterday')).toBeNaN();
    expect(parseSdkDate('20261302T030405Z')).toBeNaN();
    expect(parseSdkDate('2026-01-02T03:04:05Z')).toBeNaN();
  });
});
