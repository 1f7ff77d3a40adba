import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Failure } from '../failure.js';
import { failureLines } from '../present/failure.js';
import type { Presented, WrittenFile } from '../present/result.js';
import { redact } from '../text/secret.js';
import type { Tool } from '../tools/tool.js';

/**
 * A good result: structured content and text, each complete on its own, and a link to a file that was written.
 * @param links whether the client knows links: early revisions do not, and an early client would refuse the result.
 */
export function successResult({ structured, text, file }: Presented, links: boolean): CallToolResult {
  return {
    content: [{ type: 'text', text: redact(text) }, ...(file && links ? [linkTo(file)] : [])],
    structuredContent: redacted({ ...structured }),
  };
}

function linkTo({ path, mimeType }: WrittenFile): CallToolResult['content'][number] {
  return { type: 'resource_link', uri: redact(pathToFileURL(path).href), name: redact(basename(path)), mimeType };
}

/** A failed call as the model reads it. Text only. */
export function failureResult(tool: Tool, failure: Failure): CallToolResult {
  const text = failureLines(failure, { acts: !tool.readOnly }).join('\n');
  return { isError: true, content: [{ type: 'text', text: redact(text) }] };
}

/**
 * Last gate before stdout: whatever went wrong before, no known secret gets past it. Each text by itself, and never a
 * name or a number: a password like `images` or `123456` must not break what a client reads.
 */
export function redacted<T>(value: T): T;
export function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => redacted(item));
  const result: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) result[name] = redacted(item);
  return result;
}
