import type { Parameters } from '../parameters.js';

/** The characters that the text filters of ListImageLocal may have by the present text of its page. */
const RULES: Readonly<Record<string, RegExp>> = {
  image_name: /^[\w.-]{1,256}$/,
  image_version: /^[\w.:-]{1,128}$/,
  host_name: /^[\w\u4e00-\u9fff-]{1,64}$/,
  host_id: /^[A-Za-z0-9-]{1,64}$/,
  host_ip: /^(\d{1,3}\.){3}\d{1,3}$/,
  container_id: /^[\w-]{1,64}$/,
  container_name: /^[\w.-]{1,64}$/,
  pod_id: /^[A-Za-z0-9-]{1,64}$/,
  pod_name: /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/,
  app_name: /^[\w\u4e00-\u9fff-]{1,64}$/,
};

/** The first filter of a ListImageLocal query that has a character it may not have by the documents. */
export function ruleBroken(query: Parameters): string | undefined {
  return Object.entries(RULES).find(([name, rule]) => {
    const value = query.text(name);
    return value !== undefined && !rule.test(value);
  })?.[0];
}
