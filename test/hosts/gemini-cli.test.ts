import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { finished, HOSTS, start } from './host.js';
import { testHost } from './suite.js';

const GUARD = fileURLToPath(new URL('../clients/loopback-only.mjs', import.meta.url));
testHost({
  name: 'Gemini CLI',
  installed: HOSTS.geminiCli,
  opensWith: 'initialize',
  versions: ['2025-06-18'],
  part: 'text',
  marksErrors: true,
  asks: false,

  run(place, model) {
    const settings = {
      mcpServers: { hss: { ...place.server, trust: true } },
      security: { auth: { selectedType: 'gemini-api-key' } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: { enableAutoUpdate: false, disableAutoUpdate: true, disableUpdateNag: true },
    };
    mkdirSync(join(place.home, '.gemini'));
    writeFileSync(join(place.home, '.gemini', 'settings.json'), JSON.stringify(settings));
    const prompt = ['--model', 'gemini-2.5-flash', '--approval-mode', 'yolo', '--prompt', 'Scan the images.'];
    const child = start(place, process.execPath, [HOSTS.geminiCli.program, ...prompt], {
      GEMINI_API_KEY: 'EXAMPLEKEY',
      GOOGLE_GEMINI_BASE_URL: model.url,
      GEMINI_CLI_NO_RELAUNCH: 'true',
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
      NODE_OPTIONS: `--import ${GUARD}`,
    });
    child.stdin.end();
    return finished(child);
  },
});
