import type { Language } from './language.js';

/** How the console of HSS calls a value of the API. A language without an entry has no word that a source gives. */
export interface ConsoleWord {
  readonly zh: string;
  readonly en?: string;
  /** Other words that the vendor's texts use for it: taken where somebody writes them, and never said. */
  readonly also?: readonly string[];
}

const WAITING: ConsoleWord = { zh: '等待扫描', en: 'Waiting for scan' };

/**
 * The words of the console beside the values of the API, by field. Chinese is that of the API pages and SDKs (the
 * console's own words, as far as sources show it), English that of the vendor's English documents for the same values;
 * whether the English console says the same is inferred. `non_scan_reason` is free text of HSS and has no values.
 */
export const CONSOLE_WORDS = {
  scan_status: {
    unscan: { zh: '未扫描', en: 'Not scanned' },
    success: { zh: '扫描完成', en: 'Scan completed' },
    scanning: { zh: '扫描中', en: 'Scanning', also: ['正在扫描'] },
    failed: { zh: '扫描失败', en: 'Scan failed' },
    // Rows say `waiting`, the filter takes `waiting_for_scan`.
    waiting: WAITING,
    waiting_for_scan: WAITING,
    download_failed: { zh: '下载失败', en: 'Download failed' },
    image_oversized: { zh: '镜像超大', en: 'Large image size' },
  },
  // Of images and of vulnerabilities in images. An image has no Critical. The console's list of vulnerabilities of hosts
  // calls them otherwise (Critical 高危, High and Medium 中危), so the value always stands beside the word.
  severity_level: {
    Critical: { zh: '严重' },
    High: { zh: '高危' },
    Medium: { zh: '中危' },
    Low: { zh: '低危' },
    Security: { zh: '安全' },
  },
  // English: the documents explain these, and no source gives words of a console.
  scan_failed_desc: {
    unknown_error: { zh: '未知错误' },
    failed_to_match_agent: { zh: '对应主机未开启容器版防护或 Agent 离线' },
    create_container_failed: { zh: '创建容器失败' },
    get_container_info_failed: { zh: '获取容器信息失败' },
    docker_offline: { zh: 'Docker 引擎不在线' },
    get_docker_root_failed: { zh: '获取容器根文件系统失败' },
    image_not_exist_or_docker_api_fault: { zh: '镜像不存在或 Docker 接口错误' },
    huge_image: { zh: '超大镜像' },
    docker_root_in_nfs: { zh: '容器根目录位于网络挂载' },
    response_timed_out: { zh: '响应超时' },
  },
  handle_status: {
    unhandled: { zh: '未处理' },
    handled: { zh: '已处理' },
  },
  handle_type: {
    ignore: { zh: '忽略' },
    not_ignore: { zh: '取消忽略' },
    add_to_whitelist: { zh: '加入白名单' },
  },
  // English from the user guide; Chinese is a plain translation of it (inferred).
  type: {
    linux_vul: { zh: '系统漏洞', en: 'System vulnerabilities' },
    app_vul: { zh: '应用漏洞', en: 'Application vulnerabilities' },
  },
  local_image_type: {
    other_image: { zh: '其他镜像', en: 'Non-SWR image' },
    swr_image: { zh: 'SWR 镜像仓', en: 'SWR image' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ConsoleWord>>>>;

/** A field whose values the console calls otherwise. */
export type ConsoleField = keyof typeof CONSOLE_WORDS;

export const CONSOLE_FIELDS = Object.keys(CONSOLE_WORDS) as readonly ConsoleField[];

/** Whether a field is one whose values have words. */
export function isConsoleField(field: string): field is ConsoleField {
  return Object.hasOwn(CONSOLE_WORDS, field);
}

/** The word for a value in `language`, where there is one that says more than the value. */
export function consoleWord(field: ConsoleField, value: string, language: Language): string | undefined {
  const word = wordsOf(field).get(value)?.[language];
  return word === undefined || plain(word) === plain(value) ? undefined : word;
}

/**
 * The value that a text means: the value itself or a word of the console in any language, in any case and spacing. Of
 * values with one word it is the one among `values`, where those are given. Undefined for what means none of them.
 */
export function consoleValue(field: ConsoleField, text: string, values?: readonly string[]): string | undefined {
  const wanted = plain(text);
  const meant = [...wordsOf(field)].filter(([value, { zh, en, also = [] }]) =>
    [value, zh, ...(en === undefined ? [] : [en]), ...also].some((name) => plain(name) === wanted),
  );
  const words = new Set(meant.map(([, { zh }]) => zh));
  const same = [...wordsOf(field)].filter(([, { zh }]) => words.has(zh));
  return same.find(([value]) => values === undefined || values.includes(value))?.[0];
}

/** The values of a field in the order of the table. */
export function consoleValues(field: ConsoleField): readonly string[] {
  return Object.keys(CONSOLE_WORDS[field]);
}

function wordsOf(field: ConsoleField): ReadonlyMap<string, ConsoleWord> {
  return new Map<string, ConsoleWord>(Object.entries(CONSOLE_WORDS[field]));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, '');
}
