import type { en } from '../en.js';
import type { Same } from '../same.js';

export const notes: Same<typeof en.notes> = {
  coverage:
    '本地镜像扫描覆盖漏洞和软件。行中没有 unsafe_setting_num 或 malicious_file_num 时，表示基线检查和恶意文件未覆盖或暂无数据，不代表通过。',
  looked_in_project_0:
    '未指定 enterprise_project_id，HSS 只查询了企业项目 0。如需查询所有有权限的企业项目，请将 enterprise_project_id 设为 "all_granted_eps"。',
  handled_not_read: '未读取已处理（已忽略或已加白名单）的漏洞，此处均未计入。',
  handled: (findings) => `另有 ${findings} 个已处理（已忽略或已加白名单）的漏洞未计入此处，它们并未修复。`,
};
