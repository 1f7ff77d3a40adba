import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { type Failure, prospects } from '../failure.js';
import { fence } from '../text/clean.js';
import { redact } from '../text/secret.js';
import type { Tool, ToolResult } from '../tools/tool.js';

/** A good result: structured content and text, each complete on its own. */
export function successResult({ structured, text }: ToolResult<object>, sandbox: boolean): CallToolResult {
  const note = 'From the embedded HSS (--sandbox): invented images, no real cloud.';
  return redacted({
    content: [{ type: 'text', text: sandbox ? `${note}\n${text}` : text }],
    structuredContent: { ...structured, ...(sandbox && { sandbox: true }) },
  });
}

/** A failed call as the model reads it: what happened, what became of the request, what to do now. Text only. */
export function failureResult(tool: Tool, failure: Failure): CallToolResult {
  const { code, status, requestId, said, effect, next } = failure.details;
  const facts = [code && `code ${code}`, status && `HTTP status ${status}`, requestId && `request id ${requestId}`];
  const lines = [
    failure.message,
    ...(said ? [`In the words of the service:\n${fence([said])}`] : []),
    ...(facts.some(Boolean) ? [`Facts: ${facts.filter(Boolean).join(', ')}.`] : []),
    ...(tool.readOnly ? [] : [EFFECT[effect]]),
    prospects(failure.details),
    `Next: ${next}`,
  ];
  return redacted({ isError: true, content: [{ type: 'text', text: lines.join('\n') }] });
}

const EFFECT = {
  not_sent: 'No scan request was sent, so no scan was started by this call.',
  refused: 'The scan request was refused, so no scan was started by it.',
  uncertain:
    'A scan may have started: the request was sent, and whether HSS carried it out is not known. Look at scan_status ' +
    'and latest_scan_time of the images with list_local_images before scanning again.',
};

/**
 * Last gate before stdout: whatever went wrong before, no known secret gets past it. Each text by itself, and never a
 * name or a number: a password like `images` or `123456` must not break what a client reads.
 */
export function redacted<T>(value: T): T;
export function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => redacted(item));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redacted(item)]));
}
