import type { Host } from '../images.js';
import { HOST_KINDS } from './names.js';
import type { Random } from './random.js';

const IMAGES_A_HOST = 20;

/** The hosts of an estate: those that hold images, and those that have no agent, so that nothing is known of their images. */
export interface Hosts {
  readonly working: readonly Host[];
  readonly idle: readonly Host[];
}

/** A host for every twenty images, at least four; a few without an agent beside them. */
export function hosts(images: number, random: Random): Hosts {
  const count = Math.max(4, Math.ceil(images / IMAGES_A_HOST));
  const working = Array.from({ length: count }, (_, index) => host(index, random));
  const idle = Array.from({ length: Math.ceil(count / 40) }, (_, index) => ({
    ...host(count + index, random),
    agent_id: '',
    agent_status: 'not_installed' as const,
    protected: false,
  }));
  return { working, idle };
}

/** Whether scans of images on the host can succeed. */
export function canScan({ agent_status, protected: isProtected = true }: Host): boolean {
  return agent_status === 'online' && isProtected;
}

function host(index: number, random: Random): Host {
  // The first host of an estate is always one that works, the second never is.
  const offline = index === 1 || (index > 1 && random.chance(0.05));
  const unprotected = index === 3 || (index > 3 && random.chance(0.03));
  const kind = HOST_KINDS[index === 0 ? 0 : random.weighted(HOST_KINDS.map(({ weight }) => weight))] ?? HOST_KINDS[0];
  return {
    host_id: random.uuid(),
    host_name: `${kind.prefix}${String(index + 1).padStart(3, '0')}`,
    agent_id: random.hex(64),
    agent_status: offline ? 'offline' : 'online',
    private_ip: privateIp(index),
    public_ip: index < 200 && random.chance(0.1) ? `203.0.113.${index + 10}` : '',
    runtime: random.chance(0.6) ? 'containerd' : 'docker',
    protected: !unprotected,
    ...(random.chance(0.04) && { degradation_reason: 'agent_memory_exceeded' }),
    container_tags: kind.tags,
  };
}

/** Every fifth of the first thousand hosts lies in 192.168.3.0/24, some in a network whose text begins alike. */
function privateIp(index: number): string {
  if (index < 1000 && index % 5 === 0) return `192.168.3.${index / 5 + 10}`;
  if (index < 1000 && index % 10 === 1) return `192.168.30.${(index - 1) / 10 + 10}`;
  return `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
}
