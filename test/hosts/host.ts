import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificateFor } from '../support/certificate.js';
import { Watch } from './watch.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A host as it was installed from the registry, without its install scripts. */
export interface Installed {
  readonly program: string;
  /** How it is started. */
  readonly command: readonly [string, ...string[]];
  /** Why it cannot run here; absent when it can. */
  readonly missing?: string;
}

/** A file of a package in a folder of its own. */
function installed(host: string, file: string): Installed {
  const program = at(`${host}/node_modules/${file}`);
  const command = /\.js$/.test(file) ? ([process.execPath, program] as const) : ([program] as const);
  if (existsSync(program)) return { program, command };
  return { program, command, missing: `${host} has no program for ${KIND} (${file})` };
}

const KIND = `${process.platform}-${process.arch}`;

/** What Codex calls the systems that it has programs for. */
const TRIPLES: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
};

/** The programs themselves: launchers need the install scripts, which are not run. */
export const HOSTS = {
  claudeCode: installed('claude-code', `@anthropic-ai/claude-code-${KIND}/claude`),
  codex: installed('codex', `@openai/codex-${KIND}/vendor/${TRIPLES[KIND]}/bin/codex`),
  geminiCli: installed('gemini-cli', '@google/gemini-cli/bundle/gemini.js'),
  opencode: installed('opencode', `opencode-${KIND}/bin/opencode`),
  gateway: installed('gateway', 'supergateway/dist/index.js'),
} as const;

/** Whether no address but loopback can be reached at all, by whatever program. */
export const CONFINED = process.env.HOSTS_CONFINED === 'true';

/** A proxy that leads nowhere: what keeps hosts here where the system allows no network of their own. */
const NOWHERE = 'http://127.0.0.1:9';
const PROXIES = {
  HTTP_PROXY: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  http_proxy: NOWHERE,
  https_proxy: NOWHERE,
  NO_PROXY: '127.0.0.1,localhost',
  no_proxy: '127.0.0.1,localhost',
};

/** An empty home, an empty folder to work in, and what the program that the host starts writes about itself. */
export class Place {
  readonly home: string;
  readonly work: string;
  readonly watch: Watch;
  /** How the host has to start the program. */
  readonly server: { readonly command: string; readonly args: readonly string[] };
  readonly #certificate: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'hosts-'));

  private constructor(certificate: string, args: readonly string[]) {
    this.#certificate = join(this.#folder, 'company.pem');
    writeFileSync(this.#certificate, certificate);
    this.home = this.#made('home');
    this.work = this.#made('work');
    const file = join(this.#folder, 'stdio.jsonl');
    this.watch = new Watch(file);
    this.server = { command: process.execPath, args: [at('watched.mjs'), file, ...args] };
  }

  /** @param args of the program; with the embedded HSS when nothing else is said. */
  static async make(args: readonly string[] = ['--sandbox']): Promise<Place> {
    const { cert } = await certificateFor('localhost');
    return new Place(cert, args);
  }

  #made(name: string): string {
    const path = join(this.#folder, name);
    mkdirSync(path);
    return path;
  }

  /** Nothing of this environment but PATH; `more` is the host's own. */
  env(more: Readonly<Record<string, string>>): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: this.home,
      TMPDIR: this.#folder,
      TERM: 'dumb',
      DO_NOT_TRACK: '1',
      ...PROXIES,
      NODE_EXTRA_CA_CERTS: this.#certificate,
      ...more,
    };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function start(place: Place, command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  return spawn(command, args, { cwd: place.work, env: place.env(env) });
}

/** Waits for the end of a host. One that does not end by itself is ended, which its exit code (null) then says. */
export function finished(child: ChildProcessWithoutNullStreams, limitMs = 90_000): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
