import type { en } from './en.js';
import type { Same } from './same.js';
import { asking } from './zh/asking.js';
import { codes } from './zh/codes.js';
import { command } from './zh/command.js';
import { doctor } from './zh/doctor.js';
import { failures } from './zh/failures.js';
import { help } from './zh/help.js';
import { identity } from './zh/identity.js';
import { input } from './zh/input.js';
import { notes } from './zh/notes.js';
import { outcome } from './zh/outcome.js';
import { places } from './zh/places.js';
import { prompts } from './zh/prompts.js';
import { protocol } from './zh/protocol.js';
import { requests } from './zh/requests.js';
import { settings } from './zh/settings.js';
import { settings_help } from './zh/settings_help.js';
import { transport } from './zh/transport.js';
import { usage } from './zh/usage.js';

export const zh: Same<typeof en> = {
  asking,
  codes,
  command,
  doctor,
  failures,
  help,
  identity,
  input,
  notes,
  outcome,
  places,
  prompts,
  protocol,
  requests,
  settings,
  settings_help,
  transport,
  usage,
};
