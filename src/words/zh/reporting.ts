import type { en } from '../en.js';
import type { Same } from '../same.js';

export const reporting: Same<typeof en.reporting> = {
  cannot_be_written: (path, why) => `无法写入报告：${path} ${why}。`,
  give_folder: '请通过 HSS_REPORT_DIR 或命令的 --output 指定一个已存在、属于当前用户且可写的文件夹。',
  why: {
    not_absolute: '不是绝对路径',
    link: '是指向别处的链接',
    no_folder: '不是文件夹',
    no_file: '已存在，但不是文件',
    somebody_elses: '属于其他用户',
    everybodys: '所有用户均可写入',
    missing: '不存在',
    not_allowed: '没有写入权限',
    read_only: '是只读的',
    no_space: '空间不足',
    no_space_for_user: '超出当前用户的磁盘配额',
    too_large: '不支持这么大的文件',
  },
  cannot_be_used: (code) => `无法使用（${code}）`,
  baseline: (name, why) => `baseline ${name} 无法用于对比：${why}。`,
  name_baseline: '请填写报告文件夹中此前 json 格式报告的文件名，或省略该参数。',
  no_baseline: {
    not_a_name: '不是 JSON 报告的文件名',
    not_there: '报告文件夹中没有该报告',
    no_file: '不是文件',
    empty: '文件为空',
    no_findings: '其中没有漏洞数据',
    not_ours: '不是本程序生成的 JSON 报告',
    not_whole: '该报告当时未能读取全部数据，无法判断哪些是新增',
  },
  other_values: (fields) => `生成该报告时 ${fields.join('、')} 的取值不同`,
};
