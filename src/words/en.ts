import { codes } from './en/codes.js';
import { failures } from './en/failures.js';
import { identity } from './en/identity.js';
import { notes } from './en/notes.js';
import { outcome } from './en/outcome.js';
import { places } from './en/places.js';
import { requests } from './en/requests.js';
import { transport } from './en/transport.js';

/** Every message that people read, by topic. English says which there are; the other languages are held to it. */
export const en = {
  codes,
  failures,
  identity,
  notes,
  outcome,
  places,
  requests,
  transport,
};
