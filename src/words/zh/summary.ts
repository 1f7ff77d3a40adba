import type { en } from '../en.js';
import type { Same } from '../same.js';

export const summary: Same<typeof en.summary> = {
  groups: (images, groups, by) =>
    images === 0 ? '没有符合条件的本地镜像。' : `共 ${images} 个本地镜像符合条件，按 ${by} 分为 ${groups} 组。`,
  left_out: (counts) => `${counts.join('、')} 尚未读取，因此未列出，不代表为 0；稍后以相同参数调用可获得更多数据。`,
  none_match: '筛选条件区分大小写。',
  none: 'none：就已扫描的内容而言，没有未处理的漏洞。',
  never_scanned: 'never_scanned：HSS 从未扫描的镜像，其漏洞情况未知。',
  see_failed: '如需查看某一失败原因的镜像，请以 scan_status failed 调用 list_local_images。',
  see_vulnerability:
    '如需查看某个漏洞的修复建议和受影响的镜像，请调用 get_vulnerability_details；如需升级方案，请调用 plan_local_image_fixes。',
  see_images: '如需查看某一组的镜像，请调用 list_local_images；如需确定修复优先级，请调用 plan_local_image_fixes。',
};
