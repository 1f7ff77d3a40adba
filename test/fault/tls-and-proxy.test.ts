import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { certificateFor } from '../support/certificate.js';
import { Program, settingsFor } from '../support/program.js';

const HOST = 'hss.test.example';
const SCAN = { image_info_list: [{ image_name: 'nginx' }] };

let sandbox: Sandbox;
let program: Program | undefined;
let folder: string;
const servers: (Server | TlsServer)[] = [];
const sockets = new Set<Socket>();

beforeEach(async () => {
  sandbox = await Sandbox.start();
  folder = await mkdtemp(join(tmpdir(), 'hss-tls-'));
});
afterEach(async () => {
  await program?.end();
  program = undefined;
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of servers.splice(0)) server.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

async function listen(server: Server | TlsServer): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const pipe = (client: Socket, port: number) => {
  const upstream = connect(port, '127.0.0.1');
  sockets.add(upstream);
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
  client.pipe(upstream).pipe(client);
};

/** TLS in front of the sandbox's HSS, for a certificate of the given name. */
async function tlsFront(name: string): Promise<{ port: number; ca: string }> {
  const { key, cert } = await certificateFor(name);
  const hssPort = Number(new URL(sandbox.hssEndpoint('cn-north-4')).port);
  const port = await listen(createTlsServer({ key, cert }, (socket) => pipe(socket, hssPort)));
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, cert);
  return { port, ca };
}

/** A proxy that leads every CONNECT to one port and keeps what it was asked for. */
async function proxyTo(port: number, asked: string[], answer = 'HTTP/1.1 200 OK\r\n\r\n'): Promise<string> {
  const proxy = createHttpServer();
  proxy.on('connect', (request, client: Socket) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    client.write(answer);
    if (answer.startsWith('HTTP/1.1 200')) pipe(client, port);
    else client.end();
  });
  return `http://127.0.0.1:${await listen(proxy)}`;
}

const settings = (over: Record<string, string>) => ({ ...settingsFor(sandbox), HSS_MAX_RETRIES: '0', ...over });

describe('TLS', () => {
  it('refuses a certificate that nobody vouches for, whatever the environment says, and sends nothing', async () => {
    const { port } = await tlsFront('localhost');
    program = await Program.start(
      settings({ HSS_ENDPOINT: `https://localhost:${port}`, NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
    );
    const { text } = await program.call('batch_scan_local_image', SCAN);
    expect(text).toContain('certificate of the server is not trusted');
    expect(text).toContain('NODE_EXTRA_CA_CERTS');
    expect(text).toContain('No scan request was sent');
    expect(sandbox.requests).toHaveLength(0);
  });

  it('refuses a trusted certificate for another name', async () => {
    const { port, ca } = await tlsFront('other.example');
    program = await Program.start(settings({ HSS_ENDPOINT: `https://localhost:${port}`, NODE_EXTRA_CA_CERTS: ca }));
    const { text } = await program.call('batch_scan_local_image', SCAN);
    expect(text).toContain('not trusted');
    expect(text).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(sandbox.requests).toHaveLength(0);
  });

  it('takes a private authority from NODE_EXTRA_CA_CERTS', async () => {
    const { port, ca } = await tlsFront('localhost');
    program = await Program.start(settings({ HSS_ENDPOINT: `https://localhost:${port}`, NODE_EXTRA_CA_CERTS: ca }));
    expect((await program.call('batch_scan_local_image', SCAN)).structured.accepted).toBe(true);
  });
});

describe('a proxy', () => {
  it('carries calls to hosts that are not loopback, verified end to end', async () => {
    const { port, ca } = await tlsFront(HOST);
    const asked: string[] = [];
    const proxy = await proxyTo(port, asked);
    const over = { HSS_ENDPOINT: `https://${HOST}`, HTTPS_PROXY: proxy.replace('//', '//user:EXAMPLEPW@') };
    program = await Program.start(settings({ ...over, NODE_EXTRA_CA_CERTS: ca }));
    expect((await program.call('batch_scan_local_image', SCAN)).structured.accepted).toBe(true);
    expect(asked).toEqual([`CONNECT ${HOST}:443 Basic ${Buffer.from('user:EXAMPLEPW').toString('base64')}`]);

    await program.end();
    program = await Program.start(settings({ ...over, NODE_TLS_REJECT_UNAUTHORIZED: '0' }));
    const { text } = await program.call('batch_scan_local_image', SCAN);
    expect(text).toContain('not trusted');
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it.each(['HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'HTTP/1.1 403 Forbidden\r\n\r\n'])(
    'that answers %j: nothing was sent',
    async (answer) => {
      const asked: string[] = [];
      const proxy = await proxyTo(1, asked, answer);
      program = await Program.start(settings({ HSS_ENDPOINT: `https://${HOST}`, HTTPS_PROXY: proxy }));
      const { text } = await program.call('batch_scan_local_image', SCAN);
      expect(text).toContain('No scan request was sent');
      expect(text).toContain(`Proxy response (${answer.slice(9, 12)})`);
      expect(text).toContain('HTTPS_PROXY');
      expect(asked).toHaveLength(1);
    },
  );

  it('is never used for loopback, nor for hosts in NO_PROXY', async () => {
    const asked: string[] = [];
    const proxy = await proxyTo(1, asked);
    program = await Program.start(settings({ HTTPS_PROXY: proxy }));
    expect((await program.call('list_local_images')).isError).toBeFalsy();
    await program.end();
    program = await Program.start(
      settings({ HSS_ENDPOINT: 'https://hss.invalid', HTTPS_PROXY: proxy, NO_PROXY: '.invalid' }),
    );
    expect((await program.call('list_local_images')).text).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(asked).toHaveLength(0);
  });

  it('of HTTP_PROXY alone is not used: HSS is https', async () => {
    program = await Program.start(settings({ http_proxy: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' }));
    expect((await program.call('list_local_images')).isError).toBeFalsy();
  });
});
