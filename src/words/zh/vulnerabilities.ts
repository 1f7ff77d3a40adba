import type { en } from '../en.js';
import type { Same } from '../same.js';

export const vulnerabilities: Same<typeof en.vulnerabilities> = {
  summary: (count, handleStatus, isWhole, where) =>
    count === 0
      ? `${where}${isWhole ? '没有' : '目前未读取到'}符合条件的漏洞（${handleStatus}）。`
      : `${where}${isWhole ? '共有' : '目前已读取'} ${count} 个漏洞（${handleStatus}），按风险程度由高到低排列。`,
  one_image: (id) => `镜像 ${id} `,
  images: (count) => `${count} 个本地镜像中`,
  all_images: '全部本地镜像中',
  change_filters: '请调整筛选条件，或用 list_local_images 查看扫描状态。',
  details: '如需查看受影响的软件包和修复建议，请以某一行的 vul_id 和 type 调用 get_vulnerability_details。',
  scanned_at: (time) => `该镜像的扫描时间为 ${time}。`,
  never_scanned: '该镜像从未扫描，情况未知。',
  some_never_scanned: (count, all) => `${all} 个镜像中有 ${count} 个从未扫描，情况未知。`,
  none_match: '没有结果不代表安全：只统计已扫描的镜像，且本地镜像扫描只覆盖漏洞和软件。',
  no_image: (id) => `不存在 image_id 为 ${id} 的镜像。`,
  give_image_id: '请使用镜像列表中的 image_id，并使用相同的 enterprise_project_id（all_granted_eps 表示全部）。',
};
