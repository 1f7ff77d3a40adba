import { readdirSync, rmSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

// Runs the benchmarks, all of them or those named: npm run bench -- start call. Figures are printed, never judged.

const OUT = join('node_modules', '.bench');
const all = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;

rmSync(OUT, { recursive: true, force: true });
const build = await rolldown({
  input: {
    ...Object.fromEntries(all.map((name) => [name, join('bench', `${name}.ts`)])),
    'hss-stand-in': join('bench', 'support', 'hss-stand-in.ts'),
  },
  platform: 'node',
  external: /^[^./]/,
});
// Below node_modules no package.json says what a .js file is.
await build.write({ dir: OUT, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
await build.close();

process.stdout.write(
  `Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} cores (${cpus()[0]?.model.trim()})\n`,
);
for (const name of wanted) await import(pathToFileURL(join(process.cwd(), OUT, `${name}.mjs`)).href);
