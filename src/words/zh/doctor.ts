import type { en } from '../en.js';
import type { Same } from '../same.js';

export const doctor: Same<typeof en.doctor> = {
  status: { ok: '通过', failed: '失败', skipped: '跳过' },
  name: {
    settings: '配置',
    credentials: '凭据',
    clock: '时钟',
    endpoint: '终端节点',
    TLS: 'TLS 证书',
    proxy: '代理',
    project: '项目',
    permission: '权限',
    limits: '调用频率',
  },
  all_well: '一切正常。',
  to_mend: '有问题需要处理，请见上文。',
  crashed: (error) => `自检失败：${error}`,
  defect: (error) => `本程序的缺陷：${error}`,
  report_defect: '请反馈此问题，但不要附上密钥和账号中的名称。',
  not_checked: '前面的检查未通过，未检查此项',
  settings_usable: (region) => `区域 ${region}，各项配置均可用`,
  settings_usable_but: (region, warnings) => `区域 ${region}，各项配置均可用。${warnings}`,
  credentials: {
    token: '现成的 IAM Token（HSS_AUTH_TOKEN）',
    'access-key': '访问密钥（AK 和 SK）',
    'iam-user': 'IAM 用户和密码',
    ecs: '本 ECS 的委托',
  },
  answers: (origin) => `${origin} 有响应`,
  there: (origin) => `${origin} 可以连接`,
  no_answer: (origin, why) => `${origin} 没有响应：${why}`,
  trusted: '证书受信任',
  plain_http: '本机回环地址，使用 http',
  proxy_set: '已设置；本机回环地址和 NO_PROXY 中的地址不经过代理',
  no_proxy: '未设置',
  clock_unknown: '无法判断：服务器的响应中没有 Date',
  clock_not_compared: '服务器没有响应，无法比对',
  clock_right: '准确',
  clock_off: (minutes, behind) => `比服务器${behind ? '慢' : '快'} ${minutes} 分钟`,
  clock_wrong: (minutes, behind) => `本机时钟比服务器${behind ? '慢' : '快'} ${minutes} 分钟`,
  set_clock: '请校准时钟：误差超过 15 分钟的签名会被拒绝。',
  give_certificate: '如果企业代理会解密 TLS 流量，请通过 NODE_EXTRA_CA_CERTS 指定代理的证书。',
  behind_proxy: '代理未通过，无法检查此项',
  proxy_refused: (proxy, status) => `代理 ${proxy} 拒绝了请求，返回 HTTP ${status}`,
  proxy_unreachable: (proxy) => `无法连接代理 ${proxy}`,
  check_proxy: '请检查 HTTPS_PROXY 及其中的用户名和密码，或通过 NO_PROXY 绕过代理。',
  check_network: '请检查本机能否访问该终端节点：网络、DNS、防火墙、HTTPS_PROXY。',
  unknown_region: (region, meant) =>
    `${region} 不是已知的 HSS 区域。${meant ? `是否应为 ${meant}？` : ''}请检查 HSS_REGION。`,
  project_set: (id) => `${id}，来自配置`,
  project_found: (id) => `${id}，由 IAM 查得`,
  all_allowed: (images, enterpriseProject) =>
    `HSS 在企业项目 ${enterpriseProject} 中列出 ${images} 个本地镜像，其余查询均有权限`,
  some_refused: (images, enterpriseProject, refused) =>
    `HSS 在企业项目 ${enterpriseProject} 中列出 ${images} 个本地镜像，但以下查询未成功：${refused.join('；')}`,
  refused: (operation, code) => `${operation}（错误 ${code}）`,
  give_permission:
    '缺少这些权限时，工具返回的内容会减少，并说明哪些未能读取。请为 IAM 用户授予 HSS ReadOnlyAccess 或 hss:images:list。',
  limits:
    'HSS 文档规定，每个用户对每个 API 每分钟最多调用 5 次。实际是否限流以 HSS 的响应为准：首次被限流后，本服务会按限制的频率调用，并说明何时可以继续读取',
};
