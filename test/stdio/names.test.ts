import { describe, expect, it } from 'vitest';
import { EXAMPLE } from '../support/example.js';
import { sharedWorld } from '../support/worlds.js';

const [, { image_name, image_version, image_id }] = EXAMPLE.image_info_list as [object, Record<string, string>];

describe.each(['none', 'enforced', 'empty'] as const)('full names where the rule for names is %s', (nameRule) => {
  const at = sharedWorld({ sandbox: { nameRule }, capabilities: { elicitation: {} } });

  it('are found by every tool that looks for images', async () => {
    const { sandbox, program } = at();
    const project = { enterprise_project_id: 'all_granted_eps' };
    let question = '';
    program.onServerRequest = (request) => {
      question = JSON.stringify(request);
      return { result: { action: 'decline' } };
    };
    const call = async (tool: string, args: object) => (await program.call(tool, { ...project, ...args })).structured;

    expect(await call('list_local_images', { image_name })).toMatchObject({ total_num: 1, images: [{ image_id }] });
    // Sent whole first; the part behind the last slash only where that found nothing.
    const names = sandbox.requests.map(({ target }) => new URL(target, 'http://h').searchParams.get('image_name'));
    expect(names).toEqual(nameRule === 'none' ? [image_name] : [image_name, image_name?.split('/').at(-1)]);
    expect(await call('list_local_images', { image_name, image_version })).toMatchObject({ total_num: 1 });
    expect(await call('list_local_images', { image_name: `${image_name}-not` })).toMatchObject({ total_num: 0 });
    expect(await call('get_local_image_details', { image_name })).toMatchObject({ image: { image_id } });
    expect(await call('get_local_image_scan_status', { images: [{ image_name }] })).toMatchObject({ not_found: 0 });
    const { selection_id } = await call('list_local_images', { image_name, select: true });
    const counted = await call('get_local_image_scan_status', { selection_id });
    expect([counted.finished, counted.running, counted.failed, counted.not_started]).toContain(1);
    const all = { operate_all: true, image_name };
    expect(await call('batch_scan_local_image', { ...all, dry_run: true })).toMatchObject({ image_count: 1 });
    expect((await program.call('batch_scan_local_image', { ...project, ...all })).isError).toBe(true);
    expect(question).toContain('Images: 1 image.');
  });

  it('of software stay what they are, and the answer says so', async () => {
    const { text, isError } = await at().program.call('list_local_images', { app_name: 'libssl1.1' });
    expect(Boolean(isError)).toBe(nameRule === 'enforced');
    expect(text).toMatch(/app_name:? "libssl1"/);
  });
});
