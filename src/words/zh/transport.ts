import type { en } from '../en.js';
import type { Same } from '../same.js';

export const transport: Same<typeof en.transport> = {
  encoded: (encoding) => (encoding ? `响应经过 ${encoding} 编码` : '响应经过编码'),
  too_large: (bytes) => `响应超过 ${bytes} 字节`,
  ended_within: (reason) => `连接在接收响应的过程中断开（${reason}）`,
  ended_before: (reason) => `连接在收到响应之前断开（${reason}）`,
  untrusted: (code) => `服务器证书不受信任（${code}）`,
  proxy_refused: (reason) => `代理拒绝了请求（${reason}）`,
  no_connection: (reason) => `无法建立连接（${reason}）`,
  no_answer_within: (ms) => `${ms} 毫秒内未收到完整的响应`,
  no_connection_within: (ms) => `${ms} 毫秒内未能建立连接`,
  proxy_hung_up: '代理断开了连接',
};
