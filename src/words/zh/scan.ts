import type { en } from '../en.js';
import type { Same } from '../same.js';

const images = (count: number) => `${count} 个镜像`;
const left = (count: number) => (count > 0 ? `另有 ${count} 个镜像无法扫描，未包含在内。` : '');
const OUTCOMES = { accepted: '已接受', refused: '被拒绝', uncertain: '结果不确定', not_sent: '未发送' };

export const scan: Same<typeof en.scan> = {
  sent_already: (id) => `${id} 此前已发送，本次未发送任何请求。`,
  scan_once_more: '如需再次扫描其中的镜像，请先以 dry_run: true 和该 selection_id 生成新的选择集。',
  to_confirm: (count) => `未发送任何请求。本次将扫描 ${images(count)}，需要确认：confirm_image_count: ${count}。`,
  other_number: (given) => `传入的数量为 ${given}，与当前数量不一致。`,
  confirm: (count, selectionId) =>
    '请告知用户将扫描的镜像数量；用户同意后，请以' +
    `${selectionId === undefined ? '相同参数' : ` selection_id: ${selectionId} `}和 confirm_image_count: ${count} 调用 batch_scan_local_image。`,
  dry_run: (mode, count, notFound) =>
    `试运行，未启动扫描。该请求将选中（${mode}）：${count === undefined ? '数量无法统计' : images(count)}` +
    `${notFound > 0 ? `；${notFound} 个条目未找到` : ''}。`,
  not_found: '未找到：',
  rows_searched: (rows) => `只查找了 ${rows} 行。请提供 image_name，HSS 支持按名称查询。`,
  not_counted: (why) => `无法统计所选镜像：${why}`,
  change_selection: '请调整选择条件；可用 list_local_images 查看现有镜像。',
  narrow: '请缩小范围（例如指定 image_name），直到可以统计数量。',
  scan_these: (selectionId) => `如需扫描这些镜像，请以 selection_id: ${selectionId} 调用 batch_scan_local_image。`,
  change_filters: '请调整筛选条件，直到可以统计数量。',
  pass_filters_on: '如需将筛选条件直接交给 HSS，请去掉 dry_run 再次调用 batch_scan_local_image。',
  filters_alone:
    '只给出了筛选条件，没有 operate_all: true，也没有 image_info_list。HSS 文档未说明此时的行为，可能不扫描任何镜像。' +
    '如需扫描符合条件的镜像，请同时设置 operate_all: true；可先用 dry_run: true 统计数量。',
  filters_sent:
    '筛选条件已原样交给 HSS（HSS_SCAN_FILTERS=send）。HSS 文档未说明扫描时哪些条件有效，可能会扫描不符合条件的镜像。',
  images,
  all_images: '全部本地镜像',
  matching_images: '符合筛选条件的全部本地镜像',
  by_filters_alone: '仅按筛选条件，详见警告',
  accepted: (what, leftOut) => `HSS 已接受扫描请求（${what}）。扫描尚未完成，随后在各主机上执行。${left(leftOut)}`,
  accepted_before: (id, count, leftOut) =>
    `该选择集此前已发送，本次未重复发送：${id}，${images(count)}。${left(leftOut)}`,
  accepted_in_part: (accepted, all, batches, leftOut) =>
    `HSS 只接受了 ${all} 个镜像中的 ${accepted} 个：${batches.join('；')}。${left(leftOut)}`,
  batch: (first, last, outcome) => `image_info_list 第 ${first} 至 ${last} 项${OUTCOMES[outcome]}`,
  time_up: '本次调用时间已用完，部分批次尚未发送。',
  not_completed: (why) => `部分条目四个字段不全且无法查询补全，已原样发送：${why}`,
  follow: (scanId) => `请以 scan_id: ${scanId} 调用 get_local_image_scan_status 跟踪进度，wait_seconds 最大为 45。`,
  uncertain: '结果不确定的部分可能已开始扫描，不会重复发送；可在扫描状态中查看相应镜像。',
  go_on: (selectionId) =>
    `如需继续处理被拒绝或未发送的部分，请以 selection_id: ${selectionId} 调用 batch_scan_local_image。`,
  at_least: '至少为此数',
  left_out: '无法扫描：',
};
