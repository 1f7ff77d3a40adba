import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifest, PACKAGE, program } from './manifest.mjs';

// Builds huaweicloud-hss-mcp-VERSION.mcpb, a bundle that desktop clients install with one click, and validates it with
// the format's own tool, which is fetched on demand at a fixed version. Run it with: node packaging/build-mcpb.mjs

const MCPB = '@anthropic-ai/mcpb@2.1.2';
const out = join(process.cwd(), `${PACKAGE.name}-${PACKAGE.version}.mcpb`);
const stage = mkdtempSync(join(tmpdir(), 'mcpb-'));
const mcpb = (...args) =>
  execFileSync('npm', ['exec', '--yes', `--package=${MCPB}`, '--', 'mcpb', ...args], { stdio: 'inherit' });

execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
writeFileSync(join(stage, 'manifest.json'), `${JSON.stringify(manifest(await program()), null, 2)}\n`);
for (const file of ['dist', 'LICENSE', 'README.md', 'package.json'])
  cpSync(file, join(stage, file), { recursive: true });
rmSync(join(stage, 'dist', 'demo.js'));
mcpb('validate', join(stage, 'manifest.json'));
mcpb('pack', stage, out);
rmSync(stage, { recursive: true });
