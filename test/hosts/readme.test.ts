import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, finished, HOSTS, type Installed, Place, start } from './host.js';

// What README says to paste is read by the hosts themselves, with the path of this clone in it.

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PLACEHOLDER = '/absolute/path/to/huaweicloud-hss-mcp/dist/index.js';
const PROGRAM = at('../../dist/index.js');
const README = readFileSync(at('../../README.md'), 'utf8').replaceAll(PLACEHOLDER, PROGRAM);
const NAME = 'huaweicloud-hss';

/** The first block of such a language under a heading. */
function block(heading: string, language: string): string {
  const [, section = ''] = README.split(`\n### ${heading}\n`);
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(section)?.[1] ?? '';
}

/** A host, the file that README tells to write, and the command with which the host shows what it has read. */
const CASES: readonly {
  readonly name: string;
  readonly host: Installed;
  readonly file?: (place: Place) => string;
  readonly text: string;
  readonly args: readonly string[];
  readonly shows: RegExp;
}[] = [
  {
    name: 'Claude Code, the command',
    host: HOSTS.claudeCode,
    text: '',
    args: (/^claude (mcp add .*)$/m.exec(README)?.[1] ?? '').split(' '),
    shows: new RegExp(`Added stdio MCP server ${NAME}`),
  },
  {
    name: 'Codex',
    host: HOSTS.codex,
    file: ({ home }) => join(home, '.codex', 'config.toml'),
    text: block('Codex', 'toml'),
    args: ['mcp', 'get', NAME, '--json'],
    shows: /"command": "node".*"CLOUD_SDK_AK"/s,
  },
  {
    name: 'Gemini CLI',
    host: HOSTS.geminiCli,
    file: ({ home }) => join(home, '.gemini', 'settings.json'),
    text: block('Gemini CLI', 'json'),
    args: ['mcp', 'list'],
    shows: new RegExp(`${NAME}: node .*Connected`),
  },
  {
    name: 'opencode',
    host: HOSTS.opencode,
    file: ({ work }) => join(work, 'opencode.json'),
    text: block('opencode', 'json'),
    args: ['mcp', 'list'],
    shows: new RegExp(`✓ +${NAME}.*connected`, 's'),
  },
];

for (const { name, host, file, text, args, shows } of CASES) {
  const skipped = host.missing ? `: SKIPPED, ${host.missing}` : '';
  describe.skipIf(host.missing)(`README for ${name}${skipped}`, () => {
    let place: Place;
    let run: Finished;
    beforeAll(async () => {
      place = await Place.make();
      const path = file?.(place);
      if (path) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
      const [command, ...before] = host.command;
      const child = start(place, command, [...before, ...args], {
        CLOUD_SDK_AK: 'EXAMPLEAK',
        CLOUD_SDK_SK: 'EXAMPLESK',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        GEMINI_CLI_TRUST_WORKSPACE: 'true',
        OPENCODE_DISABLE_MODELS_FETCH: 'true',
      });
      child.stdin.end();
      run = await finished(child);
    });
    afterAll(() => place.remove());

    it('is read by the host itself', () => {
      const said = run.stdout + run.stderr;
      expect(run.code, said).toBe(0);
      expect(said).toMatch(shows);
    });
  });
}
