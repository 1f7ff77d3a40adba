import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalRequest, sdkDate, sign } from '../../src/auth/signer.js';
import { canonicalQuery, percentEncode } from '../../src/http/target.js';
import { Secret } from '../../src/text/secret.js';

const PROJECT = '0123456789abcdef0123456789abcdef';
const DATE = new Date('2026-01-02T03:04:05Z');
const KEY = { ak: new Secret('EXAMPLEAK'), sk: new Secret('EXAMPLESK') };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('SDK-HMAC-SHA256', () => {
  it('signs a POST with a body (vector 1)', () => {
    const request = {
      method: 'POST',
      path: `/v5/${PROJECT}/image/local/batch-scan`,
      query: 'enterprise_project_id=all_granted_eps',
      headers: {
        host: 'hss.cn-north-4.myhuaweicloud.com',
        'content-type': 'application/json',
        'X-Project-Id': PROJECT,
        region: 'cn-north-4',
      },
      body: '{"image_info_list":[{"image_name":"app/web","image_version":"1.0"}],"operate_all":false}',
    };
    expect(sha256(request.body)).toBe('990b7d494fd0c23807d4761093fddbb11699cfb444215938577f41f1726ef2e2');
    const signed = sign(request, KEY, DATE);
    expect(signed['X-Sdk-Date']).toBe('20260102T030405Z');
    expect(signed.Authorization).toBe(
      'SDK-HMAC-SHA256 Access=EXAMPLEAK, SignedHeaders=content-type;host;region;x-project-id;x-sdk-date, ' +
        'Signature=89aa69bcb1f9f5b99ec1cd5ad200ac58c0f6142fc0338f078e011bf62a4ad107',
    );
    const { text } = canonicalRequest(request, { ...request.headers, 'X-Sdk-Date': sdkDate(DATE) });
    expect(sha256(text)).toBe('fbc4da784266abf99d382199f063c64a22092b0f1e3fc113c1b19cea1d3a1093');
  });

  it('signs a GET with odd characters and a temporary key (vector 2)', () => {
    const query = canonicalQuery([
      ['limit', '10'],
      ['offset', '0'],
      ['image_name', 'a b/c:d~e*'],
      ['scan_status', ''],
    ]);
    expect(query).toBe('image_name=a%20b%2Fc%3Ad~e%2A&limit=10&offset=0&scan_status=');
    const request = {
      method: 'GET',
      path: `/v5/${PROJECT}/image/local-repositories`,
      query,
      headers: {
        host: 'hss.eu-west-101.myhuaweicloud.eu',
        'content-type': 'application/json',
        'X-Project-Id': PROJECT,
      },
    };
    const signed = sign(request, { ...KEY, securityToken: new Secret('tok') }, DATE);
    expect(signed['X-Security-Token']).toBe('tok');
    expect(signed.Authorization).toBe(
      'SDK-HMAC-SHA256 Access=EXAMPLEAK, SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-security-token, ' +
        'Signature=641636eb8b9ee75de592bc61fce1289d1c5908b1c5563df5e3b1d14cc88c7831',
    );
  });
});

describe('where the official Node signer departs from the guide, the guide holds', () => {
  const canonical = ({ path = '/', headers = { host: 'h' } as Record<string, string> }) =>
    canonicalRequest({ method: 'GET', path, query: '', headers }, headers).text.split('\n');

  it('encodes a path once, whether it comes encoded or not', () => {
    expect(canonical({ path: '/a b/c' })[1]).toBe('/a%20b/c/');
    expect(canonical({ path: '/a%20b/c' })[1]).toBe('/a%20b/c/');
  });

  it("encodes ' and | in a path as any other character", () => {
    expect(canonical({ path: "/it's|x" })[1]).toBe('/it%27s%7Cx/');
  });

  it('keeps a bare % and encodes it', () => {
    expect(canonical({ path: '/100%/x' })[1]).toBe('/100%25/x/');
  });

  it('trims header values', () => {
    expect(canonical({ headers: { host: 'h', region: '  cn-north-4 ' } })).toContain('region:cn-north-4');
  });

  it('sorts headers by character code, not by locale', () => {
    expect(canonical({ headers: { 'x-b': '1', x_a: '2', 'x-C': '3' } }).slice(3, 6)).toEqual([
      'x-b:1',
      'x-c:3',
      'x_a:2',
    ]);
  });

  it('sorts query names after they are encoded, then values', () => {
    expect(
      canonicalQuery([
        ['b', '2'],
        ['é', '1'],
        ['z', '1'],
        ['b', '1'],
      ]),
    ).toBe('%C3%A9=1&b=1&b=2&z=1');
  });

  it('puts an empty line between the headers and their names', () => {
    expect(canonical({})).toEqual(['GET', '/', '', 'host:h', '', 'host', sha256('')]);
  });
});

describe('percentEncode', () => {
  it('keeps only unreserved characters', () => {
    expect(percentEncode("AZaz09-_.~!'()*+/ :@")).toBe('AZaz09-_.~%21%27%28%29%2A%2B%2F%20%3A%40');
    expect(percentEncode('报表')).toBe('%E6%8A%A5%E8%A1%A8');
  });

  it('takes a lone surrogate for U+FFFD, as UTF-8 does', () => {
    expect(percentEncode('a\ud800b')).toBe('a%EF%BF%BDb');
  });
});
