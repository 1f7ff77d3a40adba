/** Packages of distributions. */
export const SYSTEM_PACKAGES = [
  'openssl',
  'glibc',
  'zlib',
  'curl',
  'expat',
  'libxml2',
  'ncurses',
  'tar',
  'perl',
  'coreutils',
  'util-linux',
  'bash',
  'pcre2',
  'sqlite',
  'krb5',
  'gnutls',
  'libssh2',
  'nghttp2',
  'systemd',
  'dbus',
  'libtasn1',
  'freetype',
  'libpng',
  'libstdc++6',
  'tiff',
  'harfbuzz',
  'gzip',
  'xz',
  'shadow',
  'sudo',
  'openldap',
  'libssl1.1',
] as const;

/** Packages of applications whose vulnerabilities are invented, by their type. */
export const APPLICATION_PACKAGES = [
  { name: 'spring-webmvc', type: 'jar' },
  { name: 'jackson-databind', type: 'jar' },
  { name: 'commons-io', type: 'jar' },
  { name: 'netty-handler', type: 'jar' },
  { name: 'fastjson', type: 'jar' },
  { name: 'shiro-core', type: 'jar' },
  { name: 'xstream', type: 'jar' },
  { name: 'lodash', type: 'npm' },
  { name: 'axios', type: 'npm' },
  { name: 'express', type: 'npm' },
  { name: 'minimist', type: 'npm' },
  { name: 'ws', type: 'npm' },
  { name: 'semver', type: 'npm' },
  { name: 'django', type: 'pip' },
  { name: 'requests', type: 'pip' },
  { name: 'pillow', type: 'pip' },
  { name: 'urllib3', type: 'pip' },
  { name: 'jinja2', type: 'pip' },
  { name: 'cryptography', type: 'pip' },
  { name: 'nodejs', type: 'bin' },
  { name: 'consul', type: 'bin' },
  { name: 'etcd', type: 'bin' },
] as const;

/** Packages of applications whose vulnerabilities are known ones, with versions from the worst to one without. */
export const KNOWN_PACKAGES = [
  { name: 'log4j-core', type: 'jar', versions: ['2.14.1', '2.17.1'] },
  { name: 'spring-beans', type: 'jar', versions: ['5.3.9', '5.3.18'] },
  { name: 'commons-text', type: 'jar', versions: ['1.9', '1.10.0'] },
  { name: 'snakeyaml', type: 'jar', versions: ['1.28', '1.33', '2.0'] },
  { name: 'tomcat', type: 'jar', versions: ['9.0.30', '9.0.35'] },
  { name: 'nginx', type: 'bin', versions: ['1.21.0', '1.21.6', '1.25.3'] },
  { name: 'redis', type: 'bin', versions: ['6.0.9', '6.0.16', '6.2.13'] },
  { name: 'mysql-server', type: 'bin', versions: ['8.0.27', '8.0.28'] },
] as const;

/** Teams, and the share of their images in the second enterprise project. */
export const TEAMS = [
  { name: 'shop', second: false },
  { name: 'pay', second: false },
  { name: 'crm', second: false },
  { name: 'iot', second: false },
  { name: 'infra', second: false },
  { name: 'ml', second: false },
  { name: '支付', second: false },
  { name: '订单', second: false },
  { name: 'data', second: true },
  { name: '报表', second: true },
] as const;

export const SERVICES = [
  'payment-service',
  'web-frontend',
  'order-api',
  'cart',
  'search',
  'session-cache',
  'gateway',
  'auth',
  'notifier',
  'etl-worker',
  'report-builder',
  'pytorch-serve',
  'billing',
  'inventory',
  'recommender',
  'device-hub',
  'mail-relay',
  'scheduler',
  'image-resizer',
  '对账服务',
  '库存 同步',
] as const;

export const REGISTRIES = [
  'swr.cn-north-4.myhuaweicloud.com/',
  'swr.cn-north-4.myhuaweicloud.com/',
  'registry.example.com:5000/',
  '',
] as const;

/** What the name of a host begins with, and how often. */
export const HOST_KINDS = [
  { prefix: 'prod-cce-node-', weight: 9, tags: 'cce' },
  { prefix: 'prod-db-', weight: 2, tags: 'self' },
  { prefix: 'test-cce-node-', weight: 5, tags: 'cce' },
  { prefix: 'build-runner-', weight: 3, tags: 'self' },
  { prefix: 'legacy-docker-', weight: 2, tags: 'other' },
  { prefix: '生产节点-', weight: 2, tags: 'self' },
  { prefix: '测试主机-', weight: 1, tags: 'self' },
] as const;

/** Every reason for which HSS says that a scan failed, but for the one that a host's agent decides. */
export const FAILURES = [
  'unknown_error',
  'create_container_failed',
  'get_container_info_failed',
  'docker_offline',
  'get_docker_root_failed',
  'image_not_exist_or_docker_api_fault',
  'huge_image',
  'docker_root_in_nfs',
  'response_timed_out',
] as const;

export const USERS = ['EXAMPLEUSER', 'security-team', '李雷'] as const;

export const REMARKS = ['Not reachable from outside', '误报', 'Fixed by configuration', ''] as const;
