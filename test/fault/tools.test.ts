import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Program } from '../support/program.js';
import { type CredentialsKind, leakIn, secretsOf } from '../support/secrets.js';
import type { Certificates } from '../support/tunnel.js';
import { type Fault, faultsOf, type Service, sourceOf } from './faults.js';
import { certificates, endsByTimeout, type Road, roadOf, World } from './world.js';

// Every tool times every fault, from stdin to the sockets and back, with secrets in its settings and the most verbose
// log: what a model is told, what reaches the server, and that no secret comes out. Measured first, judged afterwards.

interface Case {
  readonly title: string;
  readonly tool: string;
  readonly args: object;
  /** The first operation that the call needs. */
  readonly operation: string;
  readonly service: Service;
  readonly credentials: CredentialsKind;
}

const SCAN = { image_info_list: [{ image_name: 'nginx' }] };
const hss = (tool: string, args: object, operation: string, credentials: CredentialsKind): Case => ({
  title: tool,
  tool,
  args,
  operation,
  service: 'HSS',
  credentials,
});
const iam = (operation: string, credentials: CredentialsKind): Case => ({
  title: `batch_scan_local_image, when ${operation} fails`,
  tool: 'batch_scan_local_image',
  args: SCAN,
  operation,
  service: 'IAM',
  credentials,
});

const CASES: readonly Case[] = [
  hss('batch_scan_local_image', SCAN, 'BatchScanLocalImage', 'access key'),
  hss('list_local_images', {}, 'ListImageLocal', 'token'),
  hss('get_local_image_scan_status', { images: [{ image_name: 'nginx' }] }, 'ListImageLocal', 'access key'),
  hss('list_local_image_vulnerabilities', { type: 'app_vul' }, 'ListGeneralImageVuls', 'token'),
  hss('get_local_image_details', { image_name: 'nginx' }, 'ListImageLocal', 'access key'),
  hss('get_vulnerability_details', { vul_id: 'CVE-2021-44228', type: 'app_vul' }, 'ListGeneralImageVuls', 'token'),
  iam('KeystoneListProjects', 'access key'),
  iam('KeystoneCreateUserTokenByPassword', 'IAM user'),
];

interface Observation {
  readonly isError: boolean;
  readonly text: string;
  /** How often the operation was tried, counted by the lines on stderr. */
  readonly tries: number;
  /** Scan requests that came to the server, and those that it carried out. */
  readonly scans: number;
  readonly scansCarriedOut: number;
  /** All that came out of the program meanwhile, and the secret that came with it. */
  readonly output: string;
  readonly leak: string | undefined;
}

const observations = new Map<string, Observation>();
let folder: string;
let ca: string;

const key = ({ title }: Case, { name }: Fault) => `${title}: ${name}`;
const occurrences = (text: string, part: string) => text.split(part).length - 1;

/** Lets each of the faults strike a world of its own, and writes down what comes of it. */
async function measure(case_: Case, made: Certificates, faults: readonly Fault[]): Promise<void> {
  const world = await World.start(case_.service, made);
  const { sandbox } = world;
  const programs = new Map<Road, Program>();
  for (const fault of faults) {
    const region = world.regionOf(fault);
    const road = case_.service === 'IAM' ? roadOf(fault) : 'direct';
    const env = world.settings(road, endsByTimeout(fault), case_.credentials);
    const program = programs.get(road) ?? (await Program.start({ ...env, NODE_EXTRA_CA_CERTS: ca }));
    programs.set(road, program);
    const [lines, logged] = [program.lines.length, program.stderr.length];
    const [came, done] = [sandbox.count('BatchScanLocalImage'), sandbox.carriedOut('BatchScanLocalImage')];
    await world.strike(fault.strike);
    const { isError, text } = await program.call(case_.tool, { ...case_.args, region });
    // What is logged is written before the answer, but comes through another pipe: it is here by the next answer.
    await program.request('ping');
    const log = program.stderr.slice(logged);
    const output = [...program.lines.slice(lines), log].join('\n');
    observations.set(key(case_, fault), {
      isError: isError === true,
      text,
      tries: occurrences(log, ` debug ${case_.operation} `),
      scans: sandbox.count('BatchScanLocalImage') - came,
      scansCarriedOut: sandbox.carriedOut('BatchScanLocalImage') - done,
      output,
      leak: leakIn(output, secretsOf(case_.credentials, sandbox)),
    });
    await world.heal();
  }
  // Each end checks that every question was answered, once.
  await Promise.all([...programs.values()].map((program) => program.end()));
  await world.close();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hss-faults-'));
  ca = join(folder, 'ca.pem');
  const made = await certificates();
  await writeFile(ca, `${made.right.cert}\n${made.wrongName.cert}`);
  const parts = CASES.flatMap((case_, index) => {
    const faults = faultsOf(case_.service, index * 7);
    // The waiting goes on beside the rest.
    return [faults.filter(endsByTimeout), faults.filter((fault) => !endsByTimeout(fault))].map(
      (part) => [case_, part] as const,
    );
  });
  await Promise.all(parts.map(([case_, part]) => measure(case_, made, part)));
}, 150_000);
afterAll(() => rm(folder, { recursive: true }));

const WHO = {
  input: 'The caller can mend this',
  owner: 'The owner of the settings or of the account has to mend this',
  passing: 'This may pass by itself',
};
const EFFECT = {
  not_sent: 'No scan request was sent',
  refused: 'The scan request was refused',
  uncertain: 'A scan may have started',
};

describe.each(CASES)('$title', (case_) => {
  const scans = case_.tool === 'batch_scan_local_image';
  const acts = case_.operation === 'BatchScanLocalImage';

  it.each(faultsOf(case_.service))('$name', (fault) => {
    const observed = observations.get(key(case_, fault));
    if (!observed) throw new Error('not measured');
    const { isError, text, tries, scansCarriedOut, output, leak } = observed;

    expect(leak).toBeUndefined();
    expect(output).not.toContain('Signature=');
    expect(tries).toBe(acts ? fault.scans : fault.reads);
    expect(observed.scans).toBeLessThanOrEqual(acts ? tries : 0);
    expect(scansCarriedOut).toBeLessThanOrEqual(1);
    if (acts && fault.scan === 'accepted') {
      expect(isError).toBe(false);
      return;
    }

    expect(isError).toBe(true);
    expect(text).toMatch(fault.says);
    expect(text).toContain(WHO[sourceOf(fault, case_.service)]);
    expect(text).toMatch(/^Next: ./m);

    const effect = acts ? fault.scan : 'not_sent';
    const uncertain = scans && effect === 'uncertain';
    for (const [name, sentence] of Object.entries(EFFECT))
      expect(text.includes(sentence)).toBe(scans && name === effect);
    // Told to look first, a reader must not be told in the same breath to repeat the call.
    expect(text.includes('Do not repeat the call before you have looked')).toBe(uncertain);
    expect(text.includes('The same call may succeed later')).toBe(fault.again && !uncertain);
    if (scansCarriedOut > 0) expect(uncertain).toBe(true);
  });
});
