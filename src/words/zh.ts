import type { en } from './en.js';
import type { Same } from './same.js';
import { notes } from './zh/notes.js';
import { times } from './zh/times.js';

export const zh: Same<typeof en> = {
  notes,
  times,
};
