import type { en } from '../en.js';
import type { Same } from '../same.js';

export const command: Same<typeof en.command> = {
  progress: (what, done, total) => `${what}：已完成 ${done}/${total}`,
  reading: '正在读取镜像和漏洞',
  reading_images: '正在读取镜像',
  asking: '正在请求 HSS 扫描',
  ended: '已结束的扫描',
  failed: (error) => `生成报告失败：${error}`,
  written: (open, handled, images, path) =>
    `${images} 个镜像中有 ${open} 个未处理漏洞、${handled} 个已处理漏洞：${path}`,
  over_limit: (severity) => `存在不低于 ${severity} 级别的未处理漏洞。`,
  incomplete: (why) => `内容未能全部读取：${why}`,
};
