import type { en } from '../en.js';
import type { Same } from '../same.js';

export const exporting: Same<typeof en.exporting> = {
  reading: '正在读取镜像和漏洞',
  not_yet: '漏洞数据仍在读取，尚未写入报告；读取会继续进行。',
  call_again: '请以相同参数再次调用，已读取的数据会保留。',
  written: (findings, images, format) => `已将 ${images} 个镜像的 ${findings} 个漏洞实例导出为 ${format} 格式。`,
  not_whole: '报告数据不完整，文件内容和文件名中均已注明。',
  tell_path: '请告知用户文件路径。如需日后对比，请导出 json 格式，并在 baseline 中填写其文件名。',
};
