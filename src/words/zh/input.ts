import type { en } from '../en.js';
import type { Same } from '../same.js';

/** Latin has a space between itself and Chinese, and what is Chinese itself has none. */
const before = (name: string) => (/\p{Script=Han}$/u.test(name) ? name : `${name} `);
const after = (value: string) => (/^\p{Script=Han}/u.test(value) ? value : ` ${value}`);

export const input: Same<typeof en.input> = {
  not_right: (tool, problems, more) =>
    `${tool} 的参数有误：${problems.join('')}${more > 0 ? `（另有 ${more} 处）` : ''}`,
  right_call: (tool, example) => `正确的调用示例：${tool} ${example}`,
  all: '参数',
  unclear_flag: (field, given) => `${before(field)}应为 true 或 false，不能是 ${given}；不需要时请不填。`,
  unknown_field: (field, meant) => `没有 ${field} 这个字段，是否应为 ${meant}？`,
  unknown_among: (field, known) => `没有 ${field} 这个字段，可用的字段有 ${known.join('、')}。`,
  one_of: (field, values, given, meant) =>
    `${before(field)}的取值应为以下之一：${values.join('、')}，实际为${after(given)}。${meant ? `是否应为 ${meant}？` : ''}`,
  text: (field, given) => `${field} 应为文本，实际为数字 ${given}，请加上引号（数字 1.10 会变成 1.1）。`,
  whole_number: (field, given) => `${before(field)}应为整数，实际为${after(given)}。`,
  of_type: (field, type, given) => `${before(field)}的类型应为 ${type}，实际为${after(given)}。`,
  most_characters: (field, most, given) => `${field} 最多 ${most} 个字符，实际为 ${given} 个。`,
  most_entries: (field, most, given) => `${field} 最多 ${most} 项，实际为 ${given} 项。`,
  at_most: (field, most, given) => `${before(field)}不能大于 ${most}，实际为${after(given)}。`,
  least_entries: (field, least, given) => `${field} 至少 ${least} 项，实际为 ${given} 项。`,
  at_least: (field, least, given) => `${before(field)}不能小于 ${least}，实际为${after(given)}。`,
  wrong: (field, why) => `${field} 有误：${why}。`,
  a_list: '列表',
  an_object: '对象',
  nothing: '空值',
};
