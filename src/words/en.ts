import { console } from './en/console.js';
import { notes } from './en/notes.js';
import { times } from './en/times.js';

/** Every message that people read, by topic. English says which there are; the other languages are held to it. */
export const en = {
  console,
  notes,
  times,
};
