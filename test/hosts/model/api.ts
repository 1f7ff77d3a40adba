export type Fields = Readonly<Record<string, unknown>>;

/** A tool as a host offers it to a model: hosts put a prefix before its name, and some a namespace around it. */
export interface OfferedTool {
  readonly name: string;
  readonly namespace?: string;
}

/** What a host hands a model as the result of a call. */
export interface ShownResult {
  readonly text: string;
  /** Whether it is marked as an error; absent where the API has no mark for that. */
  readonly isError?: boolean;
}

/** What a request of a host says, as far as the scripted model reads it. */
export interface Asked {
  readonly tools: readonly OfferedTool[];
  /** The results of the calls that the script made, in its order. */
  readonly results: readonly ShownResult[];
}

/** What the model says next. */
export type Saying =
  | { readonly kind: 'call'; readonly id: string; readonly tool: OfferedTool; readonly args: object }
  | { readonly kind: 'text'; readonly text: string };

export interface Reply {
  readonly type: 'text/event-stream' | 'application/json';
  readonly body: string;
}

/** One way in which hosts talk to models over HTTP. */
export interface ModelApi {
  speaks(path: string): boolean;
  read(body: Fields): Asked;
  reply(saying: Saying, body: Fields, path: string): Reply;
}

/** The calls of the script have ids that begin so; a host may make calls of its own. */
export const CALL_ID = 'call_hss_';

/** Server-sent events, with their names where the API gives them one. */
export function events(list: readonly object[], named = true): Reply {
  const body = list.map((event) => {
    const name = named && 'type' in event ? `event: ${event.type}\n` : '';
    return `${name}data: ${JSON.stringify(event)}\n\n`;
  });
  return { type: 'text/event-stream', body: body.join('') };
}

export function json(value: object): Reply {
  return { type: 'application/json', body: JSON.stringify(value) };
}

/** The text of content that is a text or a list of parts with texts. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return JSON.stringify(content ?? '');
  return content.map((part: Fields) => (typeof part.text === 'string' ? part.text : JSON.stringify(part))).join('\n');
}

export function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value : [];
}
