import type { en } from './en.js';
import type { Same } from './same.js';
import { notes } from './zh/notes.js';

export const zh: Same<typeof en> = { notes };
