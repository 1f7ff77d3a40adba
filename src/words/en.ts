import { notes } from './en/notes.js';

/** Every message that people read, by topic. English says which there are; the other languages are held to it. */
export const en = { notes };
