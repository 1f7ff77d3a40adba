import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// What a host starts in place of the program: the program itself with the arguments that follow, and a copy of each line
// that either says in the file that is named first. watch.ts reads it.

const [file = '', ...args] = process.argv.slice(2);
const PROGRAM = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
const program = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });

// Whether a host passes these on decides where a company's proxy and certificates have to be written.
const PASSED = ['HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS'].filter((name) => process.env[name]);
appendFileSync(file, `${JSON.stringify({ pid: process.pid, from: 'environment', line: JSON.stringify(PASSED) })}\n`);

const copy = (from, line) => appendFileSync(file, `${JSON.stringify({ pid: process.pid, from, line })}\n`);
const lines = (input, from) => createInterface({ input }).on('line', (line) => copy(from, line));

process.stdin.pipe(program.stdin);
program.stdout.pipe(process.stdout);
lines(process.stdin, 'host');
lines(program.stdout, 'program');
program.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => program.kill(signal));
