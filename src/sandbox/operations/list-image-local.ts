import type { Choices } from '../choices.js';
import { invalidParameter } from '../errors.js';
import { type Estate, type ImageState, softwareOf } from '../estate.js';
import { list, type OperationCall } from '../operation.js';
import type { Host } from '../seed/images.js';
import { baselineOf } from './baseline.js';
import { sharedFilter } from './image-filter.js';
import { ruleBroken } from './name-rules.js';
import { scanTime } from './scan-time.js';

/** A row, for an image or for one host that holds it. */
interface Listed {
  readonly state: ImageState;
  readonly host: Host | undefined;
}

/** ListImageLocal. */
export const listImageLocal = list<Listed>({
  name: 'ListImageLocal',
  path: 'image/local-repositories',
  regionRequired: false,
  select(call) {
    const { query, view, choices } = call;
    const shared = sharedFilter(query, choices.listedFilters);
    const own = ownFilter(call);
    const broken = choices.nameRule === 'none' ? undefined : ruleBroken(query);
    if (broken !== undefined && choices.nameRule === 'enforced') throw invalidParameter(`${broken} is malformed`);
    if (broken !== undefined) return [];
    const found = view.states.filter((state) => shared(state) && own(state));
    return found.flatMap((state) => listed(state, choices));
  },
  row,
});

function listed(state: ImageState, { localImageRows }: Choices): Listed[] {
  const { hosts } = state.image;
  if (localImageRows === 'image' || hosts.length === 0) return [{ state, host: hosts[0] }];
  return hosts.map((host) => ({ state, host }));
}

/** The filters that only ListImageLocal has. */
function ownFilter({ query, view: { estate } }: OperationCall): (state: ImageState) => boolean {
  const text = (name: string, max = 64) => query.text(name, { max });
  const [hostName, hostId, hostIp] = [text('host_name'), text('host_id'), text('host_ip')];
  const [containerId, containerName] = [text('container_id'), text('container_name')];
  const [podId, podName, appName] = [text('pod_id'), text('pod_name', 63), text('app_name')];
  const hasVul = query.boolean('has_vul');
  const hasContainer = query.boolean('has_container');
  return (state) => {
    const { hosts, containers } = state.image;
    const checks = [
      hostName === undefined || hosts.some((host) => host.host_name.includes(hostName)),
      hostId === undefined || hosts.some((host) => host.host_id === hostId),
      hostIp === undefined || hosts.some((host) => host.private_ip === hostIp || host.public_ip === hostIp),
      containerId === undefined || containers.some((container) => container.container_id === containerId),
      containerName === undefined || containers.some((container) => container.container_name.includes(containerName)),
      podId === undefined || containers.some((container) => container.pod_id === podId),
      podName === undefined || containers.some((container) => container.pod_name.includes(podName)),
      appName === undefined || softwareOf(state).some((item) => item.app_name.includes(appName)),
      hasVul === undefined || (state.scan_status === 'success' && estate.findingsOf(state).length > 0 === hasVul),
      hasContainer === undefined || containers.length > 0 === hasContainer,
    ];
    return checks.every(Boolean);
  };
}

function row({ state, host }: Listed, { view: { estate }, choices }: OperationCall): object {
  const { image } = state;
  return {
    image_name: image.image_name,
    image_id: image.image_id,
    image_digest: image.image_digest,
    image_version: image.image_version,
    local_image_type: image.local_image_type,
    scan_status: state.scan_status === 'waiting' ? choices.waitingStatus : state.scan_status,
    image_size: image.image_size,
    latest_update_time: image.latest_update_time,
    latest_scan_time: scanTime(state.latest_scan_time, choices),
    vul_num: estate.findingsOf(state).length,
    unsafe_setting_num: baselineOf(state, choices).filter(({ failed }) => failed).length,
    malicious_file_num: 0,
    host_num: image.hosts.length,
    container_num: image.containers.length,
    component_num: softwareOf(state).length,
    scan_failed_desc: state.scan_failed_desc,
    severity_level: severityLevel(state, estate),
    host_name: host?.host_name ?? '',
    host_id: host?.host_id ?? '',
    agent_id: host?.agent_id ?? '',
    non_scan_reason: image.non_scan_reason ?? '',
  };
}

/** Overall risk, shown after a scan; HSS knows no `Critical` here. */
function severityLevel(state: ImageState, estate: Estate): string {
  if (state.first_scan_time === 0) return '';
  const severities = new Set(estate.findingsOf(state).map(({ vulnerability }) => vulnerability.severity));
  if (severities.has('Critical') || severities.has('High')) return 'High';
  if (severities.has('Medium')) return 'Medium';
  return severities.has('Low') ? 'Low' : 'Security';
}
