import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transform } from 'lightningcss';
import { rolldown } from 'rolldown';

const PAGE = 'src/board/page';

/**
 * The board as one page that loads nothing: its script and its style stand in it, and its policy lets no other run. The
 * server sets data-scan to yes where it offers scans.
 */
export async function boardPage() {
  const script = await bundled();
  const style = minified();
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html><html lang="en" data-scan="no"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><title>HSS</title>',
    `<style>${style}</style></head><body><script type="module">${script}</script></body></html>`,
    '',
  ].join('\n');
}

async function bundled() {
  const build = await rolldown({ input: `${PAGE}/main.ts`, platform: 'browser', tsconfig: `${PAGE}/tsconfig.json` });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  const [chunk] = output;
  if (output.length > 1 || /<\/script|<!--/i.test(chunk.code)) throw new Error('the board is not one script');
  return chunk.code.trim();
}

function minified() {
  const filename = `${PAGE}/board.css`;
  return transform({ filename, code: readFileSync(filename), minify: true }).code.toString();
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
