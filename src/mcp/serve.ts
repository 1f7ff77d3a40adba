import { setTimeout as sleep } from 'node:timers/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { readConfig } from '../config/config.js';
import { createLog } from '../log.js';
import type { SandboxFlags } from '../sandbox/flags.js';
import { wordsAtStart } from '../words/at-start.js';
import { Workspace } from '../workspace/workspace.js';
import { Messages } from './messages.js';
import { RunningCalls } from './running-calls.js';
import { createServer } from './server.js';
import { gather, LineGuard } from './stdio.js';

/** Time that running calls get to answer after stdin has ended, and that closing may take, in ms. */
const GRACE_MS = 300;

/**
 * Serves MCP over stdio until stdin ends, stdout closes or a signal comes, then exits with 0.
 * @param sandbox how the embedded HSS takes the place of the cloud, or false.
 */
export async function serve({ sandbox }: { readonly sandbox: SandboxFlags | false }): Promise<void> {
  const config = readConfig({ sandbox: sandbox !== false });
  const log = createLog(config.logLevel);
  for (const warning of config.warnings) log('warn', warning);
  const workspace = new Workspace(config, log, sandbox);
  const calls = new RunningCalls();
  const server = createServer(workspace, calls);

  let ending = false;
  const end = async (reason: string, graceMs: number) => {
    if (ending) return;
    ending = true;
    log('debug', 'ending', { reason });
    // Whatever hangs, the program is gone in time.
    setTimeout(() => process.exit(0), graceMs + GRACE_MS);
    // The SDK writes an answer a few turns after the call has ended.
    await Promise.race([calls.idle().then(() => sleep(10)), sleep(graceMs)]);
    // Closing aborts the calls that still run.
    await server.close();
    await workspace.close();
    process.stdout.write('', () => process.exit(0));
  };

  // A defect ends the program; the text of its error goes through the log, which blots secrets out.
  process.on('uncaughtException', (error: unknown) => {
    log('error', 'defect', { error: error instanceof Error ? error.stack : String(error) });
    process.exit(1);
  });

  const stdout = gather(process.stdout);
  const messages = new Messages();
  const lines = new LineGuard({
    dropped: () => log('warn', wordsAtStart().protocol.line_dropped),
    read(line) {
      const read = messages.read(line.toString('utf8'));
      if (!read) return line;
      for (const answer of read.answers) stdout.write(answer);
      return Buffer.from(read.lines.join(''));
    },
  });
  lines.on('end', () => end('stdin ended', GRACE_MS));
  process.stdin.on('error', () => end('stdin failed', 0));
  process.stdout.on('error', () => end('stdout closed', 0));
  // A client may read no log: then nothing is written any more, and the calls go on.
  process.stderr.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal, 0));

  await server.connect(new StdioServerTransport(process.stdin.pipe(lines), stdout));
  log('info', 'huaweicloud-hss-mcp serves MCP on stdio', { sandbox: sandbox !== false });
}
