import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.js';
import { readArguments } from '../../src/mcp/arguments.js';
import { TOOL_LIST } from '../../src/mcp/tool-list.js';
import { CATALOGUE } from '../../src/tools/catalogue.js';
import { hostileObject, hostileValue, INVISIBLE, isUnpolluted } from '../support/hostile.js';

const ajv = new AjvJsonSchemaValidator();
const INNER = ['image_id', 'image_digest', 'image_name', 'image_version'];

describe.each(CATALOGUE.map((tool) => [tool.name, tool] as const))('arguments of %s', (name, tool) => {
  const schema = TOOL_LIST.find((advertised) => advertised.name === name)?.inputSchema;
  const isValid = ajv.getValidator({ ...schema, type: 'object' });
  const names = Object.keys(schema?.properties ?? {});
  const list = fc.oneof(hostileValue, fc.array(hostileObject(INNER), { maxLength: 3 }));
  const arguments_ = fc.oneof(
    { weight: 8, arbitrary: hostileObject([...names, '_meta', 'imageName', 'IMAGE_ID']) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(hostileObject(names), list)
        .map(([some, images]) => ({ ...some, image_info_list: images, images })),
    },
    { weight: 1, arbitrary: hostileValue },
  );

  it('are taken as advertised, or refused in words that a model can use', () => {
    fc.assert(
      fc.property(arguments_, (raw) => {
        let read: Record<string, unknown> | undefined;
        try {
          read = readArguments(tool, raw);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          expect(error.details).toMatchObject({ source: 'input', effect: 'not_sent', retry: false });
          expect(error.message).toContain(`The arguments of ${name} are not right: `);
          expect(error.message).not.toMatch(INVISIBLE);
          expect(error.message.length).toBeLessThan(4_000);
          expect(error.details.next).toContain(JSON.stringify(tool.example));
        }
        if (read) expect(isValid(read)).toMatchObject({ valid: true });
        expect(isUnpolluted()).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});
