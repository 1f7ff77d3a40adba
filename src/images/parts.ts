import { Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImage, Page, Paging } from '../hss/models.js';

/** What can be read of one image, beside its row. */
export const PARTS = ['packages', 'hosts', 'containers', 'baseline'] as const;
export type ImagePart = (typeof PARTS)[number];

/** Rows of one part of an image. */
export interface PartRows {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Rows that HSS has; more than were read when there are too many. */
  readonly total: number;
}

const PAGE = 200;
/** Rows of a part that are read at most: ten requests. */
const MOST_ROWS = 2_000;

type Read = (hss: HssClient, image: LocalImage, scope: CallScope) => Promise<PartRows>;

/** How each part is read, to its end or as far as {@link MOST_ROWS}. Packages come with the most vulnerabilities first. */
export const READ: Readonly<Record<ImagePart, Read>> = {
  async packages(hss, image, scope) {
    const image_id = idOf(image);
    const { rows, total } = await allOf((paging) => hss.listLocalImageAppInfo({ image_id, ...paging }, scope));
    return { rows: rows.toSorted((a, b) => (b.vul_num ?? 0) - (a.vul_num ?? 0)), total };
  },
  hosts: (hss, image, scope) => allOf((paging) => hss.listLocalImageHosts({ ...selectorOf(image), ...paging }, scope)),
  containers: (hss, image, scope) =>
    allOf((paging) => hss.listLocalImageContainers({ ...selectorOf(image), ...paging }, scope)),
  baseline(hss, image, scope) {
    const image_id = idOf(image);
    return allOf((paging) => hss.listImageRiskConfigs({ image_id, ...paging }, scope));
  },
};

async function allOf<T>(read: (paging: Required<Paging>) => Promise<Page<T>>): Promise<{ rows: T[]; total: number }> {
  const rows: T[] = [];
  for (;;) {
    const { total_num, data_list } = await read({ offset: rows.length, limit: PAGE });
    rows.push(...data_list);
    if (data_list.length === 0 || rows.length >= Math.min(total_num, MOST_ROWS)) return { rows, total: total_num };
  }
}

/** The id of a row; HSS's answers may lack any field. */
function idOf({ image_id }: LocalImage): string {
  if (image_id) return image_id;
  throw new Failure('HSS gives no image_id for this image.', {
    source: 'passing',
    effect: 'not_sent',
    retry: false,
    next: 'List the image again.',
  });
}

function selectorOf({ image_digest, image_name, image_version }: LocalImage) {
  return { image_digest, image_name, image_version };
}
