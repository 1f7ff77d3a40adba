/** What people read in a report, in both languages. Values of the service stay as they are beside it. */
const EN = {
  posture: 'At a glance',
  images: 'Images',
  running: 'Running images',
  containers: 'Containers',
  never_scanned: 'Never scanned',
  open_findings: 'Open findings',
  handled: 'Handled findings',
  by_state: 'Images by scan state',
  by_severity: 'Images by worst open severity',
  upgrades: 'What to upgrade first',
  oldest: 'Oldest scans',
  worst: 'Images with the worst findings',
  failed: 'Failed scans by reason',
  vulnerabilities: 'Vulnerabilities',
  not_covered: 'What this report does not cover',
  changes: 'Since the earlier report',
  new: 'New',
  still_open: 'Still open',
  gone: 'Gone',
  gone_with_image: 'In images that are not here any more',
  handled_since: 'Handled since',
  not_known: 'not known',
  incomplete: 'Not everything was read',
  sandbox: 'From the embedded HSS: invented images, no real cloud.',
  generated: 'Written',
  as_of: 'As of',
  filters: 'Scope',
  state: 'State',
  severity: 'Severity',
  image: 'Image',
  last_scan: 'Last scan',
  reason: 'Reason',
  fix: 'Fix',
  package: 'Package',
  vulnerability: 'Vulnerability',
  score: 'CVSS',
  shown: 'Shown: {shown} of {all}.',
  none: 'none',
  nothing: 'Nothing.',
  partial: 'The order is partial: not everything that it needs was read.',
  finding_note: 'A finding is one vulnerability in one image. Handled: ignored or on a white list; not fixed.',
  covers_scan: 'A local scan covers vulnerabilities and software: no baseline checks, no malicious files.',
  covers_never: 'Nothing is known of images that were never scanned: that they have no finding means nothing.',
  covers_handled: 'Handled findings are counted apart; they are not fixed.',
  covers_time: 'A vulnerability that is absent was absent when the image was last scanned.',
  covers_least: 'Findings below {severity} are not in this report.',
  Critical: 'Critical',
  High: 'High',
  Medium: 'Medium',
  Low: 'Low',
  not_scanned: 'never scanned',
} as const;

type Word = keyof typeof EN;

const ZH: Readonly<Record<Word, string>> = {
  posture: '概览',
  images: '镜像',
  running: '运行中的镜像',
  containers: '容器',
  never_scanned: '从未扫描',
  open_findings: '未处理的漏洞实例',
  handled: '已处理的漏洞实例',
  by_state: '按扫描状态统计的镜像',
  by_severity: '按最高未处理等级统计的镜像',
  upgrades: '优先升级',
  oldest: '最久未扫描',
  worst: '风险最高的镜像',
  failed: '按原因统计的扫描失败',
  vulnerabilities: '漏洞',
  not_covered: '本报告未覆盖的内容',
  changes: '与之前报告相比',
  new: '新增',
  still_open: '仍未处理',
  gone: '已消失',
  gone_with_image: '所在镜像已不在此列',
  handled_since: '其后已处理',
  not_known: '未知',
  incomplete: '未能读取全部数据',
  sandbox: '来自内置的模拟 HSS：镜像为虚构，与真实云无关。',
  generated: '生成时间',
  as_of: '数据时间',
  filters: '范围',
  state: '状态',
  severity: '等级',
  image: '镜像',
  last_scan: '上次扫描',
  reason: '原因',
  fix: '修复建议',
  package: '软件包',
  vulnerability: '漏洞',
  score: 'CVSS',
  shown: '显示 {shown} / {all}。',
  none: '无',
  nothing: '无。',
  partial: '排序尚不完整：所需数据未全部读取。',
  finding_note: '一个漏洞实例指一个镜像中的一个漏洞。“已处理”指已忽略或已加白名单，并未修复。',
  covers_scan: '本地镜像扫描只覆盖漏洞和软件，不含基线检查和恶意文件。',
  covers_never: '从未扫描的镜像情况未知：没有漏洞记录不代表安全。',
  covers_handled: '已处理的漏洞实例单独统计，并未修复。',
  covers_time: '未列出的漏洞仅表示该镜像上次扫描时不存在。',
  covers_least: '本报告不含低于 {severity} 的漏洞。',
  Critical: '严重 Critical',
  High: '高危 High',
  Medium: '中危 Medium',
  Low: '低危 Low',
  not_scanned: '从未扫描',
};

/** A word or a sentence; `{name}` in it is replaced by a value. */
export type Say = (word: Word, values?: Readonly<Record<string, string | number>>) => string;

/** The words of one language. */
export function wordsOf(language: 'en' | 'zh'): Say {
  const words = language === 'zh' ? ZH : EN;
  return (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** What a report does not tell, in sentences. */
export function notCovered(say: Say, least: string): readonly string[] {
  return [
    say('covers_scan'),
    say('covers_never'),
    say('covers_handled'),
    say('covers_time'),
    ...(least === 'Low' ? [] : [say('covers_least', { severity: least })]),
  ];
}

/** A key of a group as people read it; values of HSS that have no word stay as they are. */
export function keyWord(say: Say, key: string): string {
  switch (key) {
    case 'Critical':
    case 'High':
    case 'Medium':
    case 'Low':
    case 'none':
    case 'not_scanned':
      return say(key);
    default:
      return key;
  }
}
