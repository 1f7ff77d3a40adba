import type { ImageState } from '../estate.js';
import { grouped } from '../grouped.js';
import type { Operation } from '../operation.js';
import type { Parameters } from '../parameters.js';
import type { SeedImage } from '../seed/images.js';
import { hasSharedFilter, sharedFilter } from './image-filter.js';

const FIELDS = ['image_id', 'image_digest', 'image_name', 'image_version'] as const;

/**
 * BatchScanLocalImage. What the page leaves open is chosen so that a client learns nothing it could not learn from
 * HSS: an entry that matches no image is passed over, and a body that selects nothing is accepted without effect.
 */
export const batchScanLocalImage: Operation = {
  name: 'BatchScanLocalImage',
  method: 'POST',
  path: 'image/local/batch-scan',
  regionRequired: true,
  carryOut({ view, body, choices }) {
    const matches = sharedFilter(body, choices.honouredFilters);
    const wanted = (body.objects('image_info_list') ?? []).map(identityOf);
    const byFilters = choices.loneFilters === 'honoured' && wanted.length === 0 && hasSharedFilter(body);
    const all = body.boolean('operate_all') === true || byFilters;
    const selected = all ? view.states.filter(matches) : listed(view.states, wanted);
    view.estate.startScans(selected.map(({ image }) => image));
    return undefined;
  },
};

type Identity = Partial<Pick<SeedImage, (typeof FIELDS)[number]>>;

function identityOf(entry: Parameters): Identity {
  return Object.fromEntries(FIELDS.map((field) => [field, entry.text(field, { max: 512 })]));
}

/** The images that an entry names. Entries are looked up by their id or else their name, as lists can be long. */
function listed(states: readonly ImageState[], wanted: readonly Identity[]): ImageState[] {
  const byId = grouped(wanted, ({ image_id }) => [image_id]);
  const byName = grouped(byId.get(undefined) ?? [], ({ image_name }) => [image_name]);
  const unnamed = byName.get(undefined) ?? [];
  return states.filter(({ image }) => {
    const candidates = [...(byId.get(image.image_id) ?? []), ...(byName.get(image.image_name) ?? []), ...unnamed];
    return candidates.some((identity) => isSame(image, identity));
  });
}

function isSame(image: SeedImage, identity: Identity): boolean {
  const given = FIELDS.filter((field) => identity[field] !== undefined);
  return given.length > 0 && given.every((field) => identity[field] === image[field]);
}
