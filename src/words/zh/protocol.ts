import type { en } from '../en.js';
import type { Same } from '../same.js';

export const protocol: Same<typeof en.protocol> = {
  unknown_tool: (name) => `未知工具：${name}`,
  unknown_prompt: (name) => `未知提示词：${name}`,
  no_text: '名称不是文本',
  not_offered: (tool) => `${tool} 不可用：HSS_READ_ONLY 为 true，或其值无法识别`,
  failed: (tool) => `${tool} 发生意外错误`,
  failed_see_log: (tool) => `${tool} 发生意外错误，详见 stderr 日志`,
  one_page: 'cursor 无效：列表只有一页',
  no_batches: '该版本的协议不支持批量请求',
  params_no_object: 'params 必须是对象',
  params_wrong: (method) => `${method} 的 params 有误`,
  params_too_deep: 'params 嵌套过深',
  no_request: '不是 JSON-RPC 2.0 请求',
  meta_lacks_text: (revision, name) => `${revision} 版本的请求须在 _meta 中包含文本 ${name}`,
  meta_lacks_object: (revision, name) => `${revision} 版本的请求须在 _meta 中包含对象 ${name}`,
  line_dropped: '丢弃了一行超过 10 MiB 的输入',
};
