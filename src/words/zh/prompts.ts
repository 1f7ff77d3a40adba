import type { en } from '../en.js';
import type { Same } from '../same.js';

export const prompts: Same<typeof en.prompts> = {
  where: '要查询的企业项目，不填则为 all_granted_eps。',
  in_project: (project) => `每次调用都使用 enterprise_project_id ${project}。`,
  scan_and_triage: {
    title: '扫描镜像并给出修复优先级',
    description: '查找并扫描镜像，等待扫描结束，按修复效果排序。',
    image_name: '镜像名称的一部分，不填则选择从未扫描的镜像。',
    text: (image) =>
      [
        image
          ? `请用 list_local_images 选出名称包含 ${image} 的本地镜像（scannable 为 true，select 为 true）。`
          : '请用 list_local_images 选出从未扫描的本地镜像（scan_status 为 unscan，scannable 为 true，select 为 true）。',
        '告诉我共有多少个镜像，经我同意后用 batch_scan_local_image 扫描该选择集。',
        '用 get_local_image_scan_status 按 scan_id 跟踪扫描，直到 call_again 不再为 true。',
        '然后用 selection_id 调用 plan_local_image_fixes，告诉我升级哪些软件包能消除最多的漏洞，涉及哪些镜像。',
        '说明哪些扫描失败以及原因。本地镜像扫描未覆盖的内容，不要说成是安全的。',
      ].join('\n'),
  },
  what_is_at_risk: {
    title: '说明当前有哪些风险',
    description: '汇总所有已扫描镜像的漏洞，以及从未扫描的镜像。',
    text: [
      '请告诉我目前容器镜像存在哪些风险，不要启动任何扫描。',
      '用 summarize_local_images 统计镜像数量（group_by 为 severity_level）和扫描状态（group_by 为 scan_status）。从未扫描的镜像，其风险是未知的。',
      '用 plan_local_image_fixes 对修复方案排序（has_container 为 true），并用 list_local_images 列出风险最高的十个运行中的镜像（has_container 为 true，sort_by 为 critical）。',
      '结果中有 incomplete 时，请在 ready_in 秒后再次调用，然后再给出排序。',
      '最后给出收效最大的三项修复建议。',
    ].join('\n'),
  },
  verify_rebuild: {
    title: '确认重新构建是否修复了漏洞',
    description: '对比镜像重新构建前后的漏洞。',
    image_name: '镜像名称。',
    cve_id: '应已修复的 CVE。',
    text: (image, cve) =>
      [
        `请用 list_local_images 查找镜像 ${image} 的各个版本，并说明每个版本的扫描时间。`,
        '用 compare_local_images 对比最新版本与上一个版本：哪些漏洞已消失，哪些是新增的，哪些仍然存在。',
        ...(cve ? [`然后列出仍存在 ${cve} 的版本：调用 list_local_images，指定 cve_id 和 image_name。`] : []),
        '无法确认的（not_observable）或从未扫描的，不能算作已修复：请如实说明，并指出需要先扫描。',
      ].join('\n'),
  },
};
