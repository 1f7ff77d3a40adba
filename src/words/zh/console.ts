import type { en } from '../en.js';
import type { Same } from '../same.js';

export const console: Same<typeof en.console> = {
  legend: (legends) =>
    `华为云用语：${Array.from(
      legends,
      ({ field, words }) => `${field}：${Array.from(words, ([value, word]) => `${value}=${word}`).join('，')}`,
    ).join('；')}。`,
  image_level: '镜像的 severity_level 没有 Critical，最高为 High。判断风险请以各等级漏洞数和 CVSS 评分为准。',
  no_value: (field, values, given) => `${field} 应为以下之一：${Array.from(values).join('、')}，不能是 ${given}。`,
  no_region: (given, regions) =>
    `region 应为区域 ID 或控制台中的区域名称，不能是 ${given}。可用的区域有：${Array.from(
      regions,
      ({ name, id }) => `${name}（${id}）`,
    ).join('、')}。`,
};
