import { asking } from './en/asking.js';
import { codes } from './en/codes.js';
import { command } from './en/command.js';
import { doctor } from './en/doctor.js';
import { failures } from './en/failures.js';
import { help } from './en/help.js';
import { identity } from './en/identity.js';
import { input } from './en/input.js';
import { notes } from './en/notes.js';
import { outcome } from './en/outcome.js';
import { places } from './en/places.js';
import { prompts } from './en/prompts.js';
import { protocol } from './en/protocol.js';
import { requests } from './en/requests.js';
import { settings } from './en/settings.js';
import { settings_help } from './en/settings_help.js';
import { transport } from './en/transport.js';
import { usage } from './en/usage.js';

/** Every message that people read, by topic. English says which there are; the other languages are held to it. */
export const en = {
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
