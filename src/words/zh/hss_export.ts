import type { en } from '../en.js';
import type { Same } from '../same.js';

const INSTEAD = '或改用 csv、sarif、cyclonedx、json 格式：它们包含全部漏洞，且不会在 HSS 中留下任务。';
const ELSEWHERE = '在 HSS 控制台下载该文件，或改用 csv 等其他格式。';

export const hss_export: Same<typeof en.hss_export> = {
  not_known: (names) =>
    `hss 格式不支持 ${names.join('、')}：该文件由 HSS 自行生成，仅可按 image_name 和 has_container 选择镜像。`,
  leave_out: (names) => `请去掉 ${names.join('、')}，${INSTEAD}`,
  read_only: '配置（HSS_READ_ONLY）不允许 hss 格式：该文件由 HSS 自行生成，会在 HSS 中留下一个任务。',
  change_read_only: `请由配置的负责人修改 HSS_READ_ONLY，${INSTEAD}`,
  as_it_came: '该 ZIP 为 HSS 生成的原始文件，未经打开：HSS 没有说明其中的列和语言。任务和文件会保留在 HSS 中。',
  name_matching: 'HSS 没有说明导出时如何匹配 image_name。',
  most_rows: (rows) => `向 HSS 最多请求了 ${rows} 行，因此可能缺少部分行。`,
  making: 'HSS 正在生成导出文件',
  not_yet: '尚未写入文件：HSS 仍在生成导出文件。',
  call_again: '请以相同的参数再次调用，将继续使用 HSS 中的同一个任务。',
  goes_on: '导出任务仍在 HSS 中进行',
  written: (rows) => `已原样保存 HSS 的导出文件${rows === undefined ? '' : `，共 ${rows} 行`}。`,
  tell_path: '请告知用户文件所在的位置。',
  failed: 'HSS 未能生成导出文件：任务以失败结束，HSS 没有给出原因。',
  make_another: '请再次调用，让 HSS 重新生成；或改用 csv 等不依赖它的格式。',
  unused: '请再次调用：即使 HSS 已经开始本次导出，也只会留下一个未使用的任务和文件。',
  too_large: (mebibytes) => `HSS 生成的文件超过 ${mebibytes} MiB，因此没有下载。`,
  narrow: `请用 image_name 缩小范围，${ELSEWHERE}`,
  elsewhere: 'HSS 已生成文件，但指向了另一个地址，本程序不会向该地址发送请求。',
  check_proxy: `请检查是否有代理（HTTPS_PROXY）代替 HSS 应答；否则请${ELSEWHERE}`,
  lies_at: (rows, path) => `HSS 的导出文件${rows === undefined ? '' : `（${rows} 行）`}：${path}`,
  not_in_time: 'HSS 未能在半小时内生成导出文件。',
  try_later: '请稍后重试，或改用不依赖它的 --format csv。',
};
