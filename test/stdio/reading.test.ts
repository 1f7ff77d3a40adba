import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Program } from '../support/program.js';

// "What a read must not suggest" (the design's rules for list and scan), line by line, against the embedded HSS.
let program: Program;
beforeAll(async () => {
  program = await Program.start({}, { args: ['--sandbox'] });
});
afterAll(() => program.end());

const row = async (image_name: string) => {
  const result = await program.call('list_local_images', { image_name });
  return { ...result, image: result.structured.images[0] ?? {} };
};

describe('what a read must not suggest', () => {
  it('zero baseline and malware counts are "not covered or have no data", never passed', async () => {
    const { image, text, structured } = await row('nginx');
    expect(image).not.toHaveProperty('unsafe_setting_num');
    expect(image).not.toHaveProperty('malicious_file_num');
    for (const part of [text, String(structured.coverage)]) {
      expect(part).toContain('baseline checks and malicious files are not covered or have no data');
      expect(part).not.toMatch(/passed|compliant|no malware/i);
    }
  });

  it('Security reads "safe as far as scanned"', async () => {
    const { image, text } = await row('web-frontend');
    expect(image).toMatchObject({ severity_level: 'Security', vul_num: 0 });
    expect(text).toContain('safe as far as scanned');
  });

  it('an unscanned image shows no number of vulnerabilities', async () => {
    for (const name of ['pytorch-serve', 'billing']) {
      const { image, text } = await row(name);
      expect(image).not.toHaveProperty('vul_num');
      expect(image).not.toHaveProperty('severity_level');
      expect(image).not.toHaveProperty('latest_scan_time');
      expect(text).not.toMatch(/\b0 vulnerabilities/);
    }
  });

  it('an empty list without an enterprise project says where HSS looked and offers all', async () => {
    const { text, structured } = await row('etl-worker');
    expect(structured.total_num).toBe(0);
    for (const part of [text, JSON.stringify(structured.notes)]) {
      expect(part).toContain('only in enterprise project 0');
      expect(part).toContain('all_granted_eps');
    }
    const all = await program.call('list_local_images', {
      image_name: 'etl-worker',
      enterprise_project_id: 'all_granted_eps',
    });
    expect(all.structured.total_num).toBe(1);
  });

  it('says why an image cannot be scanned, and what to do about a failure', async () => {
    const unnamed = await row('--');
    expect(unnamed.image).toMatchObject({ non_scan_reason: 'The image has neither name nor version.' });
    expect(unnamed.text).toContain('The image has neither name nor version.');
    const failed = await row('billing');
    expect(failed.image).toMatchObject({ scan_status: 'failed', scan_failed_desc: 'failed_to_match_agent' });
    for (const part of [failed.text, JSON.stringify(failed.structured.notes)])
      expect(part).toContain('failed_to_match_agent: enable HSS container edition');
  });

  it('an accepted scan is never called finished', async () => {
    const { text } = await program.call('batch_scan_local_image', { image_info_list: [{ image_name: 'redis' }] });
    expect(text).toContain('The scans are not finished');
    expect(text).not.toMatch(/scan(s|ned)? (is|are|has|have) (done|complete|finished)\b(?! when)/i);
  });

  it('every result of the embedded HSS says so', async () => {
    const { text, structured } = await program.call('list_local_images');
    expect(structured.sandbox).toBe(true);
    expect(text).toMatch(/^From the embedded HSS/);
  });

  it('the first page holds scanned, unscanned and failed images, in the order of HSS', async () => {
    const { structured } = await program.call('list_local_images');
    const states = structured.images.map((image) => image.scan_status);
    for (const state of ['success', 'unscan', 'failed']) expect(states).toContain(state);
    expect(structured.images[0]?.image_name).toContain('install-hss-agent');
  });
});

describe('paging', () => {
  it('walks through all rows, a small page at a time, with next_offset', async () => {
    const names: unknown[] = [];
    let offset: unknown = 0;
    while (offset !== undefined) {
      const { structured } = await program.call('list_local_images', {
        offset,
        limit: 5,
        enterprise_project_id: 'all_granted_eps',
      });
      names.push(...structured.images.map((image) => image.image_name));
      expect(structured.truncated).toBe(structured.next_offset !== undefined);
      offset = structured.next_offset;
    }
    expect(names).toHaveLength(14);
    expect(new Set(names).size).toBe(14);
  });

  it('beyond the end says so', async () => {
    const { structured, text } = await program.call('list_local_images', { offset: 100 });
    expect(structured).toMatchObject({ images: [], truncated: false });
    expect(text).toContain('beyond the last of 12 rows');
  });
});

describe('size', () => {
  it('a page of any size stays under 20,000 characters and is honest about what it left out', async () => {
    const { Sandbox } = await import('../../src/sandbox/sandbox.js');
    const { settingsFor } = await import('../support/program.js');
    const sandbox = await Sandbox.start({ extraImages: 300 });
    const large = await Program.start(settingsFor(sandbox));
    for (const limit of [20, 200]) {
      const result = await large.call('list_local_images', { limit, offset: 14 });
      for (const part of [result.text, JSON.stringify(result.structured)]) expect(part.length).toBeLessThan(20_000);
      const { images, next_offset, truncated, total_num } = result.structured;
      expect(total_num).toBe(312);
      expect(truncated).toBe(true);
      expect(next_offset).toBe(14 + images.length);
      expect(images.length).toBeGreaterThanOrEqual(limit === 20 ? 20 : 50);
      if (limit === 200) expect(result.text).toContain(`${images.length} of the 200 asked for fit`);
      expect(result.text).toContain(`offset ${next_offset}`);
    }
    await large.end();
    await sandbox.close();
  });
});
