import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROGRAM } from '../support/command.js';

/** Runs the program as if Node were of another version. */
function runOn(version: string, args: readonly string[], language = 'en') {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const env = { PATH: process.env.PATH, HSS_LANG: language };
  return spawnSync(process.execPath, ['--import', preload, PROGRAM, ...args], { encoding: 'utf8', input: '', env });
}

describe('a Node that is too old', () => {
  it.each(['20.18.0', '20.9.0', '19.9.9', '18.20.4', '16.0.0', '0.12.0', '6.17.1'])(
    '%s is refused in one line',
    (version) => {
      for (const args of [[], ['--sandbox'], ['doctor'], ['--version']]) {
        const { status, stdout, stderr } = runOn(version, args);
        expect(stdout).toBe('');
        expect(stderr).toBe(
          `huaweicloud-hss-mcp needs Node 20.18.1 or later; this is ${version}. Install a newer Node and start it with that.\n`,
        );
        expect(status).toBe(1);
      }
    },
  );

  it('is refused in Chinese, too', () => {
    expect(runOn('16.0.0', [], 'zh-CN').stderr).toBe(
      'huaweicloud-hss-mcp 需要 Node 20.18.1 或更高版本，当前版本为 16.0.0。请安装新版本的 Node 后重新启动。\n',
    );
  });

  it.each(['20.18.1', '20.19.0', '22.0.0', '100.0.0', '24.0.0-nightly'])('%s is not', (version) => {
    expect(runOn(version, ['--version']).status).toBe(0);
  });

  it('can read the first file: it imports nothing at once and uses no newer syntax', () => {
    const text = readFileSync(PROGRAM, 'utf8');
    expect(text).not.toMatch(
      /\bimport\s*[\w{*"'`]|\bexport\s*[*{][^}]*\w[^}]*from|\?\?|\?\.|\bawait\b|#\w+[;=]|\bstatic\s*{/,
    );
    expect(text.match(/\bimport\(/g)).toHaveLength(1);
  });
});
