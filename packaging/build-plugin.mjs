import { execFileSync } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { PACKAGE, PLUGIN } from './manifest.mjs';
import { writePlugin } from './plugin.mjs';

// Builds a plugin for Claude Code: the server, its settings and a skill as one thing to install. It stands in the folder
// that is named, within a marketplace of its own: node packaging/build-plugin.mjs [FOLDER]

const [out = 'claude-plugin'] = process.argv.slice(2);
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const plugin = await writePlugin(out);
process.stdout.write(`Made ${plugin}. To install it in Claude Code:

claude plugin marketplace add ${isAbsolute(out) ? out : `./${out}`}
claude plugin install ${PLUGIN}@${PACKAGE.name}
`);
