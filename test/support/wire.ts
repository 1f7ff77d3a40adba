import {
  CallToolResultSchema,
  ElicitRequestSchema,
  EmptyResultSchema,
  GetPromptResultSchema,
  InitializeResultSchema,
  JSONRPCMessageSchema,
  ListPromptsResultSchema,
  ListResourcesResultSchema,
  ListResourceTemplatesResultSchema,
  ListToolsResultSchema,
  ProgressNotificationSchema,
  ReadResourceResultSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { z } from 'zod';
import { TOOL_LIST } from '../../src/mcp/tool-list.js';
import { checkModern, checkModernAnswer, isModern } from './modern-schema.js';

/** A line from the program, whatever its kind. */
export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

const RESULTS: Readonly<Record<string, z.ZodType>> = {
  initialize: InitializeResultSchema,
  ping: EmptyResultSchema,
  'tools/list': ListToolsResultSchema,
  'tools/call': CallToolResultSchema,
  'resources/list': ListResourcesResultSchema,
  'resources/read': ReadResourceResultSchema,
  'resources/templates/list': ListResourceTemplatesResultSchema,
  'prompts/list': ListPromptsResultSchema,
  'prompts/get': GetPromptResultSchema,
};

/** What the program may send by itself. */
const UNASKED: Readonly<Record<string, z.ZodType>> = {
  'elicitation/create': ElicitRequestSchema,
  'notifications/progress': ProgressNotificationSchema,
  // Takes back a question that nobody answered.
  'notifications/cancelled': JSONRPCMessageSchema,
};

const ajv = new AjvJsonSchemaValidator();
const outputValidators = new Map(
  TOOL_LIST.map(({ name, outputSchema }) => [name, ajv.getValidator({ ...outputSchema, type: 'object' })]),
);

/**
 * Watches the two streams of one program as a strict client would: UTF-8, one JSON-RPC message a line, the result type
 * of the method that was asked for in the era of the request, one answer an id, structured content valid against the advertised output schema,
 * progress only where it was asked for and increasing.
 */
export class Wire {
  readonly #asked = new Map<number | string, Message[]>();
  readonly #cancelled = new Set<unknown>();
  readonly #progress = new Map<unknown, number>();
  /** Whether any request belongs to a session: those of the modern era are asked nothing by requests. */
  #session = false;
  #rest = Buffer.alloc(0);
  #sentRest = Buffer.alloc(0);

  /** Ids that have no answer yet; those that were cancelled need none. */
  get unanswered(): (number | string)[] {
    return [...this.#asked.keys()].filter((id) => !this.#cancelled.has(id));
  }

  /** Takes note of what goes to the program, whole lines or parts of them. */
  sent(chunk: Buffer): void {
    const { text, rest } = wholeLines(this.#sentRest, chunk);
    this.#sentRest = rest;
    for (const line of linesOf(text.toString('utf8'))) for (const message of asMessages(line)) this.#note(message);
  }

  #note(message: Message | undefined): void {
    if (message?.method === 'notifications/cancelled') this.#cancelled.add(message.params?.requestId);
    if (message?.method === undefined || message.id === undefined) return;
    const asked = this.#asked.get(message.id) ?? [];
    this.#asked.set(message.id, [...asked, message]);
    if (message.method === 'initialize') this.#session = true;
    const meta = message.params?._meta as { progressToken?: unknown } | undefined;
    if (meta?.progressToken !== undefined) this.#progress.set(meta.progressToken, Number.NEGATIVE_INFINITY);
  }

  /** The lines that `chunk` completes, each with its message. @throws {Error} for what a strict client would refuse. */
  received(chunk: Buffer): { readonly line: string; readonly message: Message }[] {
    const { text, rest } = wholeLines(this.#rest, chunk);
    this.#rest = rest;
    const lines = linesOf(new TextDecoder('utf-8', { fatal: true }).decode(text));
    return lines.map((line) => ({ line, message: this.#check(line) }));
  }

  /** @throws {Error} when the program left half a line. */
  ended(): void {
    if (this.#rest.length > 0) throw new Error(`stdout ends within a line: ${this.#rest.subarray(0, 200)}`);
  }

  #check(line: string): Message {
    const message = JSONRPCMessageSchema.parse(JSON.parse(line)) as Message;
    if (message.method !== undefined) this.#checkUnasked(message);
    else this.#checkAnswer(message, line);
    return message;
  }

  #checkUnasked(message: Message): void {
    const schema = UNASKED[message.method ?? ''];
    if (!schema) throw new Error(`the program may not send ${message.method}`);
    schema.parse(message);
    if (message.method === 'elicitation/create' && !this.#session) throw new Error('a question without a session');
    if (message.method !== 'notifications/progress') return;
    checkModern('ProgressNotification', message);
    const { progressToken, progress } = message.params as { progressToken: unknown; progress: number };
    const last = this.#progress.get(progressToken);
    if (last === undefined || progress <= last) throw new Error(`progress ${progress} after ${last}`);
    this.#progress.set(progressToken, progress);
  }

  #checkAnswer(message: Message, line: string): void {
    const id = message.id ?? '';
    const asked = this.#asked.get(id) ?? [];
    if (asked.length === 0) throw new Error(`an answer that nobody asked for: ${line.slice(0, 200)}`);
    // An id that was used twice has answers in any order: this may be the one to either.
    const violations = asked.map((request) => violationOf(request, message));
    const fitting = violations.indexOf(undefined);
    if (fitting === -1) throw violations[0];
    const others = asked.filter((_, index) => index !== fitting);
    if (others.length > 0) this.#asked.set(id, others);
    else this.#asked.delete(id);
  }
}

/** What a strict client would refuse of an answer to this request. */
function violationOf({ method = '', params }: Message, message: Message): unknown {
  try {
    // A handshake with half an envelope is one all the same; with a whole one it is a method that there is not.
    if (isModern(params) && (method !== 'initialize' || message.error))
      checkModernAnswer(method, params, { ...message });
    else if (message.result) checkSessionResult(method, message.result);
    const isComplete = message.result && message.result.resultType !== 'input_required';
    if (method === 'tools/call' && isComplete) checkToolResult(String(params?.name), message.result ?? {});
    return undefined;
  } catch (error) {
    return error;
  }
}

function checkSessionResult(method: string, result: Record<string, unknown>): void {
  const schema = RESULTS[method];
  if (!schema) throw new Error(`${method} was answered with a result`);
  if ('resultType' in result) throw new Error(`${method}: a result of 2026-07-28 in a session`);
  schema.parse(result);
}

/** What `rest` and `chunk` hold up to the last line break, and what comes after it. */
function wholeLines(rest: Buffer, chunk: Buffer): { readonly text: Buffer; readonly rest: Buffer<ArrayBuffer> } {
  const bytes = Buffer.concat([rest, chunk]);
  const end = bytes.lastIndexOf(0x0a) + 1;
  return { text: bytes.subarray(0, end), rest: bytes.subarray(end) };
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** A success has structured content, valid against the advertised schema; an error is text only. */
function checkToolResult(name: string, { isError, structuredContent }: Record<string, unknown>): void {
  if (isError) {
    if (structuredContent !== undefined) throw new Error(`${name}: an error with structured content`);
    return;
  }
  const checked = outputValidators.get(name)?.(structuredContent);
  if (!checked?.valid) throw new Error(`${name}: ${checked?.errorMessage ?? 'not an advertised tool'}`);
}

/**
 * The requests and notifications of a line, members of a batch by themselves. What has an id is owed an answer with it,
 * also when nothing else about it is right; an answer to the program is owed none.
 */
function asMessages(line: string): Message[] {
  let value: unknown;
  try {
    value = JSON.parse(line.replace(/^\ufeff/, ''));
  } catch {
    return [];
  }
  return (Array.isArray(value) ? value : [value]).flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    const { id, method, params } = item as Record<string, unknown>;
    const answers = method === undefined && ('result' in item || 'error' in item);
    const isId = typeof id === 'string' || (typeof id === 'number' && Number.isSafeInteger(id));
    if (answers || (id !== undefined && !isId)) return [];
    if (id === undefined) return (JSONRPCMessageSchema.safeParse(item).data as Message | undefined) ?? [];
    const isParams = typeof params === 'object' && params !== null && !Array.isArray(params);
    return {
      id,
      method: typeof method === 'string' ? method : '',
      ...(isParams && { params: params as Record<string, unknown> }),
    };
  });
}
