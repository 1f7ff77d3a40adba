import { Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import { type RowsRead, rowsSoFar } from '../hss/every-row.js';
import type { LocalImage, Page, Paging } from '../hss/models.js';
import { words } from '../words/words.js';

/** What can be read of one image, beside its row. */
export const PARTS = ['packages', 'hosts', 'containers', 'baseline'] as const;
export type ImagePart = (typeof PARTS)[number];

/** Rows of one part of an image, as far as they were read. */
export type PartRows = RowsRead<Readonly<Record<string, unknown>>>;

/** Rows of a part that are read at most: ten requests. */
const MOST_ROWS = 2_000;

type Read = (hss: HssClient, image: LocalImage, scope: CallScope) => Promise<PartRows>;

/** How each part is read, to its end or as far as {@link MOST_ROWS}. Packages come with the most vulnerabilities first. */
export const READ: Readonly<Record<ImagePart, Read>> = {
  async packages(hss, image, scope) {
    const image_id = idOf(image);
    const read = await allOf((paging) => hss.listLocalImageAppInfo({ image_id, ...paging }, scope));
    return { ...read, rows: read.rows.toSorted((a, b) => (b.vul_num ?? 0) - (a.vul_num ?? 0)) };
  },
  hosts: (hss, image, scope) => allOf((paging) => hss.listLocalImageHosts({ ...selectorOf(image), ...paging }, scope)),
  containers: (hss, image, scope) =>
    allOf((paging) => hss.listLocalImageContainers({ ...selectorOf(image), ...paging }, scope)),
  baseline(hss, image, scope) {
    const image_id = idOf(image);
    return allOf((paging) => hss.listImageRiskConfigs({ image_id, ...paging }, scope));
  },
};

function allOf<T>(read: (paging: Required<Paging>) => Promise<Page<T>>): Promise<RowsRead<T>> {
  return rowsSoFar(read, MOST_ROWS);
}

/** The id of a row; HSS's answers may lack any field. */
export function idOf({ image_id }: LocalImage): string {
  if (image_id) return image_id;
  throw new Failure(words().image.no_id, {
    source: 'passing',
    effect: 'not_sent',
    retry: false,
    next: words().image.list_again,
  });
}

function selectorOf({ image_digest, image_name, image_version }: LocalImage) {
  return { image_digest, image_name, image_version };
}
