import type { en } from '../en.js';
import type { Same } from '../same.js';

export const usage: Same<typeof en.usage> = {
  unknown_option: (option, _said) => `未知选项 ${option}。`,
  lacks_value: (option, _said) => `选项 ${option} 缺少取值。`,
  takes_no_value: (option, _said) => `选项 ${option} 不带取值。`,
  unreadable: (said) => `命令行无法识别：${said}`,
  unknown_command: (command) => `未知命令：${command}`,
  goes_with: (option, other) => `${option} 须与 ${other} 一起使用。`,
  sandbox_flags: '--images 和 --limits 须与 --sandbox 一起使用。',
  doctor_needs_account: 'doctor 用于检查账号的配置，而 --sandbox 无需账号。',
  not_with_hss: (options) =>
    `--format hss 不支持 ${options.join('、')}：该文件由 HSS 自行生成。请改用 csv、sarif、cyclonedx 或 json。`,
  gate_would_be_open: '--fail-on High 需要读取高危漏洞：请去掉 --severity-level，或将其设为 High 或更低。',
  image_count: '--confirm-image-count 应为镜像数量（整数）。',
  empty: (option) => `${option} 的取值为空。`,
  one_of: (option, values) => `${option} 的取值应为以下之一：${values.join('、')}。`,
  must_be_one_of: (option, values) => `${option} 的取值应为以下之一：${values.join('、')}。`,
  whole_number: (option, most, example) => `${option} 应为 1～${most} 的整数，例如 ${example}。`,
};
