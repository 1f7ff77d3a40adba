import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

// Draws the pictures in docs/pictures, all of them or those whose names hold a word: npm run pictures -- board zh

const OUT = join('node_modules', '.pictures');
rmSync(OUT, { recursive: true, force: true });
const build = await rolldown({
  input: join('test', 'board', 'pictures.ts'),
  platform: 'node',
  external: /^[^./]/,
});
// Below node_modules no package.json says what a .js file is.
const { output } = await build.write({ dir: OUT, format: 'esm', entryFileNames: '[name].mjs' });
await build.close();
await import(pathToFileURL(join(process.cwd(), OUT, output[0].fileName)).href);
