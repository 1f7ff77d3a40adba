import type { en } from './en.js';
import type { Same } from './same.js';
import { codes } from './zh/codes.js';
import { failures } from './zh/failures.js';
import { identity } from './zh/identity.js';
import { notes } from './zh/notes.js';
import { outcome } from './zh/outcome.js';
import { places } from './zh/places.js';
import { requests } from './zh/requests.js';
import { transport } from './zh/transport.js';

export const zh: Same<typeof en> = {
  codes,
  failures,
  identity,
  notes,
  outcome,
  places,
  requests,
  transport,
};
