import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { wordsAtStart } from '../words/at-start.js';
import { isModern } from './era.js';
import { type Fields, isFields } from './fields.js';

/** What became of a line: lines to hand on in its place, and answers to what cannot be handed on. */
export interface ReadLine {
  readonly lines: readonly string[];
  readonly answers: readonly string[];
}

const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
/** The one revision that has batches. */
const WITH_BATCHES = '2025-03-26';

/**
 * Reads lines as clients really send them into messages that the protocol knows, so that each request gets exactly one
 * answer: null means absent, unknown members are dropped, and what cannot be read but has an id is answered with it.
 */
export class Messages {
  #first = true;
  #version: string | undefined;

  /** @returns undefined for a line that is no JSON; whoever reads it on says so in the log. */
  read(line: string): ReadLine | undefined {
    // Some shells put a byte-order mark before the first line that they pipe.
    const text = this.#first ? line.replace(/^\ufeff/, '') : line;
    this.#first = false;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    const outcomes = Array.isArray(value) ? this.#batch(value) : [this.#message(value)];
    const [only] = outcomes;
    // What is right as it came is handed on as it came, however deep it is.
    if (only?.message !== undefined && isSame(only.message, value)) return { lines: [text], answers: [] };
    const written = outcomes.map(inText);
    return {
      lines: written.flatMap(({ message }) => message ?? []),
      answers: written.flatMap(({ answer }) => answer ?? []),
    };
  }

  #batch(items: readonly unknown[]): Outcome[] {
    if (this.#version === WITH_BATCHES) return items.map((item) => this.#message(item));
    return items.map((item) => refusal(item, INVALID_REQUEST, wordsAtStart().protocol.no_batches));
  }

  #message(value: unknown): Outcome {
    if (!isFields(value)) return {};
    if (isAnswer(value)) return { message: readAnswer(value) };
    const { jsonrpc, id, method, params } = value;
    if (jsonrpc !== '2.0' || typeof method !== 'string') return refusal(value);
    if (id !== undefined && !isId(id)) return {};
    if (params !== undefined && params !== null && !isFields(params)) {
      return refusal(value, INVALID_PARAMS, wordsAtStart().protocol.params_no_object);
    }
    const read = readParams(method, isFields(params) ? params : {});
    // The SDK would begin a session, which is not what such a client has asked for.
    if (method === 'initialize' && isModern(read)) return refusal(value, METHOD_NOT_FOUND, 'Method not found');
    if (method === 'initialize' && typeof read.protocolVersion === 'string') this.#version = read.protocolVersion;
    const message = {
      jsonrpc,
      ...(id !== undefined && { id }),
      method,
      ...(Object.keys(read).length > 0 && { params: read }),
    };
    if (hasRightMeta(message, read) && isComplete(method, read)) return { message };
    return refusal(value, INVALID_PARAMS, wordsAtStart().protocol.params_wrong(method.slice(0, 64)));
  }
}

/** Of a message that is right so far, the schema has a say in `_meta` alone. */
function hasRightMeta(message: Fields, { _meta }: Fields): boolean {
  return _meta === undefined || JSONRPCMessageSchema.safeParse(message).success;
}

interface Outcome<T = Fields> {
  readonly message?: T;
  readonly answer?: T;
}

/** An outcome as lines of JSON. What is nested too deep to be written again is refused. */
function inText({ message, answer }: Outcome): Outcome<string> {
  try {
    if (message) return { message: `${JSON.stringify(message)}\n` };
  } catch {
    return inText(refusal(message, INVALID_PARAMS, wordsAtStart().protocol.params_too_deep));
  }
  return answer ? { answer: `${JSON.stringify(answer)}\n` } : {};
}

/** Members that are made anew on the way; everything else is handed on as it is. */
const MADE_ANEW = new Set([
  'params',
  '_meta',
  'result',
  'capabilities',
  'clientInfo',
  'elicitation',
  'sampling',
  'roots',
  'extensions',
]);

/** Whether nothing was dropped, added or replaced on the way from `value` to `message`. */
function isSame(message: unknown, value: unknown): boolean {
  if (!isFields(message) || !isFields(value)) return message === value;
  const names = Object.keys(message);
  const same = (name: string) =>
    MADE_ANEW.has(name) ? isSame(message[name], value[name]) : message[name] === value[name];
  return names.length === Object.keys(value).length && names.every(same);
}

/** The answer to what cannot be read; none without an id, which is how a notification looks. */
function refusal(value: unknown, code = INVALID_REQUEST, message = wordsAtStart().protocol.no_request): Outcome {
  if (!isFields(value) || !isId(value.id) || isAnswer(value)) return {};
  return { answer: { jsonrpc: '2.0', id: value.id, error: { code, message } } };
}

/** Members that are null count as absent, at the top and in `_meta`. */
function readParams(method: string, params: Fields): Fields {
  const read: Record<string, unknown> = { ...withoutNull(params) };
  if (isFields(read._meta)) read._meta = withoutNull(read._meta);
  if (read.cursor === '') delete read.cursor;
  // This server offers no tasks: a call that asks for one runs as an ordinary call.
  if (method === 'tools/call') delete read.task;
  if (method === 'initialize') {
    const { capabilities = {}, clientInfo = {} } = read;
    return { ...read, capabilities: readCapabilities(capabilities), clientInfo: readClient(clientInfo) };
  }
  return read;
}

/** An answer of the client: null stands for an error or a `_meta` that there is none of. */
function readAnswer(value: Fields): Fields {
  const { result, ...rest } = withoutNull(value);
  return { ...rest, ...(result !== undefined && { result: isFields(result) ? withoutNull(result) : result }) };
}

/** A capability, or an extension among them, is an object; "true" is how some say that they have it. */
function readCapabilities(capabilities: unknown): unknown {
  if (!isFields(capabilities)) return capabilities;
  const declared = Object.entries(capabilities).filter(([, value]) => value === true || isFields(value));
  return Object.fromEntries(declared.map(([name, value]) => [name, readCapability(name, value)]));
}

function readCapability(name: string, value: unknown): unknown {
  if (!isFields(value)) return {};
  return name === 'extensions' ? readCapabilities(value) : withoutNull(value);
}

/** Who the client is matters to nobody: what it leaves out is no reason to turn it away. */
function readClient(clientInfo: unknown): unknown {
  if (!isFields(clientInfo)) return clientInfo;
  return { name: 'unknown', version: 'unknown', ...withoutNull(clientInfo) };
}

/** What the SDK would answer with a dump of its own checks. */
function isComplete(method: string, params: Fields): boolean {
  if (method !== 'initialize') return true;
  const { protocolVersion, capabilities, clientInfo } = params;
  return (
    typeof protocolVersion === 'string' &&
    isFields(capabilities) &&
    isFields(clientInfo) &&
    typeof clientInfo.name === 'string' &&
    typeof clientInfo.version === 'string'
  );
}

function withoutNull(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** An answer to a question of this program; it gets none. */
function isAnswer(value: Fields): boolean {
  return value.method === undefined && ('result' in value || 'error' in value);
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
}
