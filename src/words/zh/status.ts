import type { en } from '../en.js';
import type { Same } from '../same.js';

export const status: Same<typeof en.status> = {
  summary: (seen) =>
    `扫描状态：已完成 ${seen.finished}，扫描中 ${seen.running}，扫描失败 ${seen.failed}，无法扫描 ${seen.cannot_be_scanned}，` +
    `未找到 ${seen.not_found}，未开始 ${seen.not_started}。${seen.open ? '仍有变化，请稍后再次查询。' : '无需再次查询。'}`,
  progress: (finished, running, failed) => `已完成 ${finished}，扫描中 ${running}，扫描失败 ${failed}`,
  by_reason: '扫描失败（按原因）：',
  not_found: '未找到：',
  no_reason: '（未给出原因）',
  nothing_to_follow: '未指定要跟踪的扫描：缺少 scan_id。',
  given_together: (names) => `${names.join('、')} 不能同时给出。`,
  give_scan_id:
    '请只提供 batch_scan_local_image 返回的 scan_id；没有 scan_id 时，请提供 images 或 selection_id，并附上 submitted_at。',
  not_a_time: (value) => `submitted_at ${value} 不是 ISO 8601 格式的时间。`,
  give_time: '请使用 batch_scan_local_image 返回的 submitted_at，例如 "2026-01-02T03:04:05.000Z"。',
  call_again: (what, withTime) =>
    `请以${what === undefined ? '相同的 images' : ` ${what}`}${withTime ? '、submitted_at' : ''} 和 wait_seconds 再次调用 get_local_image_scan_status。`,
  read_findings:
    '如需查看扫描结果，请以已完成镜像的 image_id 调用 list_local_image_vulnerabilities（按风险程度由高到低）。',
  mend_failures: '请先按失败原因处理，再重新扫描这些镜像。',
  find_images: '对于未找到的镜像，请检查 region 和 enterprise_project_id（可用 all_granted_eps），或重新查询镜像列表。',
  start_scans: '未开始的镜像请用 batch_scan_local_image 发起扫描。',
  nothing_left: '没有后续操作。',
  no_place_for_others: (images) => `受请求频率限制，另有 ${images} 个镜像的状态尚未读取`,
  no_place_for_look: (time) => `受请求频率限制，暂时无法查询最新状态，以下为 ${time} 的状态`,
  look_failed: (why) => `最近一次查询失败，以下为此前的状态：${why}`,
  rows_searched: 'HSS 不支持按 ID 或摘要查询，因此未能查找全部行；请提供 image_name 直接定位镜像。',
  not_started: 'not_started：扫描请求被接受后状态没有变化的镜像。',
  counted_by_state: '按 scan_status 统计全部符合条件的镜像；failed 也包含此前的失败。',
  filters_dropped: (names) => `扫描会改变 ${names.join('、')} 的匹配结果，统计时已忽略。`,
  names_searched: (read, of) => `只在 ${of} 行中的 ${read} 行里匹配了名称。`,
  earlier_result: 'HSS 显示的仍是上一次扫描的结果。',
  not_confirmed: 'HSS 尚未确认该失败属于本次扫描，可能是此前的失败。',
  not_begun: 'HSS 尚未显示扫描已开始。',
  unknown_state: 'HSS 返回的 scan_status 未见于文档。',
};
