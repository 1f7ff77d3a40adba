import type { en } from '../en.js';
import type { Same } from '../same.js';

export const outcome: Same<typeof en.outcome> = {
  words_of_service: (fenced) => `服务返回的原文：\n${fenced}`,
  code: (code) => `错误码 ${code}`,
  status: (status) => `HTTP 状态码 ${status}`,
  request_id: (id) => `请求 ID ${id}`,
  facts: (facts) => `详情：${facts.join('，')}。`,
  next: (next) => `下一步：${next}`,
  not_read: (why) => `未能读取：${why}`,
  do_not_repeat: '在确认实际结果之前，请勿重复调用。',
  no_use: '原样重试无效。',
  may_succeed: '稍后原样重试可能成功。',
  may_succeed_in: (seconds) => `${seconds} 秒后原样重试可能成功。`,
  who: {
    input: '可通过调整参数解决。',
    owner: '需要由配置或账号的管理员处理。',
    passing: '该问题可能自行恢复。',
  },
  effect: {
    not_sent: '未发送扫描请求，本次调用没有启动任何扫描。',
    refused: '扫描请求被拒绝，没有启动任何扫描。',
    uncertain:
      '扫描可能已经启动：请求已发出，但无法确认 HSS 是否已执行。再次扫描之前，请先通过 list_local_images 查看镜像的 scan_status 和 latest_scan_time。',
  },
};
