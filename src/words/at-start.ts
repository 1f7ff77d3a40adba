import { help as enHelp } from './en/help.js';
import { places as enPlaces } from './en/places.js';
import { protocol as enProtocol } from './en/protocol.js';
import { settings as enSettings } from './en/settings.js';
import { settings_help as enSettingsHelp } from './en/settings_help.js';
import { usage as enUsage } from './en/usage.js';
import { type Language, spokenLanguage } from './language.js';
import type { Words } from './words.js';
import { help as zhHelp } from './zh/help.js';
import { places as zhPlaces } from './zh/places.js';
import { protocol as zhProtocol } from './zh/protocol.js';
import { settings as zhSettings } from './zh/settings.js';
import { settings_help as zhSettingsHelp } from './zh/settings_help.js';
import { usage as zhUsage } from './zh/usage.js';

/** Messages that may be said before the first call; the others are loaded with what says them. */
type WordsAtStart = Pick<Words, 'help' | 'places' | 'protocol' | 'settings' | 'settings_help' | 'usage'>;

const CATALOGUE: Readonly<Record<Language, WordsAtStart>> = {
  en: {
    help: enHelp,
    places: enPlaces,
    protocol: enProtocol,
    settings: enSettings,
    settings_help: enSettingsHelp,
    usage: enUsage,
  },
  zh: {
    help: zhHelp,
    places: zhPlaces,
    protocol: zhProtocol,
    settings: zhSettings,
    settings_help: zhSettingsHelp,
    usage: zhUsage,
  },
};

/** These messages in the language that is spoken: for what is loaded at the start. */
export const wordsAtStart = (): WordsAtStart => CATALOGUE[spokenLanguage()];
