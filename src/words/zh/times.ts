import type { en } from '../en.js';
import type { Same } from '../same.js';

export const times: Same<typeof en.times> = {
  shown_in: (zone, now) => `时间按时区 ${zone} 显示，当前为 ${now}。`,
  no_time: (field, given) =>
    `${field} 应为时间，不能是 ${given}。可用日期（"2026-11-01"、"今天"）、日期加时间（"2026-11-01 08:00"）、ISO 8601 格式，或毫秒时间戳。`,
};
