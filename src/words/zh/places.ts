import type { en } from '../en.js';
import type { Same } from '../same.js';

export const places: Same<typeof en.places> = {
  unknown_region: (region) => `region ${region} 不是已知的 HSS 区域。`,
  give_region: (near, variable) =>
    `请改为 ${near.join('、')} 或其他 HSS 区域，或不填 region。新区域需先在配置中通过 ${variable} 指定。`,
  unreachable_region: (region, why) => `无法访问区域 ${region}：${why}`,
  reach_region: (variable) => `请去掉 region，或由配置管理员添加 ${variable}，或改用可为所有区域签名的 AK 和 SK。`,
  endpoint_fixed: (home) => `HSS_ENDPOINT 已固定为 ${home} 的终端节点。`,
  token_bound: (home) => `HSS_AUTH_TOKEN 中的 Token 属于 ${home}。`,
  password_bound: (home) => `IAM 用户的密码只会发送到 ${home}。`,
  agency_bound: (home) => `ECS 委托的 SecurityToken 只会发送到 ${home}。`,
  key_bound: (home) => `临时密钥的 SecurityToken 只会发送到 ${home}。`,
  unknown_selection: (id) => `selection_id ${id} 不存在：选择集仅在本服务运行期间保留，且只保留最近 50 个。`,
  make_selection: '请通过 list_local_images（select: true）或扫描的 dry_run 重新生成。',
  unknown_scan: (id) => `scan_id ${id} 不存在：扫描记录仅在本服务运行期间保留，且只保留最近 50 个。`,
  look_first: '再次扫描之前，请先查看镜像状态：列出镜像，或用 images 和 submitted_at 代替 scan_id。',
  made_elsewhere: (id, region, enterpriseProject) =>
    `${id} 属于区域 ${region}、企业项目 ${enterpriseProject}，与本次调用指定的不一致。`,
  comes_with: (id) => `请去掉 region 和 enterprise_project_id，${id} 已包含这些信息。`,
};
