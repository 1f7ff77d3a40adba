import type { en } from '../en.js';
import type { Same } from '../same.js';

export const failures: Same<typeof en.failures> = {
  answered: (service, operation, status, code, meaning) =>
    `调用 ${operation} 失败：${service} 返回 HTTP ${status}${code ? `（${code}）` : ''}，${meaning}。`,
  wait_asked_for: (seconds) => `服务要求等待 ${seconds} 秒。`,
  clock_is_off: (minutes, behind) => `本机时钟比服务器${behind ? '慢' : '快'} ${minutes} 分钟，请校准。`,
  answered_something_else: (service, operation, status, what) =>
    `调用 ${operation} 时 ${service} 返回了 HTTP ${status}，但${what}。`,
  somebody_else_answered: '响应可能来自本机与华为云之间的其他设备（代理、登录页面等）。请检查 HTTPS_PROXY 和终端节点。',
  not_asked: (service, operation, origin, why) => `调用 ${service} 的 ${operation} 失败（${origin}）：${why}。`,
  no_place: (service, operation, seconds) => `${service} 对 ${operation} 的调用频率有限制，需再等待 ${seconds} 秒。`,
  call_again_in: (seconds) => `请在 ${seconds} 秒后重新调用。`,
  no_time: (service, operation, why) => `未能调用 ${service} 的 ${operation}：${why}。`,
  call_again: '请重新调用，已开始的读取届时可能已经完成。如果仍然如此，请减少单次查询的范围。',
  cancelled: '本次调用已取消',
  late: '本次调用已超时',
  time_was_up: '本次调用在完成前已超时，此后未再发送任何请求。',
  ask_for_less: '请重新调用。如果仍然如此，请减少单次查询的范围。',

  request_removed: '[已略去规范请求]',

  not_empty: '响应不为空，而 HSS 的正常响应应为空',
  no_list: '响应不是 JSON 列表',
  no_object: '响应不是 JSON 对象',
  no_projects: '响应不是项目列表',
  no_token: '响应中没有 Token',
  too_many_entries: (most) => `其中有列表超过 ${most} 项`,
  too_deep: (levels) => `嵌套超过 ${levels} 层`,
  too_many_values: (most) => `其中的值超过 ${most} 个`,

  next: {
    connect:
      '请检查本机能否访问终端节点（网络、DNS、HTTPS_PROXY），以及 HSS_REGION 是否正确。如果只是网络较慢，可调大 HSS_TIMEOUT_MS（最大 40000）。',
    proxy: '请检查 HTTPS_PROXY 及其中的用户名和密码，或通过 NO_PROXY 绕过代理。',
    tls: '如果企业代理会解密 TLS 流量，请通过 NODE_EXTRA_CA_CERTS 指定代理的证书。证书校验始终开启，无法关闭。',
    timeout: '请重试。如果仍然较慢，请调大 HSS_TIMEOUT_MS（最大 40000），或减少查询的行数。',
    broken_off: '请重试。如果仍然如此，请检查是否有代理或防火墙中断了连接。',
    too_large: '华为云的响应不会这么大。请检查是否有代理代为应答，或通过 limit 减少查询的行数。',
    encoded: '有代理改动了华为云的响应。请通过 NO_PROXY 绕过该代理。',
    aborted: '本次调用已取消。',
  },
};
