import type { en } from '../en.js';
import type { Same } from '../same.js';

export const comparison: Same<typeof en.comparison> = {
  either: 'before 和 vul_ids 必须且只能给出一个。',
  give_one: '请提供 before（镜像的各字段）或 vul_ids。',
  summary: (gone, added, stillOpen, notObservable) =>
    `已消失 ${gone} 个，${added === undefined ? '' : `新增 ${added} 个，`}仍未处理 ${stillOpen} 个，无法判断 ${notObservable} 个。`,
  titles: {
    gone: (count) => `gone（已消失）：${count} 个`,
    new: (count) => `new（新增）：${count} 个`,
    still_open: (count) => `still_open（仍未处理）：${count} 个`,
    handled: (count) => `handled（已忽略或已加白名单，并未修复）：${count} 个`,
    not_observable: (count) => `not_observable（无法判断）：${count} 个`,
  },
  reasons: {
    before_never_scanned: '变更前的镜像从未扫描',
    after_never_scanned: '变更后的镜像从未扫描',
    not_read: '尚未读取',
  },
  blind: (reason) => `${reason}，无法判断其中的漏洞。`,
  stale_before: '变更前镜像的上次扫描时间早于其 latest_update_time。',
  stale_after: '变更后镜像的上次扫描时间早于其 latest_update_time。',
  with_ids: '与 vul_ids 比较时 new 始终为空，因为无法得知此前还有哪些漏洞。',
  scan_first: '请用 batch_scan_local_image 扫描该镜像，待扫描完成后重新比较。',
  call_again: '其余数据正在读取，请以相同参数再次调用。',
  nothing_open: '所比较的漏洞在变更后的镜像中均已不再处于未处理状态。',
  fix: '如需查看某个漏洞的修复建议，请调用 get_vulnerability_details；如需最佳升级方案，请调用 plan_local_image_fixes。',
};
