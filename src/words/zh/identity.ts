import type { en } from '../en.js';
import type { Same } from '../same.js';

export const identity: Same<typeof en.identity> = {
  set_project_id: '设置 HSS_PROJECT_ID 后，无需再向 IAM 查询项目。',
  no_project: (region) => `IAM 中没有当前凭据可用的项目 ${region}。`,
  several_projects: (region) => `IAM 中有多个名为 ${region} 的项目，当前凭据均可用。`,
  name_the_project: '请将 HSS_PROJECT_ID 设为该区域的项目 ID（见控制台“我的凭证”），并检查 HSS_REGION。',
  check_iam_user:
    '请检查 HSS_IAM_USER、HSS_IAM_PASSWORD 和 HSS_IAM_DOMAIN（账号名）。华为账号（HUAWEI ID）不能直接使用，需创建 IAM 用户。',
  no_credentials_of_ecs: (why) => `HSS_CREDENTIALS 为 ecs，但未能从 ECS 的元数据服务获取凭据：${why}。`,
  ecs_or_keys: '请在绑定了 HSS 权限委托的 ECS 上运行本服务，或改为设置 CLOUD_SDK_AK 和 CLOUD_SDK_SK。',
  metadata_answered: (status) => `元数据服务返回 HTTP ${status}`,
  no_agency: '该 ECS 未绑定委托',
  no_key: (status) => `元数据服务未返回密钥（HTTP ${status}）`,
};
