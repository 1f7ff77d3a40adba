import type { en } from '../en.js';
import type { Same } from '../same.js';

export const permissions: Same<typeof en.permissions> = {
  inferred: (action) => `${action}（推断，官方未写明）`,
  to_call: (operation, action) => `${operation} 需要授权项 ${action}。`,
  to_scan: (action) =>
    `读取和扫描是两种权限：当前密钥可能只有读取权限。BatchScanLocalImage 需要 ${action}，或系统策略 HSS FullAccess；如不允许任何人扫描，可设置 HSS_READ_ONLY=true 去掉本工具。`,
  refused: (operation, code) => `${operation}（返回 ${code}）`,
  nor_allowed: (refused) => `同样被拒绝：${refused.join('；')}`,
  all_allowed: (images, enterpriseProject) =>
    `HSS 在企业项目 ${enterpriseProject} 中列出 ${images} 个本地镜像，其他读取接口均可用；是否可以扫描未做尝试`,
  some_refused: (images, enterpriseProject, refused) =>
    `HSS 在企业项目 ${enterpriseProject} 中列出 ${images} 个本地镜像，但以下接口被拒绝：${refused.join('；')}`,
  less: '缺少这些权限时，工具给出的内容会减少，并会说明哪些内容未能读取。',
  action_for: (action, operations) => `${action}（用于 ${operations.join('、')}）`,
  give: (actions) => `请授予 IAM 用户 HSS ReadOnlyAccess，或：${actions.join('；')}。`,
};
