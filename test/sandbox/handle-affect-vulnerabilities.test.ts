import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import { codeOf, type Query, type Row, rowsOf } from './call.js';
import { Region, seed } from './region.js';

const PAIRS = 'image/vulnerability/handle-affect-vulnerabilities';
const NGINX = seed('nginx');
const RUNNER = seed('gitlab-runner');
const PAYMENT = seed('payment-service');
const LOG4SHELL = 'CVE-2021-44228';
const PAGE = { offset: 0, limit: 200 };
const ALL = { image_type: 'local', type: 'app_vul', operate_type: 'ignore', select_type: 'all_vul' };

let region: Region;
afterEach(() => region.close());

async function start(options: SandboxOptions = {}): Promise<void> {
  region = await Region.start(options);
}

const ask = (body: object, query: Query = {}) =>
  region.call({ method: 'POST', path: PAIRS, data: { ...ALL, ...body }, query: { ...PAGE, ...query } });

async function idsOf(body: object, query: Query = {}): Promise<string[]> {
  const answer = await ask(body, query);
  expect(answer.status).toBe(200);
  return rowsOf(answer).map(({ vul_id }) => String(vul_id));
}

const everywhere = { enterprise_project_id: 'all_granted_eps' };

describe('ListImageHandleAffectVulnerabilities', () => {
  it('gives the four documented fields, and three counts without total_num', async () => {
    await start();
    const body = { select_type: 'specific_image_all_vul', image_id_list: [NGINX.image_id], handle_status: 'unhandled' };
    expect((await ask(body)).body).toEqual({
      total_vul_num: 2,
      vul_num: 2,
      image_num: 1,
      data_list: ['CVE-2021-23017', 'CVE-2023-44487'].map((vul_id) => ({
        image_id: NGINX.image_id,
        image_name: 'nginx',
        vul_id,
        vul_name: `nginx: ${vul_id}`,
      })),
    });
  });

  it.each([
    { what: 'all', body: {}, total: 15, images: 4 },
    { what: 'one image', body: { select_type: 'specific_image_all_vul', image_id_list: [PAYMENT.image_id] }, total: 6 },
    { what: 'an image of no name', body: { select_type: 'specific_image_all_vul', image_id_list: ['x'] }, total: 0 },
    { what: 'a vulnerability', body: { select_type: 'specific_vul_all_image', vul_id_list: [LOG4SHELL] }, total: 2 },
    {
      what: 'pairs by vulnerability',
      body: { select_type: 'vul_view', vul_data_list: [{ vul_id: LOG4SHELL, image_id_list: [PAYMENT.image_id, 'x'] }] },
      total: 1,
    },
    {
      what: 'pairs by image',
      body: {
        select_type: 'image_view',
        image_data_list: [{ image_id: PAYMENT.image_id, vul_id_list: [LOG4SHELL, 'x'] }],
      },
      total: 1,
    },
    {
      what: 'the same pair twice',
      body: { select_type: 'specific_vul_all_image', vul_id_list: [LOG4SHELL, LOG4SHELL] },
      total: 2,
    },
    { what: 'another kind of images', body: { image_type: 'registry' }, total: 0 },
    { what: 'lists of another select_type', body: { image_id_list: [], vul_id_list: ['x'] }, total: 15 },
  ])('selects $what', async ({ body, total, images }) => {
    await start();
    const answer = await ask({ handle_status: 'unhandled', ...body }, everywhere);
    expect(answer.body).toMatchObject({ total_vul_num: total, ...(images && { image_num: images }) });
    expect(rowsOf(answer)).toHaveLength(total);
  });

  it('agrees with the rows of the other lists', async () => {
    await start();
    await region.scan({ operate_all: true }, everywhere);
    region.clock.ms += 60_000;
    for (const type of ['app_vul', 'linux_vul']) {
      const pairs = rowsOf(await ask({ type, handle_status: 'unhandled' }, everywhere));
      const query = { type, handle_status: 'unhandled', image_type: 'local', ...everywhere };
      const vulnerabilities = await region.all('images/vulnerabilities', query);
      for (const { vul_id, image_num } of vulnerabilities) {
        expect(pairs.filter((pair) => pair.vul_id === vul_id)).toHaveLength(Number(image_num));
      }
      expect(new Set(pairs.map(({ vul_id }) => vul_id)).size).toBe(vulnerabilities.length);
    }
  });

  it('tells open pairs from handled ones', async () => {
    await start();
    const body = { type: 'linux_vul', select_type: 'specific_image_all_vul', image_id_list: [RUNNER.image_id] };
    const open = await idsOf({ ...body, handle_status: 'unhandled' });
    expect(open).toContain('CVE-2022-0778');
    expect(open).not.toContain('CVE-2023-5678');
    expect(await idsOf({ ...body, handle_status: 'handled' })).toEqual(['CVE-2023-5678']);
    expect(await idsOf(body)).toHaveLength(open.length + 1);
  });

  it('filters its rows by parts of names', async () => {
    await start();
    expect(await idsOf({ handle_status: 'unhandled' }, { vul_name: 'log4j' })).toHaveLength(2);
    expect(await idsOf({ handle_status: 'unhandled' }, { image_name: 'ngin' })).toHaveLength(2);
  });

  it('pages by offset and limit', async () => {
    await start();
    const first = await ask({}, { ...everywhere, limit: 10 });
    const second = await ask({}, { ...everywhere, limit: 10, offset: 10 });
    expect(rowsOf(first)).toHaveLength(10);
    expect([...rowsOf(first), ...rowsOf(second)]).toEqual(rowsOf(await ask({}, everywhere)));
  });

  it.each([
    { body: { image_type: 'cluster' } },
    { body: { image_type: undefined } },
    { body: { type: undefined } },
    { body: { operate_type: undefined } },
    { body: { operate_type: 'query' } },
    { body: { select_type: undefined } },
    { body: { select_type: 'one_vul' } },
    { body: { handle_status: 'open' } },
    { body: { remark: 'x'.repeat(513) } },
    { body: { select_type: 'specific_image_all_vul' } },
    { body: { select_type: 'specific_image_all_vul', image_id_list: [] } },
    { body: { select_type: 'specific_image_all_vul', image_id_list: [''] } },
    { body: { select_type: 'specific_vul_all_image', vul_id_list: ['x'.repeat(129)] } },
    { body: { select_type: 'specific_vul_all_image', vul_id_list: 'CVE' } },
    { body: { select_type: 'vul_view', vul_data_list: [{ vul_id: LOG4SHELL }] } },
    { body: { select_type: 'image_view', image_data_list: [{ vul_id_list: [LOG4SHELL] }] } },
    { body: { image_id_list: Array.from({ length: 5001 }, (_, index) => `${index}`) } },
  ])('refuses %j', async ({ body }) => {
    await start();
    expect(codeOf(await ask(body))).toBe('400 HSS.0001');
  });

  it('needs offset and limit', async () => {
    await start();
    const call = { method: 'POST', path: PAIRS, data: ALL };
    for (const query of [{ limit: 10 }, { offset: 0 }, { offset: 0, limit: 9 }, { offset: -1, limit: 10 }] as Query[]) {
      expect(codeOf(await region.call({ ...call, query }))).toBe('400 HSS.0001');
    }
  });
});

describe('its choices', () => {
  const total = async (body: object) => ((await ask(body, everywhere)).body as Row).total_vul_num;

  it.each([
    { pairs: 'refused_403', code: '403 HSS.0013' },
    { pairs: 'refused_404', code: '404 APIGW.0101' },
  ] as const)('$pairs', async ({ pairs, code }) => {
    await start({ pairs });
    expect(codeOf(await ask({}))).toBe(code);
  });

  it('some_missing and one_a_host disagree with the other lists', async () => {
    await start({ pairs: 'some_missing' });
    expect(await total({ handle_status: 'unhandled' })).toBe(13);
    await region.close();
    await start({ pairs: 'one_a_host' });
    const body = { select_type: 'specific_image_all_vul', image_id_list: [NGINX.image_id] };
    expect((await ask(body)).body).toMatchObject({ total_vul_num: 4, vul_num: 2, image_num: 1 });
  });

  it('handle_status may not count', async () => {
    await start({ pairsHonourHandleStatus: false });
    expect(await total({ handle_status: 'unhandled' })).toBe(await total({ handle_status: 'handled' }));
  });

  it.each([
    { emptyPairsList: 'nothing', pairs: 0 },
    { emptyPairsList: 'everything', pairs: 16 },
  ] as const)('an empty list selects $emptyPairsList', async ({ emptyPairsList, pairs }) => {
    await start({ emptyPairsList });
    expect(await total({ select_type: 'specific_image_all_vul', image_id_list: [] })).toBe(pairs);
  });
});

describe('HandleImageVulnerability', () => {
  it('does not exist, and a request for it is recorded', async () => {
    await start();
    const path = 'image/vulnerability/handle';
    expect(codeOf(await region.call({ method: 'POST', path, data: ALL }))).toBe('404 APIGW.0101');
    expect(region.sandbox.count('unknown')).toBe(1);
    expect(region.sandbox.requests).toMatchObject([{ target: region.path(path), status: 404, carriedOut: false }]);
  });
});
