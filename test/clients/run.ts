import { execFile } from 'node:child_process';

interface Finished {
  /** Exit code; null when the command was ended because it took too long. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const GUARD = new URL('./loopback-only.mjs', import.meta.url).href;

/** Runs Node to the end of its script, with nothing of this environment but PATH, and on loopback only. */
export function run(args: string[], node = process.execPath): Promise<Finished> {
  const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', NODE_OPTIONS: `--import ${GUARD}` };
  const options = { env, timeout: 25_000, killSignal: 'SIGKILL', maxBuffer: 16 * 1024 * 1024 } as const;
  return new Promise((resolve) => {
    const child = execFile(node, args, options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}
