import type { en } from './en.js';
import type { Same } from './same.js';
import { console } from './zh/console.js';
import { notes } from './zh/notes.js';
import { times } from './zh/times.js';

export const zh: Same<typeof en> = {
  console,
  notes,
  times,
};
