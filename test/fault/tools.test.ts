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

const SCAN = { image_info_list: [{ image_id: 'nginx' }] };
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
  iam('KeystoneListAuthProjects', 'access key'),
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

const LOOK_FIRST = 'Do not repeat the call before you have looked';
const AGAIN = 'The same call may succeed later';

/** Which of some sentences stand in a text, by their names. */
const namesIn = (text: string, sentences: Readonly<Record<string, string>>) =>
  Object.entries(sentences).flatMap(([name, sentence]) => (text.includes(sentence) ? [name] : []));

/** What came of a fault, as far as the table says something about it. */
function observed({ isError, text, tries, scans, scansCarriedOut, output, leak }: Observation, acts: boolean) {
  const effects = namesIn(text, EFFECT);
  return {
    leak,
    signature: output.includes('Signature='),
    tries,
    tooManyScans: scans > (acts ? tries : 0),
    carriedOutAgain: scansCarriedOut > 1,
    error: isError
      ? {
          text,
          who: namesIn(text, WHO),
          next: /^Next: ./m.test(text),
          effects,
          lookFirst: text.includes(LOOK_FIRST),
          again: text.includes(AGAIN),
          // Whatever a reader is told, a scan that was carried out is never called refused or not sent.
          denied: scansCarriedOut > 0 && !effects.includes('uncertain'),
        }
      : undefined,
  };
}

/** What has to come of a fault. */
function expected({ tool, service }: Case, fault: Fault, acts: boolean): ReturnType<typeof observed> {
  const scans = tool === 'batch_scan_local_image';
  const effect = acts ? fault.scan : 'not_sent';
  // Told to look first, a reader must not be told in the same breath to repeat the call.
  const uncertain = scans && effect === 'uncertain';
  return {
    leak: undefined,
    signature: false,
    tries: acts ? fault.scans : fault.reads,
    tooManyScans: false,
    carriedOutAgain: false,
    error:
      acts && fault.scan === 'accepted'
        ? undefined
        : {
            text: expect.stringMatching(fault.says),
            who: [sourceOf(fault, service)],
            next: true,
            effects: scans ? [effect] : [],
            lookFirst: uncertain,
            again: fault.again && !uncertain,
            denied: false,
          },
  };
}

describe.each(CASES)('$title', (case_) => {
  const acts = case_.operation === 'BatchScanLocalImage';

  it.each(faultsOf(case_.service))('$name', (fault) => {
    const observation = observations.get(key(case_, fault));
    if (!observation) throw new Error('not measured');
    expect(observed(observation, acts)).toEqual(expected(case_, fault, acts));
  });
});
