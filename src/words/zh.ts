import type { en } from './en.js';
import type { Same } from './same.js';
import { asking } from './zh/asking.js';
import { codes } from './zh/codes.js';
import { failures } from './zh/failures.js';
import { identity } from './zh/identity.js';
import { input } from './zh/input.js';
import { notes } from './zh/notes.js';
import { outcome } from './zh/outcome.js';
import { places } from './zh/places.js';
import { prompts } from './zh/prompts.js';
import { protocol } from './zh/protocol.js';
import { requests } from './zh/requests.js';
import { transport } from './zh/transport.js';

export const zh: Same<typeof en> = {
  asking,
  codes,
  failures,
  identity,
  input,
  notes,
  outcome,
  places,
  prompts,
  protocol,
  requests,
  transport,
};
