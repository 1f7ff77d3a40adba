import type { en } from '../en.js';
import type { Same } from '../same.js';

export const naming: Same<typeof en.naming> = {
  blank: '为空白：请省略该参数，或提供有效值。',
  white_space: (right) => `首尾含有空白字符：请填写 ${right}。`,
  no_value: (word) => `的值 ${word} 不是有效值：请省略该参数，或提供有效值。`,
  more_than_repository: (fields) => `不只是仓库名称：请填写 ${fields}。`,
  short_id: '是 Docker 显示的短 ID：请使用镜像列表中的完整 ID，或改用 image_name 和 image_version。',
  digest_no_id: (fields) => `是摘要而不是 ID：请填写 ${fields}。`,
  name_no_id: (fields) => `是名称而不是 ID：请填写 ${fields}。`,
  no_algorithm: (fields) => `缺少算法前缀：请填写 ${fields}。`,
  more_than_digest: (fields) => `不只是摘要：请填写 ${fields}。`,
  no_digest: '不是 HSS 支持的摘要：请填写 "sha256:" 加 64 位十六进制数字，或省略该参数。',
  more_than_tag: (fields) => `不只是标签：请填写 ${fields}。`,
  hex_digits: '<64 位十六进制数字>',
  no_address: '不是 IPv4 地址：请填写地址（192.168.3.7）、网段（192.168.3.0/24）或地址前缀（192.168.3.）。',
  no_region: (region) => `region ${region} 不是区域 ID。`,
  give_region: '请填写区域 ID（例如 cn-north-4），或省略该参数。',
  no_project: (id) => `enterprise_project_id ${id} 不是企业项目 ID。`,
  give_project: '请填写控制台显示的企业项目 ID；0 表示默认企业项目，all_granted_eps 表示所有有权限的企业项目。',
};
