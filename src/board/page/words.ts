/** Every word of the board, in English and in Chinese; `{name}` is filled in. */
export const WORDS = {
  title: ['Local images', '本地镜像'],
  sandbox: ['invented (sandbox)', '虚构数据（sandbox）'],
  images: ['Images', '镜像'],
  plan: ['What to fix first', '优先修复'],
  refresh: ['Refresh', '刷新'],
  back: ['Back', '返回'],
  loading: ['Reading…', '读取中…'],
  cannot_read: ['Could not be read', '无法读取'],
  as_of: ['as of {time}', '截至 {time}'],
  notes: ['Notes ({count})', '说明（{count}）'],
  incomplete: ['Not all was read yet: {why}', '尚未读完：{why}'],

  running_images: ['running', '运行中'],
  scan_failed: ['scan failed', '扫描失败'],
  scanning_now: ['being scanned', '正在扫描'],
  by_worst: ['Images by their worst open finding', '按最严重的未处理漏洞统计镜像'],
  show_only: ['Show only: {what}', '只看：{what}'],

  Critical: ['Critical', '严重'],
  High: ['High', '高危'],
  Medium: ['Medium', '中危'],
  Low: ['Low', '低危'],
  none: ['None found', '未发现'],
  not_scanned: ['Not scanned', '未扫描'],
  not_read: ['Not read yet', '尚未读取'],

  search: ['Image name', '镜像名称'],
  search_hint: ['Part of the name, case-sensitive', '名称的一部分，区分大小写'],
  state: ['State', '状态'],
  any_state: ['Any state', '全部状态'],
  severity: ['Severity', '严重程度'],
  any_severity: ['Any severity', '全部严重程度'],
  at_least: ['{severity} or worse', '{severity}及以上'],
  only_running: ['Running only', '仅运行中'],
  sort: ['Order', '排序'],
  sort_critical: ['Worst first', '最严重优先'],
  sort_vulnerabilities: ['Most findings first', '漏洞最多优先'],
  sort_containers: ['Most containers first', '容器最多优先'],
  sort_last_scan: ['Latest scan first', '最近扫描优先'],
  also: ['{name}: {value}', '{name}：{value}'],
  remove_filter: ['Remove the filter {name}', '移除筛选条件 {name}'],

  unscan: ['Never scanned', '从未扫描'],
  success: ['Scanned', '已扫描'],
  scanning: ['Scanning', '扫描中'],
  waiting_for_scan: ['Waiting', '等待扫描'],
  failed: ['Failed', '失败'],
  unscannable: ['Cannot be scanned', '无法扫描'],

  image: ['Image', '镜像'],
  findings: ['Open findings', '未处理漏洞'],
  containers: ['Containers', '容器'],
  last_scan: ['Last scan', '上次扫描'],
  choose: ['Choose {image}', '选择 {image}'],
  choose_page: ['Choose all on this page', '选择本页全部'],
  found: ['{count} found', '发现 {count} 个'],
  none_found: ['None found as far as scanned', '扫描范围内未发现'],
  unknown: ['Unknown: not scanned', '未知：未扫描'],
  count_of: ['{count} {severity}', '{severity} {count}'],
  more_unread: ['of {count}', '共 {count}'],
  no_image: ['No image matches these filters.', '没有符合筛选条件的镜像。'],
  matching: ['{from}–{to} of {total}', '第 {from}–{to} 个，共 {total} 个'],
  previous: ['Previous', '上一页'],
  next: ['Next', '下一页'],

  chosen: ['{count} chosen', '已选 {count} 个'],
  choose_all: ['Choose all {count} that match', '选择符合条件的全部 {count} 个'],
  clear: ['Clear', '清除'],
  scan: ['Scan…', '扫描…'],
  counting: ['Counting what would be scanned…', '正在统计将要扫描的镜像…'],
  confirm_title: ['Scan {count} images with Huawei Cloud HSS?', '使用华为云 HSS 扫描 {count} 个镜像？'],
  confirm_where: ['Region {region}, enterprise project {project}.', '区域 {region}，企业项目 {project}。'],
  confirm_counts: [
    'Running now: {running}, in containers: {containers}.',
    '正在运行：{running} 个镜像，{containers} 个容器。',
  ],
  confirm_hosts: ['Hosts: at least {hosts}.', '主机：至少 {hosts} 台。'],
  left_out: ['{count} cannot be scanned and are left out.', '{count} 个无法扫描，已排除。'],
  changed: ['The number has changed: nothing was sent.', '数量已变化：未发送任何请求。'],
  confirm: ['Scan {count} images', '扫描 {count} 个镜像'],
  nothing_to_scan: ['None of these images can be scanned.', '所选镜像均无法扫描。'],
  cancel: ['Cancel', '取消'],
  sending: ['Sending. Your assistant may ask you, too…', '正在发送，助手可能还会向您确认…'],
  accepted: ['HSS accepted the scan of {count} images.', 'HSS 已接受 {count} 个镜像的扫描。'],
  progress: ['{done} of {all} done', '已完成 {done}/{all}'],
  progress_title: ['Scan {scan}', '扫描 {scan}'],
  counts: [
    '{finished} finished, {running} running, {failed} failed',
    '完成 {finished}，扫描中 {running}，失败 {failed}',
  ],
  waiting_rest: ['{count} not started', '未开始 {count}'],
  minutes_left: ['about {minutes} min left', '约剩 {minutes} 分钟'],
  scan_done: ['The scan has ended.', '扫描已结束。'],
  scan_close: ['Close', '关闭'],

  digest: ['Digest', '摘要'],
  size: ['Size', '大小'],
  hosts: ['Hosts', '主机'],
  packages: ['Packages with most findings', '漏洞最多的软件包'],
  running_in: ['Running in', '运行于'],
  nothing_known: ['HSS knows none.', 'HSS 无相关数据。'],
  choose_this: ['Choose for a scan', '加入扫描选择'],
  chosen_this: ['Chosen', '已选'],

  score: ['CVSS', 'CVSS'],
  vulnerability: ['Vulnerability', '漏洞'],
  fix: ['Fix', '修复建议'],
  open_in: ['Open in {count} images', '{count} 个镜像中未处理'],
  handled_in: ['handled in {count}', '{count} 个已处理'],
  affected: ['Affected images', '受影响镜像'],
  handled: ['Handled', '已处理'],
  cves: ['CVEs', 'CVE'],
  installed: ['Installed', '已安装版本'],

  plan_lead: [
    'Upgrades that remove most open findings of severity High or worse, best first.',
    '按可消除的高危及以上未处理漏洞数量排序的软件包升级。',
  ],
  plan_partial: ['Not all was read yet: the order can change.', '尚未读完，顺序可能变化。'],
  plan_none: ['No upgrade is known that removes an open finding.', '没有已知升级可消除未处理漏洞。'],
  plan_row: [
    '{images} images, {running} running, {containers} containers',
    '{images} 个镜像，{running} 个运行中，{containers} 个容器',
  ],

  coverage: [
    'A local scan covers vulnerabilities and software, not baseline checks or malicious files.',
    '本地扫描仅覆盖漏洞与软件，不含基线检查和恶意文件。',
  ],
} as const satisfies Readonly<Record<string, readonly [english: string, chinese: string]>>;

export type Word = keyof typeof WORDS;
export type Language = 'en' | 'zh';

/** Says a word in the language of the reader. */
export type Say = (word: Word, values?: Readonly<Record<string, string | number>>) => string;

/** English, but for readers whose locale is a Chinese one. */
export function languageOf(locale: string): Language {
  return /^zh\b/i.test(locale) ? 'zh' : 'en';
}

export function wordsOf(language: Language): Say {
  const place = language === 'zh' ? 1 : 0;
  return (word, values = {}) => WORDS[word][place].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/** Whether a text of HSS is one of the words, so that it can be said in the language of the reader. */
export function isWord(text: string): text is Word {
  return Object.hasOwn(WORDS, text);
}
