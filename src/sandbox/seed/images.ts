/** A host of the embedded estate. */
export interface Host {
  readonly host_id: string;
  readonly host_name: string;
  readonly agent_id: string;
  readonly agent_status: 'online' | 'offline' | 'not_installed';
  readonly private_ip: string;
  readonly public_ip: string;
  readonly runtime: 'docker' | 'containerd';
  /** Whether container protection is on; when absent, it is where the agent is online. */
  readonly protected?: boolean;
  /** Why the protection works in part only; absent when it does not. */
  readonly degradation_reason?: string;
  readonly container_tags?: 'cce' | 'self' | 'other';
}

/** A package in an image, and the ids of the vulnerabilities that a scan finds in it and in no other one there. */
export interface Software {
  readonly app_name: string;
  readonly app_version: string;
  readonly app_type: string;
  readonly vulnerabilities: readonly string[];
  /** Those of them that somebody has set to ignored; HSS counts them no longer. */
  readonly handled: readonly string[];
  /** Where the package comes from, for vulnerabilities that distributions fix in different versions. */
  readonly distribution?: string;
}

/** Somebody's decision about a vulnerability of an image on a host, in the past. */
export interface Handling {
  readonly vul_id: string;
  readonly host: Host;
  readonly user_name: string;
  /** In ms. */
  readonly handle_time: number;
  readonly handle_type: 'ignore' | 'not_ignore' | 'add_to_whitelist';
  readonly remark: string;
}

/** A container that runs from an image. */
export interface Container {
  readonly container_id: string;
  readonly container_name: string;
  readonly pod_id: string;
  readonly pod_name: string;
  readonly entry_point: string;
  readonly host: Host;
}

/** An image as it lies on its hosts. Times in ms, size in bytes. */
export interface SeedImage {
  readonly image_id: string;
  readonly image_digest: string;
  readonly image_name: string;
  readonly image_version: string;
  readonly local_image_type: 'swr_image' | 'other_image';
  readonly image_size: number;
  readonly latest_update_time: number;
  readonly enterprise_project_id: string;
  readonly hosts: readonly Host[];
  readonly containers: readonly Container[];
  readonly software: readonly Software[];
  /** What was decided about its findings, oldest first. */
  readonly history?: readonly Handling[];
  /** When a scan finished before the sandbox started; absent for never. */
  readonly scannedAt?: number;
  /** Why every scan of it fails. */
  readonly fails?: string;
  /** Whether such a scan failed after the one that succeeded; its findings stay. */
  readonly failedSince?: boolean;
  /** Why it cannot be scanned at all. */
  readonly non_scan_reason?: string;
}

/** The second enterprise project of the estate; the first is `0`. */
export const SECOND_ENTERPRISE_PROJECT = '5f2c1a0e-7d3b-4c68-9a51-0b6e2d9f4c11';

/** Repeats a short pattern into a hex text: ids that are stable and plainly invented. */
const hex = (pattern: string, length: number) => pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);
const asHex = (text: string) => Buffer.from(text).toString('hex');
const uuid = (pattern: string) => hex(pattern, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const host = (number: number, host_name: string, runtime: Host['runtime'], offline = false): Host => ({
  host_id: uuid(`a0b${number}`),
  host_name,
  agent_id: hex(`c${number}d`, 64),
  agent_status: offline ? 'offline' : 'online',
  private_ip: `192.0.2.${10 + number}`,
  public_ip: number === 1 ? '203.0.113.11' : '',
  runtime,
});

const NODE_1 = host(1, 'prod-cce-node-01', 'containerd');
const NODE_2 = host(2, 'prod-cce-node-02', 'containerd');
const BUILDER = host(3, 'build-runner-01', 'docker');
const LEGACY = host(4, 'legacy-docker-01', 'docker', true);
const DATA = host(5, 'data-node-01', 'docker');

const software = (app_name: string, app_version: string, app_type: string, ...vulnerabilities: string[]): Software => ({
  app_name,
  app_version,
  app_type,
  vulnerabilities,
  handled: [],
});
const decision = (handle_type: Handling['handle_type'], vul_id: string, at: Host, time: string): Handling => ({
  vul_id,
  host: at,
  user_name: 'EXAMPLEUSER',
  handle_time: date(time),
  handle_type,
  remark: handle_type === 'ignore' ? 'Not reachable from outside' : '',
});
const ignoring = (handled: string, item: Software): Software => ({ ...item, handled: [handled] });

/** What a Debian base image of the year brings along. */
const DEBIAN = [
  software('glibc', '2.31-13', 'deb', 'CVE-2021-33574'),
  software('openssl', '1.1.1k', 'deb', 'CVE-2021-3711', 'CVE-2022-0778', 'DSA-5343-1', 'CVE-2023-5678'),
  software('zlib', '1.2.11', 'deb', 'CVE-2022-37434', 'CVE-2018-25032'),
  software('ncurses', '6.2', 'deb', 'CVE-2023-29491', 'CVE-2023-50495'),
  software('tar', '1.32', 'deb', 'CVE-2022-48303', 'CVE-2021-20193'),
  software('perl', '5.32.1', 'deb', 'CVE-2023-31484', 'CVE-2023-47038'),
  software('coreutils', '8.28', 'deb', 'CVE-2016-2781'),
  software('util-linux', '2.36.1', 'deb', 'CVE-2022-0563'),
];
const CURL = software('curl', '7.74.0', 'deb', 'CVE-2023-38545', 'CVE-2022-27776', 'CVE-2023-38546');
const SPRING_APP = [
  software('log4j-core', '2.14.1', 'jar', 'CVE-2021-44228', 'CVE-2021-45046'),
  software('spring-beans', '5.3.9', 'jar', 'CVE-2022-22965'),
  software('snakeyaml', '1.28', 'jar', 'CVE-2022-25857', 'CVE-2022-1471'),
];

const pods = (name: string, ...hosts: Host[]): Container[] =>
  hosts.map((at, index) => ({
    container_id: hex(asHex(`${index}.${name}`), 64),
    container_name: name,
    pod_id: uuid(asHex(`${index}:${name}`)),
    pod_name: `${name}-${index}`,
    entry_point: `/usr/local/bin/${name}`,
    host: at,
  }));

const date = (text: string) => Date.parse(text);
const MIB = 1024 * 1024;

type Draft = Pick<SeedImage, 'image_name' | 'image_version' | 'hosts'> & Partial<SeedImage>;

function image(number: number, draft: Draft): SeedImage {
  return {
    image_id: uuid(`e${number.toString(16)}1`),
    image_digest: `sha256:${hex(`${number.toString(16)}9f`, 64)}`,
    local_image_type: draft.image_name.startsWith('swr.') ? 'swr_image' : 'other_image',
    image_size: (60 + number * 17) * MIB + number,
    latest_update_time: date('2026-09-01T08:00:00Z') + number * 86_400_000,
    enterprise_project_id: '0',
    containers: [],
    software: [],
    ...draft,
  };
}

/** The estate of the home region. The first two are those of the example on HSS's BatchScanLocalImage page. */
export const HOME_IMAGES: readonly SeedImage[] = [
  image(1, {
    image_id: 'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b',
    image_digest: 'sha256:05b5081012e562d14c374de2a4c74511f9e8e0adc572d3b35fb3df06de0da63b',
    image_name: 'swr.cn-north-7.myhuaweicloud.com/scc_hss_container/install-hss-agent',
    image_version: '1.0.10.x86_64',
    hosts: [NODE_1, NODE_2],
    containers: pods('install-hss-agent', NODE_1, NODE_2),
    software: [...DEBIAN, CURL],
  }),
  image(2, {
    image_id: 'b8722a02-162f-4e4e-8100-127605e3a07b',
    image_digest: 'sha256:ce0b5d91b072730d0bc9518f11efd07eb7fdb9f43251e11a96cab5b1918b7044',
    image_name: 'swr.cn-north-7.myhuaweicloud.com/glz/webshell-ljx',
    image_version: 'v1',
    hosts: [BUILDER],
    containers: pods('webshell', BUILDER),
    software: [
      software('tomcat', '9.0.30', 'jar', 'CVE-2020-9484'),
      ...SPRING_APP,
      software('bash', '5.0', 'deb', 'CVE-2022-3715'),
    ],
  }),
  image(3, {
    image_name: 'nginx',
    image_version: '1.21.0',
    hosts: [NODE_1, NODE_2],
    containers: pods('ingress-nginx', NODE_1, NODE_2),
    software: [
      software('nginx', '1.21.0', 'bin', 'CVE-2021-23017', 'CVE-2023-44487'),
      software('pcre2', '10.36', 'deb', 'CVE-2022-1586'),
    ],
    scannedAt: date('2026-11-02T03:10:00Z'),
  }),
  image(4, {
    image_name: 'redis',
    image_version: '6.0.9',
    hosts: [NODE_2],
    containers: pods('session-cache', NODE_2),
    software: [software('redis', '6.0.9', 'bin', 'CVE-2022-24834', 'CVE-2021-32761')],
    scannedAt: date('2026-11-02T03:11:00Z'),
  }),
  image(5, {
    image_name: 'swr.cn-north-4.myhuaweicloud.com/shop/payment-service',
    image_version: '2.3.1',
    hosts: [NODE_1],
    containers: pods('payment', NODE_1),
    software: [...SPRING_APP, software('commons-text', '1.9', 'jar', 'CVE-2022-42889')],
    scannedAt: date('2026-11-03T03:12:00Z'),
  }),
  image(6, {
    image_name: 'mysql',
    image_version: '8.0.27',
    hosts: [DATA],
    containers: pods('orders-db', DATA),
    software: [
      ignoring('CVE-2022-21351', software('mysql-server', '8.0.27', 'bin', 'CVE-2022-21351')),
      software('glibc', '2.28', 'rpm', 'CVE-2023-4911'),
    ],
    scannedAt: date('2026-10-20T03:00:00Z'),
    history: [decision('ignore', 'CVE-2022-21351', DATA, '2026-10-21T09:30:00Z')],
  }),
  image(7, {
    image_name: 'swr.cn-north-4.myhuaweicloud.com/shop/web-frontend',
    image_version: '2026.11.02',
    hosts: [NODE_1, NODE_2],
    containers: pods('web-frontend', NODE_1, NODE_2),
    software: [software('nodejs', '22.11.0', 'bin'), software('ca-certificates', '20240203', 'deb')],
    scannedAt: date('2026-11-20T03:00:00Z'),
  }),
  image(8, {
    image_name: 'registry.example.com:5000/ml/pytorch-serve',
    image_version: '2.1-cuda12',
    image_size: 9_876_543_210,
    hosts: [DATA],
    software: [...DEBIAN],
  }),
  image(9, {
    image_name: 'swr.cn-north-4.myhuaweicloud.com/legacy/billing',
    image_version: '1.10',
    hosts: [LEGACY],
    fails: 'failed_to_match_agent',
  }),
  image(10, {
    image_name: '--',
    image_version: '--',
    hosts: [BUILDER],
    non_scan_reason: 'The image has neither name nor version.',
  }),
  image(11, { image_name: 'registry.k8s.io/pause', image_version: '3.9', hosts: [NODE_1, NODE_2], software: [] }),
  image(12, {
    image_name: 'gitlab/gitlab-runner',
    image_version: 'v15.2.0',
    hosts: [BUILDER],
    containers: pods('gitlab-runner', BUILDER),
    software: [CURL, ignoring('CVE-2023-5678', software('openssl', '1.1.1k', 'deb', 'CVE-2022-0778', 'CVE-2023-5678'))],
    scannedAt: date('2026-11-10T04:00:00Z'),
    history: [
      decision('ignore', 'CVE-2023-5678', BUILDER, '2026-11-10T08:00:00Z'),
      decision('ignore', 'CVE-2022-0778', BUILDER, '2026-11-10T08:01:00Z'),
      decision('not_ignore', 'CVE-2022-0778', BUILDER, '2026-11-12T10:15:00Z'),
    ],
  }),
  image(13, {
    image_name: 'swr.cn-north-4.myhuaweicloud.com/data/etl-worker',
    image_version: '0.9.4',
    enterprise_project_id: SECOND_ENTERPRISE_PROJECT,
    hosts: [DATA],
    containers: pods('etl-worker', DATA),
    software: [...SPRING_APP],
    scannedAt: date('2026-11-11T04:00:00Z'),
  }),
  image(14, {
    image_name: 'swr.cn-north-4.myhuaweicloud.com/data/报表 report',
    image_version: 'v3',
    enterprise_project_id: SECOND_ENTERPRISE_PROJECT,
    hosts: [DATA],
    software: [...DEBIAN],
  }),
];

/** The estate of any other region. */
export const OTHER_IMAGES: readonly SeedImage[] = [
  image(21, {
    image_name: 'haproxy',
    image_version: '2.4.0',
    hosts: [NODE_1],
    software: [CURL],
    scannedAt: date('2026-11-05T05:00:00Z'),
  }),
  image(22, { image_name: 'postgres', image_version: '13.4', hosts: [DATA], software: [...DEBIAN] }),
];

/** Generated plain images, for paging and growth. */
export function plainImages(count: number): SeedImage[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index.toString(16).padStart(8, '0');
    return image(index % 90, {
      image_id: uuid(`f${number}`),
      image_digest: `sha256:${hex(`b${number}`, 64)}`,
      image_name: `registry.example.com/generated/app-${String(index).padStart(6, '0')}`,
      image_version: '1.0',
      hosts: [index % 2 === 0 ? NODE_1 : NODE_2],
    });
  });
}
