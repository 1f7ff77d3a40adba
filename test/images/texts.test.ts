import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/mcp/arguments.js';
import { inputSchema, type PortableSchema } from '../../src/mcp/schema.js';
import { CATALOGUE } from '../../src/tools/catalogue.js';
import type { Tool } from '../../src/tools/tool.js';

/** Every text field of every tool, also those of list entries, with arguments that hold `value` there and are else right. */
const TEXTS = CATALOGUE.flatMap((tool) =>
  textFields(inputSchema(tool.input)).map((path) => ({ tool, path, name: path.at(-1) ?? '' })),
);

function textFields({ properties = {} }: PortableSchema): string[][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (schema.type === 'string') return schema.enum ? [] : [[name]];
    return schema.items?.type === 'object' ? textFields(schema.items).map((path) => [name, ...path]) : [];
  });
}

function withText(tool: Tool, [outer = '', inner]: readonly string[], value: string): object {
  if (inner === undefined) return { ...tool.example, [outer]: value };
  return { ...tool.example, [outer]: [{ image_name: 'a', [inner]: value }] };
}

const where = ([outer = '', inner]: readonly string[]) => (inner === undefined ? outer : `${outer}[0].${inner}`);
const refused = (tool: Tool, path: readonly string[], value: string) => {
  try {
    readArguments(tool, withText(tool, path, value));
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

const isId = (name: string) => /(^|_)(id|digest|ip)$|^region$/.test(name);

describe('a text argument', () => {
  it('there are some in every tool', () => {
    expect(new Set(TEXTS.map(({ tool }) => tool.name)).size).toBe(CATALOGUE.length);
    expect(TEXTS.some(({ path }) => where(path) === 'image_info_list[0].image_digest')).toBe(true);
  });

  it.each(TEXTS)('$tool.name: $path that is blank is refused by its name', ({ tool, path }) => {
    for (const blank of [' ', '\t\n', '\u200b', '\u3000 \u200d', '\u2800', '\u00ad']) {
      expect(refused(tool, path, blank)).toContain(`${where(path)} is blank`);
    }
  });

  it.each(TEXTS)('$tool.name: $path with white space around it is refused, and shown right', ({ tool, path }) => {
    expect(refused(tool, path, ' x\n')).toContain(`${where(path)} begins or ends with white space: give "x"`);
  });

  it.each(TEXTS.filter(({ name }) => isId(name)))('$tool.name: $path that says nothing is no id', ({ tool, path }) => {
    for (const word of ['null', 'None', 'undefined', 'nil', 'NaN', 'N/A', 'NULL', 'Null', 'none', 'UNDEFINED']) {
      expect(refused(tool, path, word)).toContain(`${where(path)} is the word ${JSON.stringify(word)} and no value`);
    }
  });

  it('names and versions may be such words where HSS may have them', () => {
    const list = CATALOGUE.find(({ name }) => name === 'list_local_images');
    for (const name of ['image_name', 'image_version', 'host_name', 'app_name', 'pod_name', 'container_name']) {
      expect(list && refused(list, [name], 'null')).toBeUndefined();
    }
  });

  it('an image by name is none with such a word', () => {
    for (const { tool, path } of TEXTS.filter(({ path, name }) => path.length === 2 && name === 'image_name')) {
      expect(refused(tool, path, 'null')).toContain(`${where(path)} is the word "null" and no value`);
      expect(refused(tool, path, 'registry/org/app:v1')).toContain(
        `${where(path)} names more than the repository: give image_name: "registry/org/app", image_version: "v1"`,
      );
    }
  });

  it.each(TEXTS.filter(({ name }) => name === 'image_id'))(
    '$tool.name: $path knows the short form',
    ({ tool, path }) => {
      expect(refused(tool, path, '0123456789ab')).toContain(`${where(path)} is the short form`);
    },
  );

  it('is not looked through when it is far too long', () => {
    for (const { tool, path } of TEXTS) {
      expect(refused(tool, path, 'x'.repeat(100_000))).toContain(`${where(path)} must have at most`);
    }
  });
});

describe('the largest numbers that HSS documents', () => {
  const batch = CATALOGUE.find(({ name }) => name === 'batch_scan_local_image');
  const list = CATALOGUE.find(({ name }) => name === 'list_local_images');
  const FIELDS = [
    'image_size',
    'end_latest_update_time',
    'end_latest_scan_time',
    'start_latest_update_time',
    'start_latest_scan_time',
  ];

  it.each(FIELDS)('%s is taken as "no upper bound"', (field) => {
    for (const tool of [batch, list]) {
      for (const given of ['9223372036854775807', 2 ** 63, '9007199254740993', 2 ** 53]) {
        expect(tool && readArguments(tool, { [field]: given })).toMatchObject({ [field]: Number.MAX_SAFE_INTEGER });
      }
    }
  });

  it('and nothing beyond them', () => {
    for (const given of ['9999999999999999999', 1e19, '92233720368547758070', -(2 ** 53)]) {
      expect(() => list && readArguments(list, { image_size: given })).toThrow('image_size must be');
    }
    expect(() => list && readArguments(list, { offset: '9223372036854775807' })).toThrow('offset must be at most');
  });
});
