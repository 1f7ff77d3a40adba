import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { HOSTS, Place } from './host.js';
import { QUESTION, SCAN_TOOL } from './script.js';

// One server for a team: the program behind a gateway from stdio to HTTP, which starts one program for each session.
// docs/teams.md says what to put in front of it.

const REGION = 'cn-north-4';
const GATEWAY = HOSTS.gateway;

/** A person at a client: what was asked, and what is answered. */
class Person {
  readonly questions: string[] = [];
  answer: 'accept' | 'decline' = 'accept';
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;

  constructor(name: string, url: string) {
    this.client = new Client({ name, version: '0' }, { capabilities: { elicitation: { form: {} } } });
    this.transport = new StreamableHTTPClientTransport(new URL(url));
    this.client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      this.questions.push(params.message);
      return { action: this.answer, content: {} };
    });
  }

  async call(name: string, args: Record<string, unknown>): Promise<{ readonly error?: string; readonly found: Found }> {
    const result = await this.client.callTool({ name, arguments: args });
    const found = (result.structuredContent ?? {}) as Found;
    const [part] = result.content as { text: string }[];
    return { found, ...(result.isError === true && { error: part?.text ?? '' }) };
  }
}

type Found = Readonly<Record<string, unknown>>;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const skipped = GATEWAY.missing ? `: SKIPPED, ${GATEWAY.missing}` : '';

describe.skipIf(GATEWAY.missing)(`two clients behind supergateway, in the older era${skipped}`, () => {
  let place: Place;
  let tenant: Sandbox;
  let gateway: ChildProcessWithoutNullStreams;
  let said = '';
  let url: string;
  let ann: Person;
  let ben: Person;
  beforeAll(async () => {
    place = await Place.make([]);
    tenant = await Sandbox.start();
    const settings = {
      CLOUD_SDK_AK: 'EXAMPLEAK',
      CLOUD_SDK_SK: 'EXAMPLESK',
      HSS_REGION: REGION,
      HSS_PROJECT_ID: tenant.projectId(REGION),
      HSS_ENDPOINT: tenant.hssEndpoint(REGION),
    };
    const port = await freePort();
    const { command, args } = place.server;
    const stdio = [command, ...args].map((word) => `"${word}"`).join(' ');
    const options = ['--outputTransport', 'streamableHttp', '--stateful', '--port', String(port)];
    gateway = spawn(process.execPath, [GATEWAY.program, '--stdio', stdio, ...options], { env: place.env(settings) });
    for (const stream of [gateway.stdout, gateway.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    await vi.waitFor(() => expect(said).toMatch(/listening/i), 20_000);
    url = `http://127.0.0.1:${port}/mcp`;
    ann = new Person('ann', url);
    ben = new Person('ben', url);
    await Promise.all([ann, ben].map(({ client, transport }) => client.connect(transport)));
  });
  afterAll(async () => {
    await Promise.allSettled([ann, ben].map(({ client }) => client.close()));
    const ended = new Promise((resolve) => gateway.on('close', resolve));
    gateway.kill('SIGTERM');
    await ended;
    await tenant.close();
    place.remove();
  });

  it('gives each a session and a program of its own', () => {
    expect(ann.transport.sessionId).toBeDefined();
    expect(ann.transport.sessionId).not.toBe(ben.transport.sessionId);
    expect(new Set(place.watch.lines.map(({ pid }) => pid)).size).toBe(2);
    expect(place.watch.opening).toMatchObject({ first: 'initialize', version: '2025-11-25' });
  });

  it('keeps the selection of one from the other', async () => {
    const { found } = await ann.call('list_local_images', { scan_status: 'unscan', select: true });
    expect(found.selection_id).toBe('sel_1');
    const foreign = await ben.call(SCAN_TOOL, { selection_id: 'sel_1' });
    expect(foreign.error).toMatch(/sel_1/);
    expect(ben.questions).toEqual([]);
  });

  it('keeps the scans and the findings of one from the other', async () => {
    const images = { image_info_list: [{ image_name: 'nginx', image_version: '1.21.0' }] };
    const { found } = await ann.call(SCAN_TOOL, images);
    expect(found).toMatchObject({ accepted: true, scan_id: 'scan_1' });
    expect((await ben.call('get_local_image_scan_status', { scan_id: 'scan_1' })).error).toMatch(/scan_1/);
    // The tenant is one, so what was scanned is known to both; what one has read is not handed to the other.
    for (const { client } of [ann, ben]) {
      const before = tenant.count('ListGeneralImageVuls');
      await client.callTool({ name: 'list_local_image_vulnerabilities', arguments: {} });
      expect(tenant.count('ListGeneralImageVuls')).toBeGreaterThan(before);
    }
  });

  it('asks the person whose call it was, of two who call at once', async () => {
    ann.answer = 'decline';
    ben.answer = 'accept';
    const [declined, accepted] = await Promise.all([
      ann.call(SCAN_TOOL, { operate_all: true }),
      ben.call(SCAN_TOOL, { operate_all: true }),
    ]);
    expect(declined.error).toMatch(/^The person declined/);
    expect(accepted.found).toMatchObject({ accepted: true, mode: 'all' });
    for (const { questions } of [ann, ben]) expect(questions).toEqual([expect.stringMatching(QUESTION)]);
  });

  it('answers many calls of both at once, each with its own answer', async () => {
    const names = ['nginx', 'webshell'];
    const calls = [ann, ben].flatMap((person, index) =>
      Array.from({ length: 20 }, () => person.call('list_local_images', { image_name: names[index] })),
    );
    const answers = await Promise.all(calls);
    for (const [index, { found }] of answers.entries()) {
      expect(JSON.stringify(found)).toContain(names[index < 20 ? 0 : 1]);
      expect(JSON.stringify(found)).not.toContain(names[index < 20 ? 1 : 0]);
    }
  });

  it('ends the program of a client that ends its session, and goes on for the other', async () => {
    const program = (name: string) =>
      place.watch.lines.find(
        ({ message }) => (message.params?.clientInfo as { name?: string } | undefined)?.name === name,
      );
    const [annsProgram, bensProgram] = [program('ann')?.pid, program('ben')?.pid];
    expect([annsProgram, bensProgram].map(isRunning)).toEqual([true, true]);
    await ann.transport.terminateSession();
    await vi.waitFor(() => expect(isRunning(annsProgram)).toBe(false), 10_000);
    expect(isRunning(bensProgram)).toBe(true);
    expect((await ben.call('list_local_images', {})).error).toBeUndefined();
  });

  // A limit that docs/teams.md names: behind this gateway nothing is kept from one request of 2026-07-28 to the next.
  it('starts a program for each request of revision 2026-07-28, so that a selection is not known to the next', async () => {
    const selected = await modernCall(url, 'list_local_images', { scan_status: 'unscan', select: true });
    expect(selected).toMatchObject({ structuredContent: { selection_id: 'sel_1' } });
    const next = await modernCall(url, SCAN_TOOL, { selection_id: 'sel_1', dry_run: true });
    expect(next).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('selection_id "sel_1" is not known') }],
    });
  });
});

function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** One call of the newest revision over HTTP, which has no session. */
async function modernCall(url: string, name: string, args: object): Promise<unknown> {
  const version = '2026-07-28';
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': version,
      'mcp-method': 'tools/call',
      'mcp-name': name,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args, _meta } }),
  });
  const text = await response.text();
  const line = /^data: (\{.*"id":1.*\})$/m.exec(text)?.[1] ?? text;
  return (JSON.parse(line) as { result?: unknown }).result ?? text;
}
