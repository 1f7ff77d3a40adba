import type { Choices } from '../choices.js';
import { invalidParameter } from '../errors.js';
import type { ImageState } from '../estate.js';
import { list, type OperationCall } from '../operation.js';
import type { Parameters } from '../parameters.js';
import type { Vulnerability } from '../seed/vulnerabilities.js';
import { scanTime } from './scan-time.js';
import { textMatch } from './text-match.js';
import { HANDLE_STATES, IMAGE_TYPES, SEVERITIES, stateOf, VUL_STATES, VUL_TYPES } from './vulnerability-terms.js';

const MAX_LABELS = 10;

type Affected = readonly [Vulnerability, readonly ImageState[]];

/** ListGeneralImageVuls. Ids match exactly; HSS documents neither that, nor an order. */
export const listGeneralImageVuls = list<Affected>({
  name: 'ListGeneralImageVuls',
  path: 'images/vulnerabilities',
  regionRequired: false,
  select({ query, view, choices }) {
    const handled = query.oneOf('handle_status', HANDLE_STATES, { required: true }) === 'handled';
    const matches = filter(query, handled, choices);
    return [...view.affected(handled)].filter(([vulnerability]) => matches(vulnerability));
  },
  row,
});

function filter(query: Parameters, handled: boolean, choices: Choices): (vulnerability: Vulnerability) => boolean {
  const type = query.oneOf('type', VUL_TYPES, { required: true });
  const imageType = query.oneOf('image_type', IMAGE_TYPES, { required: true });
  const severity = query.oneOf('severity_level', SEVERITIES);
  const id = query.text('vul_id');
  const named = textMatch(query.text('vul_name'), choices);
  const cveId = query.text('cve_id');
  const status = query.oneOf('status', VUL_STATES) ?? stateOf(handled);
  const clusterId = query.text('cluster_id', { max: 128 });
  const labels = query.text('label_list', { max: Number.POSITIVE_INFINITY })?.split(',') ?? [];
  if (labels.length > MAX_LABELS) throw invalidParameter(`label_list must have at most ${MAX_LABELS} items`);
  // No embedded image belongs to a cluster, and no vulnerability has a label.
  const possible =
    imageType === 'local' && status === stateOf(handled) && clusterId === undefined && labels.length === 0;
  return (vulnerability) =>
    possible &&
    vulnerability.type === type &&
    (severity === undefined || vulnerability.severity === severity) &&
    (id === undefined || vulnerability.vul_id === id) &&
    named(vulnerability.vul_name) &&
    (cveId === undefined || vulnerability.cves.some((cve) => cve.cve_id === cveId));
}

function row([vulnerability, images]: Affected, { choices }: OperationCall): object {
  return {
    vul_name: vulnerability.vul_name,
    vul_id: vulnerability.vul_id,
    type: vulnerability.type,
    image_type: 'local',
    label_list: [],
    severity_level: vulnerability.severity,
    image_num: imageNum(images, choices),
    cluster_num: 0,
    cve_list: vulnerability.cves.map(({ cve_id, cvss }) => ({ cve_id, cvss })),
    max_cvss_score: Math.max(...vulnerability.cves.map(({ cvss }) => cvss)),
    scan_time: scanTime(
      images.reduce((latest, state) => Math.max(latest, state.latest_scan_time), 0),
      choices,
    ),
    description: vulnerability.description,
    url: vulnerability.url,
    solution_detail: solutionDetail(vulnerability, choices),
  };
}

function imageNum(images: readonly ImageState[], { imageNumCounts }: Choices): number {
  return imageNumCounts === 'digests' ? images.length : new Set(images.map(({ image }) => image.image_id)).size;
}

function solutionDetail({ solution, solutionElsewhere }: Vulnerability, choices: Choices): string {
  switch (choices.solutionDetail) {
    case 'generic':
      return 'Update the affected packages to a version with the fix and build the image again.';
    case 'other_distribution':
      return solutionElsewhere;
    default:
      return solution;
  }
}
