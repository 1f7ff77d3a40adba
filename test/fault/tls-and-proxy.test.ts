import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { certificateFor } from '../support/certificate.js';
import { Listener, pipeTo } from '../support/listener.js';
import { Program, settingsFor } from '../support/program.js';
import { type Certificates, LATE_MS, Tunnel } from '../support/tunnel.js';
import { certificates } from './world.js';

const HOST = 'hss.test.example';
const SCAN = { image_info_list: [{ image_id: 'nginx' }] };

let made: Certificates;
let folder: string;
let sandbox: Sandbox;
let tunnel: Tunnel;
let program: Program | undefined;

beforeAll(async () => {
  made = await certificates();
  folder = await mkdtemp(join(tmpdir(), 'hss-tls-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  sandbox = await Sandbox.start();
  tunnel = await Tunnel.open(hssPort(), made);
});
afterEach(async () => {
  await program?.end();
  program = undefined;
  await tunnel.close();
  await sandbox.close();
});

const hssPort = () => Number(new URL(sandbox.hssEndpoint('cn-north-4')).port);
const settings = (over: Record<string, string>) => ({ ...settingsFor(sandbox), HSS_MAX_RETRIES: '0', ...over });

async function authority(certificate: string): Promise<string> {
  const file = join(folder, 'ca.pem');
  await writeFile(file, certificate);
  return file;
}

describe('TLS', () => {
  it('takes a private authority from NODE_EXTRA_CA_CERTS, and nothing else, whatever the environment says', async () => {
    const { key, cert } = await certificateFor('localhost');
    const front = new Listener(createTlsServer({ key, cert }, (socket) => pipeTo(hssPort(), socket)) as Server);
    const HSS_ENDPOINT = `https://localhost:${await front.open()}`;
    program = await Program.start(settings({ HSS_ENDPOINT, NODE_TLS_REJECT_UNAUTHORIZED: '0' }));
    const { text } = await program.call('batch_scan_local_image', SCAN);
    expect(text).toContain('certificate of the server is not trusted');
    expect(text).toContain('NODE_EXTRA_CA_CERTS');
    expect(text).toContain('No scan request was sent');
    expect(sandbox.requests).toHaveLength(0);

    await program.end();
    program = await Program.start(settings({ HSS_ENDPOINT, NODE_EXTRA_CA_CERTS: await authority(cert) }));
    expect((await program.call('batch_scan_local_image', SCAN)).structured.accepted).toBe(true);
    await front.close();
  });
});

describe('a proxy', () => {
  it('carries calls to hosts that are not loopback, verified end to end', async () => {
    const over = { HSS_ENDPOINT: `https://${HOST}`, HTTPS_PROXY: `http://user:EXAMPLEPW@127.0.0.1:${tunnel.port}` };
    program = await Program.start(settings({ ...over, NODE_EXTRA_CA_CERTS: await authority(made.right.cert) }));
    expect((await program.call('batch_scan_local_image', SCAN)).structured.accepted).toBe(true);
    expect(tunnel.asked).toEqual([`${HOST}:443 Basic ${Buffer.from('user:EXAMPLEPW').toString('base64')}`]);

    await program.end();
    program = await Program.start(settings({ ...over, NODE_TLS_REJECT_UNAUTHORIZED: '0' }));
    const { text } = await program.call('batch_scan_local_image', SCAN);
    expect(text).toContain('not trusted');
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it('that takes longer than an attempt: what was given up is not sent when its connection comes after all', async () => {
    tunnel.set('late');
    const over = { HSS_ENDPOINT: `https://${HOST}`, HTTPS_PROXY: `http://127.0.0.1:${tunnel.port}` };
    const limits = { HSS_TIMEOUT_MS: '1000', HSS_MAX_RETRIES: '1' };
    const ca = await authority(made.right.cert);
    program = await Program.start(settings({ ...over, ...limits, NODE_EXTRA_CA_CERTS: ca }));
    const { text } = await program.call('batch_scan_local_image', SCAN);
    expect(text).toContain('no connection within 1000 ms');
    expect(text).toContain('No scan request was sent');
    await sleep(LATE_MS + 500);
    expect(tunnel.asked).toHaveLength(2);
    expect(sandbox.requests).toHaveLength(0);
    tunnel.set('pass');
    expect((await program.call('batch_scan_local_image', SCAN)).structured.accepted).toBe(true);
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it('is never used for loopback, nor for hosts in NO_PROXY', async () => {
    const HTTPS_PROXY = `http://127.0.0.1:${tunnel.port}`;
    program = await Program.start(settings({ HTTPS_PROXY }));
    expect((await program.call('list_local_images')).isError).toBeFalsy();
    await program.end();
    program = await Program.start(settings({ HSS_ENDPOINT: 'https://hss.invalid', HTTPS_PROXY, NO_PROXY: '.invalid' }));
    expect((await program.call('list_local_images')).text).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(tunnel.asked).toHaveLength(0);
  });

  it('of HTTP_PROXY alone is not used: HSS is https', async () => {
    program = await Program.start(settings({ http_proxy: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' }));
    expect((await program.call('list_local_images')).isError).toBeFalsy();
  });
});
