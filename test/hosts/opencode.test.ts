import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished, HOSTS, start } from './host.js';
import { testHost } from './suite.js';

testHost({
  name: 'opencode',
  installed: HOSTS.opencode,
  opensWith: 'initialize',
  versions: ['2025-11-25'],
  part: 'text',
  // Chat completions have no mark for that.
  marksErrors: false,
  asks: false,

  run(place, model) {
    const { command, args } = place.server;
    const config = {
      mcp: { hss: { type: 'local', command: [command, ...args], enabled: true } },
      provider: {
        scripted: {
          npm: '@ai-sdk/openai-compatible',
          options: { baseURL: `${model.url}/v1`, apiKey: 'EXAMPLEKEY' },
          models: { script: { name: 'script', tool_call: true } },
        },
      },
      model: 'scripted/script',
      small_model: 'scripted/script',
      autoupdate: false,
      share: 'disabled',
      permission: 'allow',
    };
    writeFileSync(join(place.work, 'opencode.json'), JSON.stringify(config));
    const child = start(place, HOSTS.opencode.program, ['run', '--model', 'scripted/script', 'Scan the images.'], {
      OPENCODE_DISABLE_AUTOUPDATE: 'true',
      OPENCODE_DISABLE_MODELS_FETCH: 'true',
      OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
      OPENCODE_DISABLE_DEFAULT_PLUGINS: 'true',
      XDG_CONFIG_HOME: join(place.home, '.config'),
      XDG_DATA_HOME: join(place.home, '.local', 'share'),
      XDG_CACHE_HOME: join(place.home, '.cache'),
      XDG_STATE_HOME: join(place.home, '.local', 'state'),
    });
    child.stdin.end();
    return finished(child);
  },
});
