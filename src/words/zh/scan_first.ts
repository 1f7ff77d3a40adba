import type { en } from '../en.js';
import type { Same } from '../same.js';

export const scan_first: Same<typeof en.scan_first> = {
  scanned: (images, finished, failed, leftOut) =>
    `已扫描 ${images} 个镜像：${finished} 个完成，${failed} 个失败${leftOut > 0 ? `，${leftOut} 个无法扫描` : ''}。`,
  read_only: '配置不允许 --scan：HSS_READ_ONLY 为 true，或其值无法识别。未发送任何请求。',
  change_read_only: '请去掉 --scan，或由配置的负责人修改 HSS_READ_ONLY。',
  not_confirmed: (count, given) =>
    `未发送任何请求：本次将扫描 ${count} 个镜像，但尚未经人确认。${given === undefined ? '' : `--confirm-image-count 给出的是 ${given}。`}`,
  confirm: (count) => `如确需扫描，请加上 --confirm-image-count ${count}，或在终端上运行，届时会先询问。`,
  unread: '未能读取全部镜像，因此未发送任何请求。',
  try_later: '请稍后重试。',
  partly: (accepted, all) => `${all} 个镜像中 HSS 只受理了 ${accepted} 个的扫描，未生成报告。`,
  rest: '已受理的扫描会继续进行。结束后可扫描其余镜像，或不带 --scan 生成报告。',
};
