import type { en } from '../en.js';
import type { Same } from '../same.js';

export const consent: Same<typeof en.consent> = {
  denied: (most, mode) =>
    `本服务器的设置不允许此类扫描（${mode}）：HSS_SCAN_ALL 为 deny 或无法识别，只能扫描明确列出且不超过 ${most} 个的镜像。`,
  scan_chosen: '请在 image_info_list 中列出要扫描的镜像，或由配置负责人修改 HSS_SCAN_ALL。',
  cannot_ask: '该客户端无法向用户提问，且待扫描的镜像数量无法统计，因此无从确认。未发送任何请求。',
  scan_list: '请改为扫描镜像列表或选择集，或由配置负责人设置 HSS_SCAN_ALL=allow。',
  decline: '用户已拒绝，未启动扫描。',
  cancel: '用户取消了提问，未启动扫描。',
  'no-answer': '用户未在规定时间内回答，未启动扫描。',
  ask_what: '请询问用户要扫描哪些镜像，并将所选镜像填入 image_info_list。',
};
