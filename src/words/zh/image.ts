import type { en } from '../en.js';
import type { Same } from '../same.js';

export const image: Same<typeof en.image> = {
  summary: (found) => `本地镜像：${found}。`,
  no_scan_finished: '尚无已完成的扫描',
  not_scanned: '尚未扫描',
  found: (count, isSafe) =>
    `${count === undefined ? '漏洞数量未知' : `${count} 个漏洞`}${isSafe ? '，仅就已扫描的内容而言安全' : ''}`,
  part: (name, total) => `${name}：共 ${total} 项。`,
  failed_rules: (total) => `failed_rules：共 ${total} 项，按风险程度由高到低排列。`,
  part_read: (name, read, of) => `${name}：共 ${of} 项，只读取了 ${read} 项。`,
  no_baseline: 'baseline：本地镜像扫描不包含基线检查，或暂无数据。',
  no_packages: 'packages：暂无数据。',
  packages_unknown: 'packages：镜像从未扫描，情况未知。',
  none: (name) => `${name}：HSS 没有相关记录。`,
  rules_read: (read, of) => `failed_rules：共 ${of} 项，只读取了 ${read} 项。`,
  remedies_read: (read, of) => `failed_rules：共 ${of} 条规则，只读取了其中 ${read} 条的修复建议。`,
  cannot_scan: (count, hosts) =>
    `${hosts} 台主机中有 ${count} 台当前无法扫描：需要 agent_status 为 online 且 protect_status 为 opened。`,
  may_not_scan: (count, hosts) => `${hosts} 台主机中有 ${count} 台可能无法扫描：防护中断或已降级。`,
  scan_it: '如需了解其漏洞情况，请用 batch_scan_local_image 扫描。',
  see_handled:
    '没有未处理的漏洞。如需查看已处理的漏洞，请以 handle_status handled 调用 list_local_image_vulnerabilities。',
  nothing_left: '没有后续操作。',
  see_vulnerabilities: (count) =>
    `如需查看其${count === undefined ? '漏洞' : ` ${count} 个漏洞`}，请以其 image_id 调用 list_local_image_vulnerabilities。`,
  no_id: 'HSS 未返回该镜像的 image_id。',
  list_again: '请重新查询该镜像。',
};
