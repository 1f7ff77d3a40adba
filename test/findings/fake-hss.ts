import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../src/failure.js';
import type { FindingsSource } from '../../src/findings/step.js';
import type { CallScope } from '../../src/hss/client.js';
import type { GeneralImageVul, LocalImage } from '../../src/hss/models.js';
import type { HssOperationName } from '../../src/hss/operations.js';
import type { Estate, EstateImage } from './estate.js';

/** Where HSS's documents leave a choice. */
export interface Choices {
  readonly latencyMs?: number;
  /** ListImageLocal and ListVulAffectImages give a row an agent. */
  readonly rowsByAgent?: boolean;
  readonly imageNum?: 'images' | 'ids' | 'rows';
  readonly vulNum?: 'open' | 'all' | 'missing';
  /** The same pair comes once a host. */
  readonly pairsByAgent?: boolean;
  /** `dropping` leaves out every seventh pair, `everything` minds no list, `both` minds no state. */
  readonly pairs?: 'right' | 'dropping' | 'everything' | 'both' | 400 | 403 | 404 | 429 | 500;
  /** HSS never gives more rows than these. */
  readonly largestPage?: number;
  readonly rowsWithoutDigest?: boolean;
  /** Requests a minute of each operation; the minute is `windowMs` long. */
  readonly perMinute?: number;
  readonly windowMs?: number;
}

export interface FakeHss extends FindingsSource {
  readonly requests: HssOperationName[];
  readonly priorities: (string | undefined)[];
  /** Fails the next requests of these operations. */
  readonly faults: Map<HssOperationName, Failure[]>;
  count(operation?: HssOperationName): number;
}

export function failureOf(status: number): Failure {
  const retry = status === 429 || status >= 500;
  const source = retry ? 'passing' : 'owner';
  return new Failure(`HTTP ${status}`, { source, effect: 'not_sent', retry, next: 'Look.', status });
}

/** HSS over an estate, as plain functions. */
export function fakeHss(estate: Estate, choices: Choices = {}): FakeHss {
  const { latencyMs = 0, pairs = 'right', largestPage = 200, imageNum = 'images', vulNum = 'open' } = choices;
  const requests: HssOperationName[] = [];
  const priorities: (string | undefined)[] = [];
  const faults = new Map<HssOperationName, Failure[]>();
  const windows = new Map<HssOperationName, number[]>();

  const answer = async <T>(operation: HssOperationName, scope: CallScope, make: () => T): Promise<T> => {
    requests.push(operation);
    priorities.push(scope.priority);
    if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: scope.signal });
    else await Promise.resolve();
    const fault = faults.get(operation)?.shift();
    if (fault) throw fault;
    if (choices.perMinute !== undefined) {
      const now = performance.now();
      const recent = (windows.get(operation) ?? []).filter((at) => now - at < (choices.windowMs ?? 60_000));
      windows.set(operation, recent);
      if (recent.length >= choices.perMinute) throw failureOf(429);
      recent.push(now);
    }
    return make();
  };
  const page = <T>(
    rows: readonly T[],
    { offset = 0, limit = 10 }: { offset?: number | undefined; limit?: number | undefined },
  ) => {
    if (limit < 10 || limit > 200) throw failureOf(400);
    return {
      total_num: rows.length,
      data_list: rows.slice(offset, offset + Math.min(limit, largestPage)),
      servedAt: new Date(),
    };
  };
  const inState = (image: EstateImage, handled: boolean) => (handled ? image.handled : image.open);
  const holders = estate.vulnerabilities.map((_, n) => ({
    open: estate.images.filter(({ open }) => open.has(n)),
    handled: estate.images.filter(({ handled }) => handled.has(n)),
  }));
  const numberOf = new Map(estate.vulnerabilities.map(({ row }, n) => [`${row.type} ${row.vul_id}`, n]));
  const countOf = (images: readonly EstateImage[]) => {
    if (imageNum === 'images') return images.length;
    if (imageNum === 'ids') return new Set(images.map(({ row }) => row.image_id)).size;
    return images.reduce((sum, { hosts }) => sum + hosts.length, 0);
  };
  const rowsOf = (image: EstateImage): LocalImage[] => {
    const { vul_num, ...rest } = image.row;
    const all = image.open.size + image.handled.size;
    const counted = vulNum === 'missing' ? rest : { ...rest, vul_num: vulNum === 'all' ? all : vul_num };
    const hosts = choices.rowsByAgent ? image.hosts : image.hosts.slice(0, 1);
    return hosts.map(({ host_id, host_name, agent_id }) => ({ ...counted, host_id, host_name, agent_id }));
  };
  const imageRows = estate.images.flatMap(rowsOf);
  const lists = new Map<string, GeneralImageVul[]>();
  const pairRows = new Map<string, { vul: string; id: string; row: Readonly<Record<string, string | undefined>> }[]>();

  return {
    requests,
    priorities,
    faults,
    count: (operation) => (operation ? requests.filter((each) => each === operation).length : requests.length),

    listImageLocal: (query, scope) =>
      answer('ListImageLocal', scope, () => {
        const { host_id, image_name } = query;
        if (!host_id && !image_name) return page(imageRows, query);
        const rows = estate.images
          .filter(({ hosts }) => !host_id || hosts.some((host) => host.host_id === host_id))
          .filter(({ row }) => !image_name || row.image_name?.includes(image_name))
          .flatMap(rowsOf);
        return page(rows, query);
      }),

    listGeneralImageVuls: (query, scope) =>
      answer('ListGeneralImageVuls', scope, () => {
        const { type, handle_status, severity_level = '', vul_id = '', cve_id = '' } = query;
        const key = [type, handle_status, severity_level, vul_id, cve_id].join();
        const known = lists.get(key);
        if (known) return page(known, query);
        const state = handle_status === 'handled' ? 'handled' : 'open';
        const rows = estate.vulnerabilities.flatMap(({ row }, n) => {
          const images = holders[n]?.[state] ?? [];
          const fits =
            row.type === type &&
            (!severity_level || row.severity_level === severity_level) &&
            (!vul_id || row.vul_id === vul_id) &&
            (!cve_id || row.cve_list?.some((cve) => cve.cve_id === cve_id));
          return fits && images.length > 0 ? [{ ...row, image_num: countOf(images) }] : [];
        });
        lists.set(key, rows);
        return page(rows, query);
      }),

    listVulAffectImages: (query, scope) =>
      answer('ListVulAffectImages', scope, () => {
        const n = numberOf.get(`${query.type} ${query.vul_id}`) ?? -1;
        const images = (holders[n]?.[query.is_handled ? 'handled' : 'open'] ?? []).filter(
          ({ row }) => !query.image_id || row.image_id === query.image_id,
        );
        const rows = images.flatMap(({ row, hosts }) => {
          const { image_id, image_name, image_version, image_digest, container_num } = row;
          const named = {
            vul_id: query.vul_id,
            image_id,
            image_name,
            image_version,
            ...(!choices.rowsWithoutDigest && { image_digest }),
            container_num,
          };
          return (choices.rowsByAgent ? hosts : hosts.slice(0, 1)).map(({ agent_id }) => ({ ...named, agent_id }));
        });
        return page(rows, query);
      }),

    listImageHandleAffectVulnerabilities: (selection, paging, scope) =>
      answer('ListImageHandleAffectVulnerabilities', scope, () => {
        if (typeof pairs === 'number') throw failureOf(pairs);
        const { type, handle_status, image_id_list, vul_id_list } = selection;
        const key = `${type} ${handle_status}`;
        const rows =
          pairRows.get(key) ??
          estate.vulnerabilities.flatMap(({ row }, n) => {
            if (row.type !== type) return [];
            const images = estate.images.filter(
              (image) =>
                inState(image, handle_status === 'handled').has(n) ||
                (pairs === 'both' && inState(image, handle_status !== 'handled').has(n)),
            );
            const ids = choices.pairsByAgent
              ? images.flatMap((image) => image.hosts.map(() => image))
              : [...new Map(images.map((image) => [image.row.image_id, image])).values()];
            return ids.map(({ row: { image_id = '', image_name } }) => ({
              vul: row.vul_id,
              id: image_id,
              row: { image_id, image_name, vul_id: row.vul_id, vul_name: row.vul_name },
            }));
          });
        pairRows.set(key, rows);
        const ids = image_id_list && new Set(image_id_list);
        const vuls = vul_id_list && new Set(vul_id_list);
        const chosen =
          pairs === 'everything' || (!ids && !vuls)
            ? rows
            : rows.filter(({ vul, id }) => (ids ? ids.has(id) : vuls?.has(vul)));
        const told = pairs === 'dropping' ? chosen.filter((_, index) => index % 7 !== 3) : chosen;
        const { total_num, data_list, servedAt } = page(
          told.map(({ row }) => row),
          paging,
        );
        return { total_vul_num: total_num, vul_num: undefined, image_num: undefined, data_list, servedAt };
      }),

    listVulAffectImageApps: (imageId, query, scope) =>
      answer('ListVulAffectImageApps', scope, () => {
        const found = estate.vulnerabilities.find(({ row }) => row.vul_id === query.vul_id);
        const has = estate.images.some(
          ({ row, open }) =>
            row.image_id === imageId && found && open.has(numberOf.get(`${found.row.type} ${found.row.vul_id}`) ?? -1),
        );
        const rows =
          found && has
            ? [{ app_name: found.package, rule: found.rule, paths: [{ app_version: found.installed }] }]
            : [];
        return page(rows, query);
      }),

    listContainerNodes: (query, scope) =>
      answer('ListContainerNodes', scope, () =>
        page(
          estate.hosts.map((host) => ({ ...host, agent_status: 'online' })),
          query,
        ),
      ),

    listLocalImageHosts: (query, scope) =>
      answer('ListLocalImageHosts', scope, () =>
        page(
          estate.images
            .filter(({ row }) => row.image_digest === query.image_digest)
            .flatMap(({ hosts }) => hosts.map((host) => ({ ...host }))),
          query,
        ),
      ),
  };
}
