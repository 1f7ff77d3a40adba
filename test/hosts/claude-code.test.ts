import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished, HOSTS, start } from './host.js';
import { testHost } from './suite.js';

/** A line of the protocol between Claude Code and the program that shows it: here the test, in the place of the person. */
interface Line {
  readonly type: string;
  readonly request_id?: string;
  readonly request?: { readonly subtype: string };
}

testHost({
  name: 'Claude Code',
  installed: HOSTS.claudeCode,
  opensWith: 'server/discover',
  // The older one when the program has not answered the first question in time, as on a busy machine.
  versions: ['2026-07-28', '2025-11-25'],
  part: 'structure',
  marksErrors: true,
  asks: true,

  run(place, model) {
    const config = join(place.work, 'mcp.json');
    writeFileSync(config, JSON.stringify({ mcpServers: { hss: { type: 'stdio', ...place.server } } }));
    const streams = ['--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'];
    const server = ['--mcp-config', config, '--strict-mcp-config', '--allowedTools', 'mcp__hss'];
    const child = start(place, HOSTS.claudeCode.program, ['-p', ...streams, ...server], {
      ANTHROPIC_BASE_URL: model.url,
      ANTHROPIC_API_KEY: 'EXAMPLEKEY',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_ERROR_REPORTING: '1',
    });
    const say = (line: object) => child.stdin.write(`${JSON.stringify(line)}\n`);
    createInterface({ input: child.stdout }).on('line', (text) => {
      const { type, request_id, request } = JSON.parse(text) as Line;
      if (type === 'control_request' && request?.subtype === 'elicitation') {
        const response = { subtype: 'success', request_id, response: { action: 'accept', content: {} } };
        say({ type: 'control_response', response });
      }
      if (type === 'result') child.stdin.end();
    });
    say({ type: 'control_request', request_id: 'begin', request: { subtype: 'initialize', hooks: null } });
    say({
      type: 'user',
      message: { role: 'user', content: 'Scan the images.' },
      parent_tool_use_id: null,
      session_id: '',
    });
    return finished(child);
  },
});
