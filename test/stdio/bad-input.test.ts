import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/tools/catalogue.js';
import { Program } from '../support/program.js';
import { sharedWorld } from '../support/worlds.js';

describe('bad input', () => {
  const at = sharedWorld({ env: { HSS_SCAN_ALL: 'allow' } });
  const right = { image_info_list: [{ image_id: 'x' }] };
  it.each<[string, object, RegExp]>([
    [
      'a wrong enum',
      { ...right, scan_status: 'sucess' },
      /scan_status must be one of .*not "sucess"\. Did you mean success/,
    ],
    ['nothing selected', {}, /Nothing is selected: image_info_list is empty and operate_all is not true/],
    ['an empty list', { image_info_list: [], operate_all: false }, /Nothing is selected/],
    ['a contradiction', { ...right, operate_all: true }, /operate_all is true and image_info_list is given/],
    [
      'an entry that identifies nothing',
      { image_info_list: [{ image_id: 'x' }, { image_version: 'v1' }] },
      /image_info_list\[1\] identifies no image/,
    ],
    ['an empty entry', { image_info_list: [null] }, /image_info_list\[0\] must be of type object/],
    [
      'start after end',
      { operate_all: true, start_latest_scan_time: 1_800_000_000_000, end_latest_scan_time: 1_700_000_000_000 },
      /start_latest_scan_time \(1800000000000\) is after end_latest_scan_time/,
    ],
    [
      'seconds',
      { operate_all: true, start_latest_update_time: 1_700_000_000 },
      /start_latest_update_time 1700000000 looks like seconds.*start_latest_update_time: 1700000000000/s,
    ],
    ['an unknown key', { ...right, operate_al: true }, /operate_al is not a field; did you mean operate_all\?/],
    [
      'an unknown key of an entry',
      { image_info_list: [{ imageId: 'x' }] },
      /image_info_list\[0\]\.imageId is not a field; did you mean image_id\?/,
    ],
    [
      'a number for a version',
      { image_info_list: [{ image_name: 'x', image_version: 1.1 }] },
      /image_info_list\[0\]\.image_version must be text, not the number 1\.1/,
    ],
    ['a fraction', { operate_all: true, image_size: 1.5 }, /image_size must be a whole number/],
    ['a number beyond the documented ones', { operate_all: true, image_size: '9999999999999999999' }, /image_size/],
    [
      'entries that are blank',
      { image_info_list: [{ image_id: ' ', image_name: '\u200b' }], operate_all: false },
      /image_info_list\[0\]\.image_id is blank.*image_info_list\[0\]\.image_name is blank/,
    ],
    [
      'an image as people write it',
      { image_info_list: [{ image_name: 'registry:5000/org/app:v1' }] },
      /image_info_list\[0\]\.image_name names .*: give image_name: "registry:5000\/org\/app", image_version: "v1"/,
    ],
    [
      'a word in place of an id',
      { ...right, enterprise_project_id: 'None' },
      /enterprise_project_id is the word "None"/,
    ],
    ['a negative size', { operate_all: true, image_size: -1 }, /image_size must be at least 0/],
    [
      '10,001 entries',
      { image_info_list: Array.from({ length: 10_001 }, () => ({ image_id: 'x' })) },
      /image_info_list must have at most 10000 entries, not 10001/,
    ],
    [
      'a 5 MB string',
      { image_info_list: [{ image_name: 'x'.repeat(5_000_000) }] },
      /image_info_list\[0\]\.image_name must have at most 512 characters, not 5000000/,
    ],
    ['a prototype key', JSON.parse('{"__proto__x": 1, "constructor": 2}'), /constructor is not a field/],
    ['a bad region', { ...right, region: '../x' }, /region "\.\.\/x" is not a region id/],
  ])('%s is one clear error, and nothing is sent', async (_, args, message) => {
    const { sandbox, program } = at();
    const { isError, text, structuredContent } = await program.call('batch_scan_local_image', args);
    expect(isError).toBe(true);
    expect(structuredContent).toBeUndefined();
    expect(text).toMatch(message);
    expect(text).toContain('no scan was started');
    expect(text).toMatch(/^Next: ./m);
    expect(text.length).toBeLessThan(2000);
    expect(sandbox.requests).toHaveLength(0);
  });

  it.each<[object, RegExp]>([
    [{ image_version: 'v1' }, /image_version is given without image_name/],
    [{ start_latest_scan_time: 1_700_000_000_000 }, /given without end_latest_scan_time/],
    [
      { scan_status: 'image_oversized' },
      /scan_status must be one of unscan, success, scanning, failed, waiting_for_scan/,
    ],
    [{ limit: 201 }, /limit must be at most 200/],
    [{ offset: -1 }, /offset must be at least 0/],
    [{ hostname: 'x' }, /hostname is not a field; did you mean host_name/],
  ])('list_local_images refuses %j', async (args, message) => {
    const { sandbox, program } = at();
    const { isError, text } = await program.call('list_local_images', args);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(sandbox.requests).toHaveLength(0);
  });

  it('bad settings are one clear error that names the variable, and tools/list still answers', async () => {
    const program = await Program.start({ HW_ACCESS_KEY: 'EXAMPLEAK', HSS_REGION: '<YOUR REGION>' });
    expect((await program.request('tools/list')).tools).toHaveLength(CATALOGUE.length);
    const { isError, text } = await program.call('batch_scan_local_image', right);
    expect(isError).toBe(true);
    expect(text).toContain('HW_ACCESS_KEY is set but HW_SECRET_KEY is not');
    expect(text).toContain('HSS_REGION still holds a placeholder');
    expect(text).toContain('The owner of the settings');
    expect(text).toContain('--sandbox');
    await program.end();
  });

  it('a bad behaviour setting is no less an error with the embedded HSS', async () => {
    const program = await Program.start({ HSS_READ_ONLY: 'maybe' }, { args: ['--sandbox'] });
    // It closes: the tool that acts is not there.
    const { error } = await program.exchange('tools/call', { name: 'batch_scan_local_image', arguments: right }).answer;
    expect(error?.message).toContain('HSS_READ_ONLY is true, or cannot be read');
    const { isError, text } = await program.call('list_local_images');
    expect(isError).toBe(true);
    expect(text).toContain('HSS_READ_ONLY must be true or false, not "maybe"');
    await program.end();
  });
});
