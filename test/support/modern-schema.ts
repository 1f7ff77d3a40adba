import { readFileSync } from 'node:fs';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';

// Names, types and what is required of the answers of revision 2026-07-28, by its published schema; without its words.
const { $defs } = JSON.parse(readFileSync(new URL('schema-2026-07-28.json', import.meta.url), 'utf8')) as {
  readonly $defs: Readonly<Record<string, object>>;
};

const RESULTS: Readonly<Record<string, string>> = {
  'server/discover': 'DiscoverResult',
  'tools/list': 'ListToolsResult',
  'tools/call': 'CallToolResult',
  'resources/list': 'ListResourcesResult',
  'resources/read': 'ReadResourceResult',
  'resources/templates/list': 'ListResourceTemplatesResult',
  'prompts/list': 'ListPromptsResult',
  'prompts/get': 'GetPromptResult',
};

/** Codes whose errors have a schema of their own: of the whole answer, or of its member `error`. */
const RESPONSES: Readonly<Record<number, string>> = { [-32022]: 'UnsupportedProtocolVersionError' };
const ERRORS: Readonly<Record<number, string>> = { [-32601]: 'MethodNotFoundError', [-32602]: 'InvalidParamsError' };

const PREFIX = 'io.modelcontextprotocol/';
const ajv = new AjvJsonSchemaValidator();
const validators = new Map<string, ReturnType<typeof ajv.getValidator>>();

/** The `_meta` with which a client of 2026-07-28 sends each request. */
export function envelope(
  capabilities: object = {},
  { version = '2026-07-28', client = 'test' }: { version?: string; client?: string } = {},
): Record<string, unknown> {
  return {
    [`${PREFIX}protocolVersion`]: version,
    [`${PREFIX}clientCapabilities`]: capabilities,
    [`${PREFIX}clientInfo`]: { name: client, version: '0' },
  };
}

/** Whether these params are those of a request of the modern era. */
export function isModern(params: Readonly<Record<string, unknown>> | undefined): boolean {
  const meta = params?._meta;
  const names = ['protocolVersion', 'clientCapabilities', 'clientInfo'].map((name) => PREFIX + name);
  return typeof meta === 'object' && meta !== null && names.some((name) => (meta as Fields)[name] != null);
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws {Error} when `value` is not of the type `name` of the schema. */
export function checkModern(name: string, value: unknown): void {
  const validate = validators.get(name) ?? ajv.getValidator({ $defs, $ref: `#/$defs/${name}` });
  validators.set(name, validate);
  const { valid, errorMessage } = validate(value);
  if (!valid) throw new Error(`not a ${name} of 2026-07-28: ${errorMessage}`);
}

/**
 * Holds an answer to a modern request against the schema, and against what the schema leaves to prose.
 * @throws {Error} for what a strict client of this revision would refuse.
 */
export function checkModernAnswer(method: string, params: Fields | undefined, message: Fields): void {
  if (message.error) {
    const { code } = message.error as { readonly code: number };
    checkModern('JSONRPCErrorResponse', message);
    if (RESPONSES[code]) checkModern(RESPONSES[code], message);
    if (ERRORS[code]) checkModern(ERRORS[code], message.error);
    return;
  }
  checkModern('JSONRPCResultResponse', message);
  const result = message.result as Fields;
  const { [`${PREFIX}serverInfo`]: serverInfo } = (result._meta ?? {}) as Fields;
  if (!serverInfo) throw new Error(`${method}: a result without serverInfo`);
  if (result.resultType === 'input_required') checkInputRequired(method, params, result);
  else if (result.resultType !== 'complete') throw new Error(`${method}: resultType ${result.resultType}`);
  else if (!RESULTS[method]) throw new Error(`${method} does not exist in 2026-07-28, and was answered with a result`);
  else checkModern(RESULTS[method], result);
}

/** Only where it may be, only what the client has declared in this request, and nothing that belongs to a full result. */
function checkInputRequired(method: string, params: Fields | undefined, result: Fields): void {
  if (method !== 'tools/call') throw new Error(`${method} may not ask for input`);
  checkModern('InputRequiredResult', result);
  const { [`${PREFIX}clientCapabilities`]: declared } = (params?._meta ?? {}) as Fields;
  if (!(declared as Fields).elicitation) throw new Error('input is asked for that the client has not declared');
  if (!result.inputRequests || typeof result.requestState !== 'string') throw new Error('half a question');
  if ('content' in result || 'structuredContent' in result) throw new Error('a question with content');
}
