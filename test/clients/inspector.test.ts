import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';
import { ACCEPTED, ACCEPTED_TEXT, IMAGES, NOTHING, REFUSED, SCAN, SERVER, TOOLS } from './server.js';

const INSPECTOR = fileURLToPath(
  new URL('node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
);

const inspect = (...args: string[]) =>
  run([INSPECTOR, '--cli', SERVER.command, ...SERVER.args, ...args, '--format', 'json', '-q']);
const scan = (args: object) =>
  inspect('--method', 'tools/call', '--tool-name', SCAN, '--tool-args-json', JSON.stringify(args));

describe('@modelcontextprotocol/inspector, command line', () => {
  it('lists the tools and neither refuses a schema (exit code 6) nor warns of one', async () => {
    const { code, stdout, stderr } = await inspect('--method', 'tools/list', '--strict');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { result } = JSON.parse(stdout) as { result: { tools: { name: string }[] } };
    expect(result.tools.map(({ name }) => name)).toEqual(TOOLS);
  });

  it('starts a scan', async () => {
    const { code, stdout, stderr } = await scan(IMAGES);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      result: { structuredContent: ACCEPTED, content: [{ type: 'text', text: expect.stringMatching(ACCEPTED_TEXT) }] },
    });
  });

  it('ends with exit code 5 on a refusal', async () => {
    const { code, stdout, stderr } = await scan(NOTHING);
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toEqual({
      result: { isError: true, content: [{ type: 'text', text: expect.stringMatching(REFUSED) }] },
    });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'tool_is_error' } });
  });

  it('calls a tool many times at once without one error', async () => {
    const load = ['--load', '--load-requests', '50', '--load-concurrency', '10'];
    const { code, stdout } = await inspect('--method', 'tools/call', '--tool-name', 'list_local_images', ...load);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ result: { requests: 50, ok: 50, toolErrors: 0, errors: 0 } });
  });
});
