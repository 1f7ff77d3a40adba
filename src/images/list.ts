import type { CallScope, HssClient } from '../hss/client.js';
import type { ListImageLocalQuery, LocalImage, Page } from '../hss/models.js';
import { askByName } from './search-name.js';

const PAGE = 200;
/** Rows that are read at most to match here what HSS cannot: ten requests. */
const MOST_ROWS = 2_000;

/** A page of images, and whether every row that could match was looked at. */
export interface ImagePage extends Page<LocalImage> {
  readonly complete: boolean;
}

/** A page of ListImageLocal, also for a name that HSS does not take or find as it is: then the rows are matched here. */
export async function listImages(hss: HssClient, query: ListImageLocalQuery, scope: CallScope): Promise<ImagePage> {
  const { image_name: name, offset = 0, limit = 10 } = query;
  if (name === undefined) return { ...(await hss.listImageLocal(query, scope)), complete: true };
  const { answer, asked } = await askByName(name, (image_name) => hss.listImageLocal({ ...query, image_name }, scope));
  if (asked === name) return { ...answer, complete: true };
  const rows: LocalImage[] = [];
  let seen = 0;
  let total = answer.total_num;
  while (seen < Math.min(total, MOST_ROWS)) {
    const page = await hss.listImageLocal({ ...query, image_name: asked, offset: seen, limit: PAGE }, scope);
    if (page.data_list.length === 0) break;
    seen += page.data_list.length;
    total = page.total_num;
    rows.push(...page.data_list.filter((row) => row.image_name?.includes(name)));
  }
  return {
    total_num: rows.length,
    data_list: rows.slice(offset, offset + limit),
    servedAt: answer.servedAt,
    complete: seen >= total,
  };
}
