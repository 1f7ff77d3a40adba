import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { LANGUAGES } from '../../src/words/language.js';
import { englishIn, halfWidthIn, withoutTexts } from '../support/chinese.js';
import { runCommand } from '../support/command.js';
import { settingsFor } from '../support/program.js';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await Sandbox.start();
});
afterEach(() => sandbox.close());

/** What one command prints in each language, both outputs together. */
async function inBoth(env: Record<string, string>, ...args: string[]): Promise<{ en: string; zh: string }> {
  const runs = LANGUAGES.map((language) => runCommand({ ...env, HSS_LANG: language }, ...args));
  const [en, zh] = await Promise.all(runs);
  expect(zh?.code).toBe(en?.code);
  return { en: `${en?.stdout}${en?.stderr}`, zh: `${zh?.stdout}${zh?.stderr}` };
}

function expectChinese(text: string): void {
  expect([englishIn(text), halfWidthIn(text)], text).toEqual([[], []]);
  expect(text).toMatch(/\p{Script=Han}/u);
}

const withoutPlaces = (text: string) =>
  text.replaceAll(sandbox.hssEndpoint('cn-north-4'), 'HSS').replaceAll(sandbox.projectId('cn-north-4'), 'PROJECT');

/** Every name that a user types: commands, options, values, variables. */
const names = (text: string) => [...new Set(text.match(/--[a-z-]+|\bHSS_[A-Z_]+|all_granted_eps|\|[A-Za-z]+/g))].sort();

describe('the commands in both languages', () => {
  it('--help', async () => {
    const { en, zh } = await inBoth({}, '--help');
    expect(en).toMatchSnapshot();
    expect(zh).toMatchSnapshot();
    expectChinese(zh);
    expect(names(zh)).toEqual(names(en));
  });

  it.each([
    '--nope',
    '--json=1',
    '--images',
    '--images 3',
    '--sandbox --images x',
    '--sandbox --limits x',
    'nope',
    '--title x',
    'report --format x',
    'report --title ',
  ])('what is wrong with %s', async (line) => {
    const { code, stderr } = await runCommand({ HSS_LANG: 'zh-CN' }, ...line.split(' '));
    expect(code).toBe(2);
    expect(stderr.split('\n\n')[0]).toMatchSnapshot();
    expectChinese(stderr);
  });

  it('doctor, when all is well', async () => {
    const { en, zh } = await inBoth(settingsFor(sandbox), 'doctor');
    expect(withoutPlaces(en)).toMatchSnapshot();
    expect(withoutPlaces(zh)).toMatchSnapshot();
    expectChinese(zh);
  });

  it('doctor, without settings', async () => {
    const { en, zh } = await inBoth({}, 'doctor');
    expect(en).toMatchSnapshot();
    expect(zh).toMatchSnapshot();
    expectChinese(zh);
  });

  it.each([
    { title: 'well', env: {} },
    { title: 'no endpoint', env: { HSS_ENDPOINT: 'http://127.0.0.1:9' } },
    { title: 'another project', env: { HSS_PROJECT_ID: '', HSS_REGION: 'cn-north-1' } },
    { title: 'a placeholder', env: { HSS_READ_ONLY: '${READ_ONLY}', HSS_SCAN_ALL: '${SCAN_ALL}' } },
    { title: 'no such proxy', env: { HSS_ENDPOINT: '', HTTPS_PROXY: 'http://127.0.0.1:9' } },
  ])('doctor --json differs in texts alone: $title', async ({ env }) => {
    const { en, zh } = await inBoth({ ...settingsFor(sandbox), ...env }, 'doctor', '--json');
    const [english, chinese] = [JSON.parse(en), JSON.parse(zh)];
    const texts = ['found', 'next'];
    expect(withoutTexts(chinese, texts)).toEqual(withoutTexts(english, texts));
    for (const { found, next = '' } of chinese.checks) expectChinese(`${found}\n${next}。好`);
  });

  it('report', async () => {
    const env = { ...settingsFor(sandbox), HSS_REPORT_DIR: '/nonexistent' };
    const { zh } = await inBoth(env, 'report', '--output', '-', '--format', 'csv', '--fail-on', 'High');
    expect(zh).toContain('存在不低于 High 级别的未处理漏洞。');
    const spoken = await runCommand(
      env,
      'report',
      '--output',
      '-',
      '--format',
      'csv',
      '--fail-on',
      'High',
      '--lang',
      'zh-CN',
    );
    expect(spoken.stderr).toBe('存在不低于 High 级别的未处理漏洞。\n');
  });
});
