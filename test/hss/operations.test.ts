import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CloudApi } from '../../src/cloud/api.js';
import type { ApiRequest } from '../../src/cloud/request.js';
import { HssClient } from '../../src/hss/client.js';
import { everyRow } from '../../src/hss/every-row.js';
import { HSS_OPERATIONS, isAllowed } from '../../src/hss/operations.js';

const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };

/** A client whose requests end here, answered with `answer`. */
function clientAnswering(answer: unknown) {
  const requests: ApiRequest[] = [];
  const send = async (_: unknown, request: ApiRequest) => {
    requests.push(request);
    return { status: 200, headers: {}, body: JSON.stringify(answer), json: answer };
  };
  const routes = { hss: () => 'https://hss.example.com', projectId: async () => 'project' };
  return { hss: new HssClient({ send } as unknown as CloudApi, routes), requests };
}

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

describe('the operations of HSS', () => {
  it('hold no path of a call that handles vulnerabilities, and neither does any other file', () => {
    const writing = /vulnerability\/handle(?!-affect-vulnerabilities\b|-history\b)/;
    for (const source of sources('src')) expect(source).not.toMatch(writing);
  });

  it('are compared by method and whole path', () => {
    const query = '/v5/p/image/vulnerability/handle-affect-vulnerabilities';
    expect(isAllowed('POST', query)).toBe(true);
    expect(isAllowed('GET', query)).toBe(false);
    const close = ['', '/', '?a=b', '/x'].map((end) => `/v5/p/image/vulnerability/handle${end}`);
    for (const path of [
      ...close,
      `${query}/`,
      `/x${query}`,
      query.slice(0, -1),
      '/v5//image/apps',
      '/v5/../image/apps',
    ]) {
      expect(isAllowed('POST', path), path).toBe(false);
      expect(isAllowed('GET', path), path).toBe(false);
    }
    // Another export of HSS, which is none of this program's, by the method alone.
    expect(isAllowed('GET', '/v5/p/export-task/t')).toBe(true);
    for (const path of ['export-task', 'export-task/t', 'download/f'])
      expect(isAllowed('POST', `/v5/p/${path}`)).toBe(false);
    expect(isAllowed('GET', '/v5/p/image/vulnerability/handle/apps')).toBe(true);
    expect(isAllowed('GET', '/v5/p/image/vulnerability/a/b/apps')).toBe(false);
    expect(isAllowed('GET', '/v5/p/image/vulnerability/../apps')).toBe(false);
  });

  it.each(['', '.', '..', 'a/b', '../handle', '/'])('refuse %j as an id before anything is sent', async (id) => {
    const { hss, requests } = clientAnswering({ total_num: 0, data_list: [] });
    const refused = [
      () => hss.listVulAffectImageApps(id, { vul_id: 'v', is_handled: false }, scope),
      () => hss.listVulnerabilityCve(id, {}, scope),
      () =>
        hss.listVulAffectImageContainers(
          id,
          { image_digest: 'd', image_name: 'n', image_version: 'v', agent_id: 'a' },
          scope,
        ),
      () => hss.listImageRiskConfigRules(id, { standard: 'hw_standard' }, scope),
      () => hss.listQueryExportTask(id, scope),
      () => hss.listDownloadExportedFile(id, scope),
    ];
    for (const call of refused) await expect(call()).rejects.toMatchObject({ details: { source: 'input' } });
    expect(requests).toEqual([]);
  });

  it('send an id as one encoded segment', async () => {
    const { hss, requests } = clientAnswering({ total_num: 0, data_list: [] });
    await hss.listImageRiskConfigRules('CentOS 7', { standard: 'hw_standard' }, scope);
    await hss.listVulAffectImageApps('a?b#c%2F', { vul_id: 'v', is_handled: false }, scope);
    expect(requests.map(({ path }) => path)).toEqual([
      '/v5/project/image/baseline/risk-configs/CentOS%207/rules',
      '/v5/project/image/vulnerability/a%3Fb%23c%252F/apps',
    ]);
  });

  it('read but for the one that starts scans and the one that has HSS make a file', () => {
    const acting = Object.entries(HSS_OPERATIONS).filter(([, { repeatability }]) => repeatability === 'act');
    expect(acting.map(([name]) => name)).toEqual(['BatchExportLocalVulTask', 'BatchScanLocalImage']);
  });
});

describe('an export of HSS', () => {
  it('is of all images that match, and named by its task', async () => {
    const { hss, requests } = clientAnswering({ task_id: 't1', record_total_num: '7' });
    const begun = await hss.batchExportLocalVulTask({ image_name: 'nginx', has_container: true }, scope);
    expect(begun).toEqual({ task_id: 't1', record_total_num: 7 });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/v5/project/image/local-vulnerability/export',
      query: 'export_size=200000',
      headers: { region: 'cn-north-4' },
    });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      operate_all: true,
      image_name: 'nginx',
      has_container: true,
    });
  });

  it.each([{}, { task_id: '' }, { task_id: '..' }, { task_id: 'a/b' }, { task_id: 7 }, []])(
    'that is answered with %j names no task',
    async (answer) => {
      await expect(clientAnswering(answer).hss.batchExportLocalVulTask({}, scope)).rejects.toThrow(/names no task/);
    },
  );

  it('is where its task says', async () => {
    const { hss } = clientAnswering({ task_id: 't', task_status: 'success', file_id: 'f', file_name: 'a.zip' });
    expect(await hss.listQueryExportTask('t', scope)).toEqual({
      task_status: 'success',
      file_id: 'f',
      file_name: 'a.zip',
    });
    const odd = clientAnswering({ task_status: 'paused', file_id: '../f' });
    expect(await odd.hss.listQueryExportTask('t', scope)).toEqual({ task_status: 'paused', file_id: undefined });
    await expect(clientAnswering({}).hss.listQueryExportTask('t', scope)).rejects.toThrow(/how far/);
  });
});

describe('pairs of image and vulnerability', () => {
  const paging = { offset: 0, limit: 200 };

  it.each([
    ['all', {}, { select_type: 'all_vul' }],
    ['of images', { image_id_list: ['i'] }, { select_type: 'specific_image_all_vul', image_id_list: ['i'] }],
    ['of vulnerabilities', { vul_id_list: ['v'] }, { select_type: 'specific_vul_all_image', vul_id_list: ['v'] }],
  ])('are asked for with fixed words: %s', async (_, lists, selected) => {
    const { hss, requests } = clientAnswering({ total_vul_num: 1, data_list: [{ image_id: 'i', vul_id: 'v' }] });
    const page = await hss.listImageHandleAffectVulnerabilities(
      { type: 'app_vul', handle_status: 'unhandled', ...lists },
      paging,
      scope,
    );
    expect(page).toMatchObject({ total_vul_num: 1, data_list: [{ image_id: 'i', vul_id: 'v' }] });
    expect(requests[0]?.query).toBe('limit=200&offset=0');
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      image_type: 'local',
      type: 'app_vul',
      operate_type: 'ignore',
      handle_status: 'unhandled',
      ...selected,
    });
  });

  it('take the word that goes with handled ones', async () => {
    const { hss, requests } = clientAnswering({});
    const page = await hss.listImageHandleAffectVulnerabilities(
      { type: 'linux_vul', handle_status: 'handled' },
      paging,
      scope,
    );
    expect(page.data_list).toEqual([]);
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ operate_type: 'not_ignore', handle_status: 'handled' });
  });

  it.each([[[]], [['']], [['a', '']], [Array.from({ length: 5001 }, () => 'a')]])(
    'are not asked for with a list whose effect HSS leaves open',
    async (ids) => {
      const { hss, requests } = clientAnswering({});
      const ask = (lists: object) =>
        hss.listImageHandleAffectVulnerabilities(
          { type: 'app_vul', handle_status: 'unhandled', ...lists },
          paging,
          scope,
        );
      await expect(ask({ image_id_list: ids })).rejects.toThrow(/image_id_list/);
      await expect(ask({ vul_id_list: ids })).rejects.toThrow(/vul_id_list/);
      expect(requests).toEqual([]);
    },
  );
});

describe('everyRow', () => {
  const rows = Array.from({ length: 450 }, (_, index) => index);
  const reading =
    (most: number, total = rows.length) =>
    async ({ offset, limit }: { offset: number; limit: number }) => ({
      total_num: total,
      data_list: rows.slice(offset, offset + Math.min(limit, most)),
      servedAt: new Date(),
    });

  it.each([
    ['full pages', 200, 450],
    ['short pages', 70, 450],
    ['a total that is too large', 200, 1000],
  ])('reads to the end with %s', async (_, most, total) => {
    expect(await everyRow(reading(most, total))).toEqual(rows);
  });
});
