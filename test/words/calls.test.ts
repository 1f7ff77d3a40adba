import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { englishIn, halfWidthIn, withoutTexts } from '../support/chinese.js';
import { EXAMPLE } from '../support/example.js';
import { envelope } from '../support/modern-schema.js';
import { Program, settingsFor } from '../support/program.js';
import type { Message } from '../support/wire.js';

// The same requests to one program in each language: nothing but texts differs on the wire.

let sandbox: Sandbox;
let programs: { en: Program; zh: Program };
beforeAll(async () => {
  sandbox = await Sandbox.start();
  const env = settingsFor(sandbox);
  const [en, zh] = await Promise.all([
    Program.start({ ...env, HSS_LANG: 'en', LANG: 'zh_CN.UTF-8' }),
    Program.start({ ...env, LANG: 'zh_CN.UTF-8' }),
  ]);
  programs = { en, zh };
});
afterAll(async () => {
  await Promise.all([programs.en.end(), programs.zh.end()]);
  await sandbox.close();
});

async function inBoth(method: string, params: object): Promise<{ en: Message; zh: Message }> {
  const { en, zh } = programs;
  return { en: await en.exchange(method, params).answer, zh: await zh.exchange(method, params).answer };
}

const withoutId = ({ id: _id, ...rest }: Message) => rest;

/** Every text of an answer that people or models read. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /\s|\p{Script=Han}/u.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The fields of a tool are another matter. */
const withoutFields = (text: string) => text.replaceAll(/\bimage_name(?:(?:, |、)[a-z_]+){5,}/g, 'FIELDS');

const call = (name: string, args: unknown, more: object = {}) => ({ name, arguments: args, ...more });
const MANY = Array.from({ length: 10_001 }, () => ({ image_id: 'x' }));

const WRONG: readonly (readonly [title: string, method: string, params: object])[] = [
  ['no such tool', 'tools/call', call('scan_everything', {})],
  ['a tool without a name', 'tools/call', { name: 1 }],
  ['no such prompt', 'prompts/get', { name: 'x' }],
  ['a cursor', 'tools/list', { cursor: 'x' }],
  ['half an envelope', 'tools/list', { _meta: { ...envelope(), 'io.modelcontextprotocol/clientCapabilities': 1 } }],
  ['half an envelope, without a revision', 'tools/list', { _meta: envelope({}, { version: 1 as unknown as string }) }],
  ['fields that there are not', 'tools/call', call('list_local_images', { image_nam: 'a', x: 1, _dryRun: true })],
  [
    'wrong values',
    'tools/call',
    call('list_local_images', { scan_status: 'runing', limit: 0, offset: 1.5, region: 5 }),
  ],
  ['wrong kinds', 'tools/call', call('list_local_images', { has_container: [1], image_name: {}, limit: 'many' })],
  ['long values', 'tools/call', call('list_local_images', { image_name: 'x'.repeat(5_000), limit: 5_000 })],
  ['no object', 'tools/call', call('list_local_images', ['x'])],
  ['more wrong fields than are shown', 'tools/call', call('list_local_images', { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 })],
  ['an unclear flag', 'tools/call', call('batch_scan_local_image', { ...EXAMPLE, dry_run: ' ' })],
  ['a list that is too long', 'tools/call', call('batch_scan_local_image', { image_info_list: MANY })],
  ['an unknown selection', 'tools/call', call('batch_scan_local_image', { selection_id: 'sel_9', dry_run: true })],
  ['an unknown scan', 'tools/call', call('get_local_image_scan_status', { scan_id: 'scan_9' })],
  ['an unknown region', 'tools/call', call('list_local_images', { region: 'cn-north-44' })],
  ['a region that is out of reach', 'tools/call', call('list_local_images', { region: 'cn-east-3' })],
  [
    'an answer that was not asked for',
    'tools/call',
    { ...call('batch_scan_local_image', EXAMPLE), requestState: 'x', _meta: envelope() },
  ],
];

describe('a call in both languages', () => {
  it.each(WRONG)('%s', async (_, method, params) => {
    const { en, zh } = await inBoth(method, params);
    expect(withoutTexts(withoutId(zh))).toEqual(withoutTexts(withoutId(en)));
    const said = textsIn(zh).join('\n');
    expect([englishIn(said), halfWidthIn(said)], said).toEqual([[], []]);
    expect(said).toMatch(/\p{Script=Han}/u);
    expect(textsIn(en).join('\n')).not.toMatch(/\p{Script=Han}/u);
    expect({ en: textsIn(en).map(withoutFields), zh: textsIn(zh).map(withoutFields) }).toMatchSnapshot();
  });

  it('params that are none', async () => {
    const line = '{"jsonrpc":"2.0","id":"raw","method":"tools/list","params":[1]}\n';
    for (const [language, program] of Object.entries(programs)) {
      program.send(line);
      await expect.poll(() => program.lines.find((answer) => answer.includes('"raw"'))).toBeDefined();
      const answer = JSON.parse(program.lines.find((each) => each.includes('"raw"')) ?? '{}');
      expect(answer.error.message).toBe(language === 'zh' ? 'params 必须是对象' : 'params must be an object');
    }
  });

  it('what a client looks for stays as it is', async () => {
    const missing = await inBoth('nothing/here', {});
    expect(missing.zh.error?.message).toBe(missing.en.error?.message);
    const older = await inBoth('tools/list', { _meta: envelope({}, { version: '2027-01-01' }) });
    expect(older.zh.error?.message).toMatch(/^Unsupported protocol version/);
  });

  it('tools and instructions do not depend on it', async () => {
    const { en, zh } = await inBoth('tools/list', {});
    expect(withoutId(zh)).toEqual(withoutId(en));
    const [first, second] = [programs.en, programs.zh].map(({ lines }) => JSON.parse(lines[0] ?? '{}').result);
    expect(second).toEqual(first);
  });
});

describe('prompts in both languages', () => {
  it('are listed under the same names', async () => {
    const { en, zh } = await inBoth('prompts/list', {});
    expect(withoutTexts(withoutId(zh))).toEqual(withoutTexts(withoutId(en)));
    expect(zh.result).toMatchSnapshot();
  });

  it.each([
    { name: 'scan_and_triage', arguments: {} },
    { name: 'scan_and_triage', arguments: { image_name: '支付' } },
    { name: 'what_is_at_risk', arguments: { enterprise_project_id: '0' } },
    { name: 'verify_rebuild', arguments: { image_name: 'nginx', cve_id: 'CVE-2021-44228' } },
  ])('$name says the same: $arguments', async (params) => {
    const { en, zh } = await inBoth('prompts/get', params);
    expect(withoutTexts(withoutId(zh))).toEqual(withoutTexts(withoutId(en)));
    const said = textsIn(zh).join('\n');
    expect([englishIn(said), halfWidthIn(said)], said).toEqual([[], []]);
    const namesIn = (message: Message) =>
      [
        ...new Set(
          textsIn(message)
            .join('\n')
            .match(/\b[a-z]+(?:_[a-z]+)+\b/g),
        ),
      ].sort();
    // A tool is named in both or in neither.
    expect(namesIn(zh).filter((name) => !name.startsWith('not_'))).toEqual(namesIn(en));
    expect(said).toMatchSnapshot();
  });
});
