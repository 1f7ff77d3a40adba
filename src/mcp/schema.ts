import { z } from 'zod';

/** A JSON schema of the plain kind that every MCP client accepts. */
export interface PortableSchema {
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, PortableSchema>>;
  readonly required?: readonly string[];
  readonly items?: PortableSchema;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly additionalProperties?: false;
}

// Everything else makes some client refuse the tool: $schema, anyOf, const, default, format, type arrays and so on.
const PLAIN = ['type', 'title', 'description', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength'] as const;
const MORE_PLAIN = ['minItems', 'maxItems', 'pattern', 'required'] as const;

const inputSchemas = new WeakMap<z.ZodObject, PortableSchema>();

/** The schema of a tool's arguments: closed objects, so that strict modes accept it. Made once: every call reads by it. */
export function inputSchema(schema: z.ZodObject): PortableSchema {
  const made =
    inputSchemas.get(schema) ?? portable(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }), 'closed');
  inputSchemas.set(schema, made);
  return made;
}

/** The schema of a tool's result: open objects, so that new fields of HSS never break a client. */
export function outputSchema(schema: z.ZodObject): PortableSchema {
  return portable(z.toJSONSchema(schema, { io: 'output', reused: 'inline' }), 'open');
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function portable(schema: JsonSchema, objects: 'closed' | 'open'): PortableSchema {
  if (typeof schema.type !== 'string') {
    throw new TypeError(`not a portable schema: ${JSON.stringify(schema).slice(0, 200)}`);
  }
  const result: Record<string, unknown> = {};
  for (const keyword of [...PLAIN, ...MORE_PLAIN]) {
    if (schema[keyword] !== undefined && !isSafeIntegerBound(schema[keyword])) result[keyword] = schema[keyword];
  }
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties ?? {});
    result.properties = Object.fromEntries(properties.map(([name, sub]) => [name, portable(asSchema(sub), objects)]));
    if (objects === 'closed') result.additionalProperties = false;
  }
  if (schema.type === 'array') result.items = portable(asSchema(schema.items), objects);
  return result as unknown as PortableSchema;
}

/** zod bounds every integer by what a double can hold; that says nothing to a caller. */
function isSafeIntegerBound(value: unknown): boolean {
  return value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER;
}

function asSchema(value: unknown): JsonSchema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not a portable schema');
  return value as JsonSchema;
}
