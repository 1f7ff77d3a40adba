import { list, type OperationCall } from '../operation.js';
import type { Handling, SeedImage, Software } from '../seed/images.js';
import { pathOf } from './software-path.js';
import { textMatch } from './text-match.js';
import { stateOf, VUL_STATES } from './vulnerability-terms.js';

interface Entry {
  readonly image: SeedImage;
  readonly handling: Handling;
  /** The package that had the vulnerability. */
  readonly software: Software | undefined;
}

/** ListGeneralImageVulOperations: who handled a vulnerability in which image on which agent; the order is a choice. */
export const listGeneralImageVulOperations = list<Entry>({
  name: 'ListGeneralImageVulOperations',
  path: 'image/vulnerability/handle-history',
  regionRequired: false,
  select(call) {
    const vulId = call.query.text('vul_id', { required: true });
    const imageType = call.query.oneOf('image_type', ['local', 'registry'], { required: true });
    const matches = filter(call);
    if (imageType !== 'local') return [];
    const { handlings } = call.choices;
    const oneAnImage = handlings === 'newest_first_one_an_image';
    const entries = call.view.states
      .flatMap(({ image }) => entriesOf(image, oneAnImage).filter(({ handling }) => handling.vul_id === vulId))
      .filter(matches);
    return handlings === 'oldest_first' ? entries : entries.reverse();
  },
  row: ({ image, handling, software }) => ({
    image_id: image.image_id,
    image_name: image.image_name,
    image_digest: image.image_digest,
    image_version: image.image_version,
    agent_id: handling.host.agent_id,
    user_name: handling.user_name,
    app_name: software?.app_name ?? '',
    app_version: software?.app_version ?? '',
    app_path: software ? pathOf(software) : '',
    remark: handling.remark,
    handle_time: handling.handle_time,
    handle_type: handling.handle_type,
    status: statusAfter(handling),
  }),
});

function filter({ query, choices }: OperationCall): (entry: Entry) => boolean {
  const imageId = query.text('image_id');
  const status = query.oneOf('status', VUL_STATES);
  const type = query.oneOf('handle_type', ['ignore', 'not_ignore', 'add_to_whitelist']);
  const text = (name: string) => textMatch(query.text(name), choices);
  const [imageName, userName, remark] = [text('image_name'), text('user_name'), text('remark')];
  const [appName, appVersion] = [text('app_name'), text('app_version')];
  return ({ image, handling, software }) =>
    (imageId === undefined || image.image_id === imageId) &&
    (status === undefined || statusAfter(handling) === status) &&
    (type === undefined || handling.handle_type === type) &&
    imageName(image.image_name) &&
    userName(handling.user_name) &&
    remark(handling.remark) &&
    appName(software?.app_name ?? '') &&
    appVersion(software?.app_version ?? '');
}

function entriesOf(image: SeedImage, oneAnImage: boolean): Entry[] {
  const history = image.history ?? [];
  // A decision is made on all hosts of an image at once.
  const decisions = oneAnImage ? history.filter(({ host }) => host === history[0]?.host) : history;
  return decisions.map((handling) => ({
    image,
    handling,
    software: image.software.find(({ vulnerabilities }) => vulnerabilities.includes(handling.vul_id)),
  }));
}

function statusAfter({ handle_type }: Handling): string {
  return stateOf(handle_type !== 'not_ignore');
}
