import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

// Installs what `npm run test:clients` and `npm run test:hosts` test the server with: on first use, and again when a lock
// file has changed. They are no dependencies of the package, so `npm ci` and `npm test` do without them.

const SUITES = {
  // A newer Node comes as a package here, and that package holds a program for Linux on x64.
  clients: process.platform === 'linux' && process.arch === 'x64' ? ['', 'node22'] : [''],
  hosts: ['claude-code', 'codex', 'gemini-cli', 'opencode', 'gateway'],
};

const [suite] = process.argv.slice(2);
for (const folder of SUITES[suite]) install(join('test', suite, folder));

function install(folder) {
  // npm writes this file last, so that an installation that was cut short counts as none.
  const installed = modified(join(folder, 'node_modules', '.package-lock.json'));
  if (installed > modified(join(folder, 'package-lock.json'))) return;
  process.stdout.write(`Installing what ${join(folder, 'package.json')} names; this takes a while.\n`);
  // Errors only: some clients ask for a newer Node than they need, and npm would say so for each of their packages.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(process.execPath, [process.env.npm_execpath, 'ci', ...options], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
