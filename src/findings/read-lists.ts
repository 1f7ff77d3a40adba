import { everyRow, LARGEST_PAGE } from '../hss/every-row.js';
import type { HandleStatus, Severity, VulType } from '../hss/models.js';
import type { Step } from './step.js';
import type { Store } from './store.js';

/** ListGeneralImageVuls for all vulnerabilities of at least a severity. */
export function listSteps(store: Store, status: HandleStatus, least: Severity, most: number): Step[] {
  return store.lists.missing(status, least, most).map((request) => ({
    key: `list ${status} ${request.type} ${request.severity ?? ''} ${request.offset}`,
    operation: 'ListGeneralImageVuls',
    async read(hss, scope) {
      const { type, severity: severity_level, offset } = request;
      const query = { handle_status: status, type, severity_level, offset, limit: LARGEST_PAGE };
      const { data_list, total_num } = await hss.listGeneralImageVuls(query, scope);
      for (const row of data_list) store.vulnerabilities.list(row, type, status);
      store.lists.done(request, data_list.length, total_num);
      store.version += 1;
    },
  }));
}

/** ListGeneralImageVuls for single vulnerabilities and CVEs. */
export function lookUpSteps(
  store: Store,
  status: HandleStatus,
  wanted: {
    readonly vulIds: readonly string[];
    readonly cveIds: readonly string[];
    readonly types: readonly VulType[];
  },
): Step[] {
  const queries = [
    ...wanted.vulIds.map((vul_id) => ({ id: vul_id, filter: { vul_id } })),
    ...wanted.cveIds.map((cve_id) => ({ id: cve_id, filter: { cve_id } })),
  ];
  return wanted.types.flatMap((type) =>
    queries
      .filter(({ id }) => !store.lists.wasLookedUp(status, type, id))
      .map(
        ({ id, filter }): Step => ({
          key: `look up ${status} ${type} ${id}`,
          operation: 'ListGeneralImageVuls',
          async read(hss, scope) {
            const rows = await everyRow((paging) =>
              hss.listGeneralImageVuls({ handle_status: status, type, ...filter, ...paging }, scope),
            );
            for (const row of rows) store.vulnerabilities.list(row, type, status);
            store.lists.lookedUp(status, type, id);
            store.version += 1;
          },
        }),
      ),
  );
}
