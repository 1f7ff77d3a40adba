import type { Choices } from '../choices.js';
import type { ImageState } from '../estate.js';
import { list } from '../operation.js';
import type { Parameters } from '../parameters.js';
import type { Host } from '../seed/images.js';
import type { Vulnerability } from '../seed/vulnerabilities.js';
import { textMatch } from './text-match.js';
import { IMAGE_TYPES, SEVERITIES, stateOf, VUL_STATES, VUL_TYPES } from './vulnerability-terms.js';

interface Affected {
  readonly state: ImageState;
  readonly vulnerability: Vulnerability;
  readonly host: Host | undefined;
}

/** ListVulAffectImages. Ids match exactly; names and what a row stands for are choices. */
export const listVulAffectImages = list<Affected>({
  name: 'ListVulAffectImages',
  path: 'vulnerability/images',
  regionRequired: false,
  select({ query, view, choices }) {
    const handled = query.boolean('is_handled', true);
    const matches = vulnerabilityFilter(query);
    const matchesImage = imageFilter(query, handled, choices);
    const vulnerability = view.estate.vulnerabilities.get(query.text('vul_id', { required: true }) ?? '');
    if (!vulnerability || !matches(vulnerability)) return [];
    const affected = view.affected(handled === true).get(vulnerability) ?? [];
    return affected.filter(matchesImage).flatMap((state) => {
      const { hosts } = state.image;
      const shown = choices.affectedImageRows === 'image' || hosts.length === 0 ? [hosts[0]] : hosts;
      return shown.map((host) => ({ state, vulnerability, host }));
    });
  },
  row: (item, { query }) => row(item, query.boolean('is_handled', true)),
});

function vulnerabilityFilter(query: Parameters): (vulnerability: Vulnerability) => boolean {
  const type = query.oneOf('type', VUL_TYPES, { required: true });
  const severity = query.oneOf('repair_necessity', SEVERITIES);
  return (vulnerability) =>
    vulnerability.type === type && (severity === undefined || vulnerability.severity === severity);
}

function imageFilter(
  query: Parameters,
  handled: boolean | undefined,
  choices: Choices,
): (state: ImageState) => boolean {
  const imageType = query.oneOf('image_type', IMAGE_TYPES, { required: true });
  const imageId = query.text('image_id');
  const named = textMatch(query.text('image_name'), choices);
  const status = query.oneOf('status', VUL_STATES) ?? stateOf(handled);
  // A local image belongs to no registry, and no embedded image to a cluster.
  const elsewhere = [query.text('registry_name'), query.text('registry_type'), query.text('cluster_id', { max: 128 })];
  const possible =
    imageType === 'local' && status === stateOf(handled) && elsewhere.every((value) => value === undefined);
  return ({ image }) => possible && (imageId === undefined || image.image_id === imageId) && named(image.image_name);
}

/** Times, the size and is_multi_arch are text here, unlike in ListImageLocal. */
function row({ state, vulnerability, host }: Affected, handled: boolean | undefined): object {
  const { image } = state;
  return {
    image_id: image.image_id,
    image_name: image.image_name,
    image_version: image.image_version,
    image_digest: image.image_digest,
    vul_id: vulnerability.vul_id,
    repair_necessity: vulnerability.severity,
    container_num: image.containers.length,
    agent_id: host?.agent_id ?? '',
    status: stateOf(handled),
    first_scan_time: String(state.first_scan_time),
    latest_scan_time: String(state.latest_scan_time),
    image_type: 'local_image',
    image_size: String(image.image_size),
    organization: '',
    registry_type: '',
    registry_name: '',
    is_multi_arch: 'false',
    cluster_id: '',
    cluster_name: '',
  };
}
