import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.js';
import { converse, type Said } from '../support/conversation.js';

// One conversation, held in both languages: the texts are native, and nothing but texts differs.

const folders = { en: '', zh: '' };
let spoken: { en: readonly Said[]; zh: readonly Said[] } = { en: [], zh: [] };
beforeAll(async () => {
  const [en, zh] = await Promise.all(
    (['en', 'zh'] as const).map((language) => {
      folders[language] = mkdtempSync(join(tmpdir(), 'reports-'));
      return converse({ HSS_LANG: language, HSS_REPORT_DIR: folders[language] });
    }),
  );
  spoken = { en: en ?? [], zh: zh ?? [] };
}, 300_000);

/** Times, ids of requests and names of files differ from run to run. */
function lasting(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replace(/(request_ids: |request_ids：)[0-9a-f, 、]+/g, '$1<ids>')
    .replace(/[^\s：]+hss-report-\S+?\.(md|json)/g, '<path>.$1')
    .replace(/(bytes(?:: |：))\d+/g, '$1<number>');
}

/** A text of ours alone: a table keeps its header, because its rows come from HSS. */
function ours({ text, question }: Said): string {
  const told = lasting(text).replace(/^(```text.*\n.*\n)(?:(?!```).*\n)*```$/gm, '$1```');
  return question === undefined ? told : `${question}\n---\n${told}`;
}

/**
 * What the taxonomy of failures adds to a refusal is not said by the tools: the message is, and the step after it.
 */
function spokenByTools(said: Said): string {
  if (!said.isError) return ours(said);
  const lines = ours(said).split('\n');
  return lines
    .filter((line, place) => place === 0 || /\p{Script=Han}/u.test(line) || line.startsWith('Next'))
    .join('\n');
}

/** Without what stands as it is in every language: tables, values in quotes, and JSON. */
function prose(text: string): string {
  return text
    .replace(/^```text[^\n]*\n(?:(?!```).*\n)*```$/gm, '')
    .replace(/\[\{.*?\}\]/g, '')
    .replace(/"(?:\\.|[^"\\])*"/g, '""');
}

/** Fields that hold texts of ours; everything else in a result is the same in every language. */
const TEXTS = new Set(['data_notice', 'next', 'coverage', 'why', 'hosts_are', 'reason', 'note']);
const LISTS_OF_TEXTS = new Set(['notes', 'warnings']);
/** What differs from run to run. */
const PASSING = new Set(['request_ids', 'path', 'bytes', 'submitted_at', 'as_of', 'first_lines', 'latest_scan_time']);

/** What stands in rows of HSS without being of HSS: no value, and how many more there are. */
const ROWS_OF_OURS = /^(?:（无）|\(none\)|（未给出原因）|\(none given\)|另有 \d+ 个|and \d+ more)$/;

function blotted(value: unknown, name = ''): unknown {
  if (PASSING.has(name)) return '<passing>';
  if (TEXTS.has(name)) return '<text>';
  // One language may need a note more: what the console calls a value.
  if (LISTS_OF_TEXTS.has(name)) return '<texts>';
  if (Array.isArray(value)) return value.map((item) => blotted(item, name));
  if (typeof value === 'string') return lasting(value).replace(ROWS_OF_OURS, '<text>');
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, item]) => [
    key,
    blotted(item, name === 'failed_parts' ? 'why' : key),
  ]);
  return Object.fromEntries(fields);
}

describe('a conversation in Chinese', () => {
  it('has no English sentence, and no half-width mark beside a Chinese character', () => {
    for (const said of spoken.zh) {
      const text = prose(spokenByTools(said));
      expect.soft(text, said.title).toMatch(/\p{Script=Han}/u);
      expect.soft(text.match(/(?:\b[a-z]{2,}[ ,]+){3}[a-z]{2,}\b/g), said.title).toBeNull();
      expect.soft(text.match(/\p{Script=Han} ?[,.;:!?()]|[,;!?(] ?\p{Script=Han}/gu), said.title).toBeNull();
      expect.soft(text.match(/[，。：；、]{2,}/g), said.title).toBeNull();
      expect.soft(text.match(/\p{Script=Han}[A-Za-z0-9_]|[A-Za-z0-9_]\p{Script=Han}/gu), said.title).toBeNull();
    }
  });

  it('tells the same structure as in English, but for texts', () => {
    const { en, zh } = spoken;
    expect(zh.map(({ title, isError }) => [title, isError])).toEqual(en.map(({ title, isError }) => [title, isError]));
    for (const [place, said] of zh.entries()) {
      expect.soft(blotted(said.structured), said.title).toEqual(blotted(en[place]?.structured));
    }
  });

  it('has texts in its structure, too', () => {
    for (const { structured, isError, title } of spoken.zh) {
      if (isError) continue;
      const { notes = [], next, data_notice } = structured as { notes?: string[]; next?: string; data_notice?: string };
      for (const text of [...notes, next, data_notice]) expect.soft(text, title).toMatch(/\p{Script=Han}/u);
    }
  });

  it('writes a report that is Chinese but for names and fixes', () => {
    const [name = ''] = readdirSync(folders.zh).filter((file) => file.endsWith('.md'));
    const lines = readFileSync(join(folders.zh, name), 'utf8').split('\n');
    const said = lines.filter((line) => !line.startsWith('|') || /\p{Script=Han}/u.test(line.split('|')[1] ?? ''));
    for (const line of said.filter((each) => each !== '')) expect.soft(line).toMatch(/\p{Script=Han}/u);
    const sentences = said.filter((line) => !line.startsWith('|'));
    expect(sentences.join('\n').match(/\p{Script=Han} ?[,.;:!?()]/gu)).toBeNull();
  });
});

describe('the command report', () => {
  it.each([
    [{ HSS_LANG: 'en' }, 'zh', '# 本地镜像报告'],
    [{ HSS_LANG: 'zh' }, 'en', '# Local images'],
  ])('with %o and --lang %s begins with %s', async (env, language, title) => {
    const flags = ['--sandbox', '--images', '20', '--lang', language, '--format', 'markdown', '--output', '-'];
    const { code, stdout, stderr } = await runCommand(env, 'report', ...flags);
    expect(code, stderr).toBe(0);
    expect(stdout.startsWith(title), stdout.slice(0, 100)).toBe(true);
    expect(stdout.includes('概览')).toBe(language === 'zh');
    expect(stdout.includes('At a glance')).toBe(language === 'en');
  });
});

describe.each(['en', 'zh'] as const)('what is said in %s', (language) => {
  it('stays as it is', async () => {
    const texts = spoken[language].map((said) => `## ${said.title}\n\n${spokenByTools(said)}\n`);
    await expect(texts.join('\n')).toMatchFileSnapshot(`__snapshots__/conversation.${language}.md`);
  });
});
