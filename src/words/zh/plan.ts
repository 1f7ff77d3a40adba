import type { en } from '../en.js';
import type { Same } from '../same.js';

export const plan: Same<typeof en.plan> = {
  summary: (upgrades, rankBy, isFinal) =>
    `共 ${upgrades} 项升级，按 ${rankBy} 排序，${isFinal ? '效果最好的在前' : '数据尚未读完，排序不完整'}。`,
  rebuilds: (names) => `rebuilds：共 ${names} 个镜像名称；upgrades 为对应升级的 rank。`,
  none_match: '没有符合条件的未处理漏洞，但这不代表安全：从未扫描的镜像没有漏洞记录。',
  other_distribution: (ranks) => `fix 的内容可能针对其他发行版：rank ${ranks.join('、')}。`,
  packages_unread: (ranks) => `软件包尚未读取，以下升级可能会拆分为多项：rank ${ranks.join('、')}。`,
  versions_seen: 'installed_versions 来自抽样，其他位置可能安装了别的版本。',
  see_states: '请以 group_by scan_status 调用 summarize_local_images 查看扫描状态。',
  upgrade:
    '请升级软件包、重新构建镜像并再次扫描，然后用 compare_local_images 核对结果。如需查看某个漏洞的全部镜像，请调用 get_vulnerability_details。',
};
