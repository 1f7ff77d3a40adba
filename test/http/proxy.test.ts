import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goesAround } from '../../src/http/proxy.js';
import { HttpFailure, HttpTransport } from '../../src/http/transport.js';
import { Listener } from '../support/listener.js';

describe('NO_PROXY', () => {
  const HSS = 'https://hss.cn-north-4.myhuaweicloud.com';

  it.each([
    '*',
    'example.com,*',
    '* , example.com',
    'hss.cn-north-4.myhuaweicloud.com',
    'HSS.CN-NORTH-4.MYHUAWEICLOUD.COM',
    'myhuaweicloud.com',
    '.myhuaweicloud.com',
    '*.myhuaweicloud.com',
    'example.com, .myhuaweicloud.com',
    'example.com myhuaweicloud.com',
    'myhuaweicloud.com:443',
  ])('%s leads around it', (noProxy) => expect(goesAround(HSS, noProxy)).toBe(true));

  it.each(['', ',', 'example.com', 'huaweicloud.com', 'myhuaweicloud.com:8443', 'com.', '**', '*.com.cn', ':443', '.'])(
    '%j does not',
    (noProxy) => expect(goesAround(HSS, noProxy)).toBe(false),
  );

  it.each([
    ['https://10.1.2.3', '10.0.0.0/8', true],
    ['https://10.1.2.3', '10.1.2.3', true],
    ['https://10.1.2.3:8443', '10.1.2.3:8443', true],
    ['https://10.1.2.3', '11.0.0.0/8', false],
    ['https://10.1.2.3', '10.0.0.0/99', false],
    ['https://10.1.2.3', 'fd00::/8', false],
    ['https://[fd00::1]', 'fd00::/8', true],
    ['https://[fd00::1]', 'fd00::1', true],
    ['https://[fd00::1]', '[fd00::1]', true],
    ['https://[fd00::1]', 'FD00:0:0::0001', true],
    ['https://[fd00::1]', '[fd00:0::1]:443', true],
    ['https://[fd00::1]', 'fd00::2', false],
    ['https://[fd00::1]:8443', '[fd00::1]:8443', true],
    ['https://[fd00::1]', '[fd00::1]:8443', false],
    ['https://hss.example.com', '10.0.0.0/8', false],
  ])('%s with %s: %s', (origin, noProxy, around) => expect(goesAround(origin, noProxy)).toBe(around));

  it.each([
    '127.0.0.1',
    '127.0.0.9',
    '127.255.255.254',
    '127.1',
    'localhost',
    'LOCALHOST',
    'localhost.',
    '[::1]',
    '[0:0::1]',
    '[::ffff:127.0.0.9]',
  ])('%s never goes through a proxy', (host) => {
    for (const scheme of ['http', 'https']) expect(goesAround(`${scheme}://${host}:9`, '')).toBe(true);
  });
});

it.each(['127.0.0.1.example.com', 'localhost.example.com', 'notlocalhost', '128.0.0.1', '[::2]', '[::ffff:128.0.0.1]'])(
  '%s is not this machine',
  (host) => expect(goesAround(`https://${host}`, '')).toBe(false),
);

describe('the metadata service of an ECS, which gives out keys in plain http', () => {
  it.each(['', 'example.com'])('never goes through a proxy, with NO_PROXY %j', (noProxy) => {
    expect(goesAround('http://169.254.169.254', noProxy)).toBe(true);
  });
});

describe('the password of a proxy', () => {
  const asked: (string | undefined)[] = [];
  const proxy = new Listener(
    createServer().on('connect', (request, socket) => {
      asked.push(request.headers['proxy-authorization']);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    }),
  );
  let port: number;
  beforeAll(async () => {
    port = await proxy.open();
  });
  afterAll(() => proxy.close());

  it.each([
    ['user:100%@', 'user:100%'],
    ['user:%zz@', 'user:%zz'],
    ['user:p%40ss%2F@', 'user:p@ss/'],
    ['us%65r:%E5%AF%86@', 'user:密'],
    ['', undefined],
  ])('%j is sent as it was meant', async (userinfo, meant) => {
    const transport = new HttpTransport({
      timeoutMs: 2_000,
      proxy: { url: `http://${userinfo}127.0.0.1:${port}`, noProxy: '' },
    });
    const limits = { signal: new AbortController().signal, deadline: performance.now() + 5_000 };
    const request = { origin: 'https://hss.example.com', method: 'GET', target: '/', headers: {} } as const;
    const failure = await transport.exchange(request, limits).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HttpFailure);
    expect(failure).toMatchObject({ kind: 'proxy', started: false });
    expect(asked.at(-1)).toBe(meant && `Basic ${Buffer.from(meant).toString('base64')}`);
    await transport.close();
  });
});
