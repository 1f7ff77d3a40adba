import type { en } from '../en.js';
import type { Same } from '../same.js';

export const asking: Same<typeof en.asking> = {
  changed: (question) => `自上次询问以来，情况已有变化。\n${question}`,
  not_taken: (why) => `未采纳用户的答复：${why}。`,
  ask_anew: '请去掉 requestState，按首次调用的方式重新调用该工具，届时会再次询问用户。',
  why: {
    foreign: 'requestState 已被改动，或不是本服务为此次调用签发的',
    expired: '距离提问已超过十分钟',
    used: '该答复已经使用过，每个答复只能使用一次',
  },
};
