import type { en } from '../en.js';
import type { Same } from '../same.js';

export const requests: Same<typeof en.requests> = {
  no_id: (name) => `该 ${name} 不是可查询的 ID。`,
  give_id: (name) => `请按 HSS 列出的值填写 ${name}：不能为空，不能是 "." 或 ".."，也不能包含 "/"。`,
  number_of_ids: (name, ids) => `${name} 中有 ${ids} 个 ID。`,
  give_ids: (name, most) => `请在 ${name} 中填写 1～${most} 个 ID，且均不能为空。`,
  undocumented_characters: (field, value) => `原因可能是 ${field} ${value} 含有 HSS 文档未允许的字符。`,
  leave_out: (field) => `请去掉 ${field}。`,
  give_part: (field, part) => `请只填写 HSS 支持的部分，例如 ${field}: "${part}"。`,
};
