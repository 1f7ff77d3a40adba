import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Runs the demo and draws what it printed as docs/demo.svg: node scripts/record-demo.mjs (after npm run build).

const LINE_HEIGHT = 17;
const CHAR_WIDTH = 7.25;
const COLUMNS = 132;

// What is drawn shows the folder of anybody, and nothing of this machine.
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
const env = { ...process.env, HSS_REPORT_DIR: folder };
const output = execFileSync(process.execPath, ['dist/demo.js'], { encoding: 'utf8', env }).replaceAll(
  folder,
  '/home/you/huaweicloud-hss-reports',
);
rmSync(folder, { recursive: true });
const lines = ['$ npm ci && npm run demo', ...output.trimEnd().split('\n')].map((line) =>
  line.length > COLUMNS ? `${line.slice(0, COLUMNS - 1)}…` : line,
);

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const kind = (line) => (/^(==|\$)/.test(line) ? 'title' : line.startsWith('->') ? 'call' : 'text');
const rows = lines.map(
  (line, index) =>
    `<text x="16" y="${44 + index * LINE_HEIGHT}" class="${kind(line)}" xml:space="preserve">${escaped(line)}</text>`,
);
const width = Math.ceil(COLUMNS * CHAR_WIDTH) + 32;
const height = 44 + lines.length * LINE_HEIGHT;

writeFileSync(
  'docs/demo.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Output of npm run demo">
<style>text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#d0d7de}.title{fill:#7ee787;font-weight:bold}.call{fill:#79c0ff}</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<circle cx="20" cy="16" r="5" fill="#ff5f57"/><circle cx="38" cy="16" r="5" fill="#febc2e"/><circle cx="56" cy="16" r="5" fill="#28c840"/>
${rows.join('\n')}
</svg>
`,
);
