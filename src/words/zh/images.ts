import type { en } from '../en.js';
import type { Same } from '../same.js';

export const images: Same<typeof en.images> = {
  match: (count) => (count === 0 ? '没有符合条件的本地镜像。' : `共 ${count} 个本地镜像符合条件。`),
  with_open: (count, vulnerability) =>
    count === 0
      ? `没有发现存在未处理的 ${vulnerability} 的本地镜像。`
      : `共 ${count} 个本地镜像存在未处理的 ${vulnerability}。`,
  both_ids: 'vul_id 和 cve_id 不能同时给出。',
  one_id: '请只提供其中一个；vul_id 已涵盖其对应的 CVE。',
  others: '其余符合筛选条件的镜像：',
  standings:
    '以上数量只统计符合其余筛选条件的镜像。absent：上次扫描时未发现；handled：已忽略或已加白名单，并未修复；not_scanned：从未扫描，情况未知。',
  nothing_selected: '可能符合条件的镜像尚未全部读取，因此暂未生成选择集。',
  selected: (id, count) => `可将 selection_id ${id}（${count} 个镜像）传给其他工具。`,
  too_many: (count, most) => `有 ${count} 个镜像符合条件，而选择集最多包含 ${most} 个。`,
  narrow: '请缩小筛选范围，或去掉 select。',
  beyond: (offset, total) => `offset ${offset} 已超出末行，共 ${total} 行。`,
  none_match: '没有符合条件的镜像。筛选条件区分大小写，请减少条件，或换一个区域。',
  list_again: '请调整筛选条件或企业项目后重新查询。',
  scan: '如需扫描，请将各行的 image_id、image_digest、image_name、image_version 原样填入 image_info_list，调用 batch_scan_local_image。',
  safe: 'severity_level 为 Security：仅就已扫描的内容而言安全。',
  more_may_match: (count) => `另有 ${count} 个镜像可能也符合 host_name：它们位于多台主机上，而 HSS 只给出其中一台。`,
  unmatched: (field, part) =>
    `该 ${field} 含有特殊字符，HSS 可能无法匹配。${part === undefined ? '' : `请尝试其中一部分：${field} "${part}"。`}`,
  matched_here: 'HSS 无法直接匹配该名称，因此由本程序读取各行后匹配',
  give_more: '名称末段给得越长，匹配的行越少',
};
