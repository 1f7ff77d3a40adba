import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { Program, settingsFor } from '../support/program.js';

it('at five requests a minute a report is not written before everything is read, and says how far it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reports-'));
  const sandbox = await Sandbox.start({ estate: { images: 2400, seed: 7 }, limits: 'documented' });
  const program = await Program.start({ ...settingsFor(sandbox), HSS_REPORT_DIR: folder });
  const answer = await program.request('tools/call', {
    name: 'export_local_image_report',
    arguments: { format: 'csv', enterprise_project_id: 'all_granted_eps' },
    _meta: { progressToken: 'p' },
  });
  expect(answer.isError).toBeFalsy();
  expect(answer.structuredContent).toMatchObject({
    incomplete: { read: expect.any(Number), ready_in: expect.any(Number) },
    next: expect.stringContaining('Call again'),
  });
  expect(answer.structuredContent).not.toHaveProperty('path');
  expect(readdirSync(folder)).toEqual([]);
  // The first requests go out at once, so that there is something to tell.
  expect(program.notifications.filter(({ method }) => method === 'notifications/progress').length).toBeGreaterThan(0);
  await program.end();
  await sandbox.close();
}, 60_000);
