import { ErrorCode, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import { APP_PAGE } from '../board/resource.js';
import { clean } from '../text/clean.js';
import { wordsAtStart } from '../words/at-start.js';
import { type Fields, isFields } from './fields.js';
import { protocolError } from './protocol-error.js';

/** The revision that has no handshake: each request says by itself what it speaks and what its client can do. */
export const MODERN = '2026-07-28';

/** Every revision that this server speaks: {@link MODERN} in each request, the others after an `initialize`. */
export const SUPPORTED: readonly string[] = [MODERN, ...SUPPORTED_PROTOCOL_VERSIONS];

const UNSUPPORTED_VERSION = -32022;

const VERSION = 'io.modelcontextprotocol/protocolVersion';
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const CLIENT = 'io.modelcontextprotocol/clientInfo';

/** The extension by which a host shows pages of a server (MCP Apps, revision 2026-01-26). */
export const APPS = 'io.modelcontextprotocol/ui';

/** Who sent a request, as far as an answer depends on it. */
export interface Caller {
  /** `session`: of the revisions that begin with `initialize`, which it may have left out. */
  readonly era: 'session' | 'modern';
  /** Whether its client can put a question to the person. */
  readonly canAsk: boolean;
  /** Whether its host shows pages of a server beside its answers. */
  readonly showsApps: boolean;
  /** What its client calls itself. */
  readonly client: string | undefined;
}

/** What a client has declared of itself, in a session or in one request. */
export interface Declared {
  readonly capabilities?: unknown;
  readonly clientInfo?: unknown;
}

/**
 * Reads the era off a request. One member of the modern envelope is enough to belong to it: what has been declared,
 * a way to ask the person included, must never be passed over.
 * @param session what `initialize` has declared. It says nothing about a modern request.
 * @throws -32022 for a revision that this server does not speak in single requests, -32602 for half an envelope.
 */
export function callerOf(params: Fields, session: Declared): Caller {
  const meta = isFields(params._meta) ? params._meta : {};
  if (![VERSION, CAPABILITIES, CLIENT].some((name) => name in meta)) return caller('session', session);
  const version = meta[VERSION];
  if (typeof version !== 'string') throw incomplete(wordsAtStart().protocol.meta_lacks_text(MODERN, VERSION));
  if (version !== MODERN) {
    // In English in every language, as `Method not found` is: a client may look for it.
    throw protocolError(
      UNSUPPORTED_VERSION,
      `Unsupported protocol version: requests may name ${MODERN}; earlier revisions begin with initialize`,
      { supported: SUPPORTED, requested: clean(version, 64) },
    );
  }
  const capabilities = meta[CAPABILITIES];
  if (!isFields(capabilities)) throw incomplete(wordsAtStart().protocol.meta_lacks_object(MODERN, CAPABILITIES));
  return caller('modern', { capabilities, clientInfo: meta[CLIENT] });
}

/** Whether these params declare {@link MODERN}. */
export function isModern({ _meta }: Fields): boolean {
  return isFields(_meta) && _meta[VERSION] === MODERN;
}

function caller(era: Caller['era'], { capabilities, clientInfo }: Declared): Caller {
  const name = isFields(clientInfo) ? clientInfo.name : undefined;
  return {
    era,
    canAsk: isFields(capabilities) && showsForms(capabilities.elicitation),
    showsApps: isFields(capabilities) && isFields(capabilities.extensions) && takesPages(capabilities.extensions[APPS]),
    client: typeof name === 'string' ? name : undefined,
  };
}

/** A client that declares only the URL mode cannot show a question. "true" is how some say that they have it. */
function showsForms(elicitation: unknown): boolean {
  if (!isFields(elicitation)) return elicitation === true;
  return !elicitation.url || Boolean(elicitation.form);
}

/** A host that names the kinds of pages that it shows has to name this one; some name none. */
function takesPages(extension: unknown): boolean {
  if (!isFields(extension)) return extension === true;
  const { mimeTypes } = extension;
  return Array.isArray(mimeTypes) ? mimeTypes.includes(APP_PAGE) : true;
}

function incomplete(why: string): Error {
  return protocolError(ErrorCode.InvalidParams, why);
}
