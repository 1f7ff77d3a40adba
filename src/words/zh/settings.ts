import type { en } from '../en.js';
import type { Same } from '../same.js';

export const settings: Same<typeof en.settings> = {
  unusable: (problems) => {
    const [only] = problems;
    const list = problems.length === 1 ? only : problems.map((problem) => `\n- ${problem}`).join('');
    return `本服务的配置不可用：${list}`;
  },
  mend: '请由配置管理员在 MCP 客户端中本服务配置的 "env" 部分修改，然后重启本服务。没有账号时，可使用 --sandbox 启动体验全部功能。',
  must_be: (name, right, given) => `${name} 应为${right}${given === undefined ? '' : `，当前值为 ${given}`}。`,
  not_set: (name) => `未设置 ${name}。`,
  placeholder: (names) => `${names.join('、')} 仍是占位符。`,
  counts_as: (value) => `在正确设置之前，按 ${value} 处理。`,
  assumed_role: (names) =>
    `已设置 ${names.join('、')}，但不支持切换委托（AssumeRole）。请取消该设置，改为提供委托的临时 AK、SK 和 SecurityToken。`,
  half_set: (present, absent) => `已设置 ${present.join('、')}，但未设置 ${absent.join('、')}。`,
  other_family: (names) => `${names.join('、')} 属于另一组变量，不会混用。`,
  set_together: (names) => `${names.join('、')} 须同时设置，或全部不设置。`,
  no_credentials:
    '未设置凭据：请设置 CLOUD_SDK_AK 和 CLOUD_SDK_SK，或 HSS_AUTH_TOKEN，或 IAM 用户（HSS_IAM_USER、HSS_IAM_PASSWORD、HSS_IAM_DOMAIN）。',

  // Where Latin comes first, its space comes with it.
  right: {
    ascii: '不含空格的可打印 ASCII 字符，请重新复制',
    value: '实际的值，不含引号、$、%、< >、花括号（现有内容疑似占位符）',
    name: '实际的名称，不含引号、$、%、< >、花括号（现有内容疑似占位符）',
    password: '实际的密码（现有内容疑似占位符）',
    endpoint: '不含用户名、密码和路径的 https:// 地址，例如 https://hss.cn-north-4.myhuaweicloud.com',
    region: '区域 ID，例如 cn-north-4（小写）',
    project: '项目 ID（32 位字母和数字，见控制台“我的凭证”）',
    enterprise_project: '企业项目 ID、0 或 all_granted_eps',
    flag: ' true 或 false',
    whole_number: (least, most) => ` ${least}～${most} 的整数`,
    one_of: (values) => ` ${values.join('、')} 之一`,
    absolute_path: '绝对路径',
    time_zone: '时区名称，例如 Asia/Shanghai、Europe/Berlin 或 UTC',
    proxy: ' http:// 或 https:// 地址，例如 http://proxy.example.com:3128',
  },

  file: {
    named: (path) => `凭据文件 ${path}`,
    of: (variable) => `${variable} 指定的凭据文件`,
    not_ordinary: (file, bytes) => `${file} 必须是不超过 ${bytes} 字节的普通文件。`,
    not_read: (file) => `${file} 无法读取。`,
    lacks_keys: (file) => `${file} 的 [basic] 段中须有 ak 和 sk。`,
    wrong_project: (file) => `${file} 中的 project_id 须为项目 ID。`,
    wrong_endpoint: (file, right) => `${file} 中的 iam_endpoint 应为${right}。`,
    placeholder: (name, file) => `${file} 中的 ${name} 仍是占位符。`,
    must_be: (name, file, right) => `${file} 中的 ${name} 应为${right}。`,
  },
};
