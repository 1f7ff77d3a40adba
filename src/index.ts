#!/usr/bin/env node
import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { VERSION } from './version.js';

// stdout carries protocol messages only; what any library prints goes to stderr.
globalThis.console = new Console(process.stderr, process.stderr);

const HELP = `huaweicloud-hss-mcp ${VERSION}: MCP server for Huawei Cloud HSS local image scanning

Usage: huaweicloud-hss-mcp [--sandbox]

Serves MCP on stdin and stdout. Settings come from environment variables; the README lists them.

  --sandbox   use an embedded HSS with invented images; no account, no network
  --version   print the version
  --help      print this text
`;

function readArgs() {
  const options = { sandbox: { type: 'boolean' }, version: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
    process.exit(2);
  }
}

const args = readArgs();
if (args.help) process.stdout.write(HELP);
else if (args.version) process.stdout.write(`${VERSION}\n`);
else {
  const { serve } = await import('./mcp/serve.js');
  await serve({ sandbox: args.sandbox ?? false });
}
