import type { HttpResponse } from '../http/transport.js';
import { clean } from '../text/clean.js';
import { redact } from '../text/secret.js';
import { words } from '../words/words.js';
import { BeyondBounds, parseBounded } from './bounded-json.js';

/** What a service said about an error, read out of every shape that HSS, the API gateway and IAM use. */
export interface ApiError {
  /** `HSS.xxxx`, `APIGW.xxxx`, `IAM.xxxx`, `00000010`; absent when the body is not the service's. */
  readonly code?: string;
  /** The service's own words, cleaned, without the canonical request that the gateway echoes. */
  readonly said?: string;
  readonly requestId?: string;
}

/** Reads the error out of an answer. Nothing here is decided by a text: texts come in Chinese and English. */
export function readApiError(response: HttpResponse): ApiError {
  const body = parseObject(response.body);
  // Some gateways nest the error one level down ({"error": {...}}, {"errors": [{...}]}), Keystone among them.
  const nested = Object.values(body)
    .flat()
    .find((value) => isObject(value) && (textOf(value, MESSAGES) || textOf(value, CODES)));
  const error = textOf(body, CODES) || textOf(body, MESSAGES) || !isObject(nested) ? body : nested;
  const code = plain(textOf(error, CODES));
  const said = [textOf(error, MESSAGES), textOf(error, ['error_description'])].filter(Boolean).join(' - ');
  const requestId = requestIdOf(response) ?? plain(textOf(body, ['request_id']));
  return {
    ...(code && { code: code.replace(/^API[GC]\./, 'APIGW.') }),
    ...(said && { said: clean(withoutCanonicalRequest(said)) }),
    ...(requestId && { requestId }),
  };
}

/** Whether a JSON body tells of an error, whatever the status it came with. */
export function isError(json: unknown): boolean {
  if (!isObject(json)) return false;
  const code = textOf(json, CODES);
  if (code !== undefined) return !ALL_IS_WELL.test(code);
  if (textOf(json, OWN_MESSAGES) !== undefined) return true;
  // A bare "message" may stand beside what was asked for; an answer that is nothing else is none.
  if (textOf(json, MESSAGES) !== undefined && Object.values(json).every(isNoContent)) return true;
  if (typeof json.error === 'string') return json.error !== '';
  return [json.error, json.errors]
    .flat()
    .some((error) => isObject(error) && (textOf(error, CODES) ?? textOf(error, MESSAGES)) !== undefined);
}

/** Codes that stand for success where a service always sends one. */
const ALL_IS_WELL = /^(0+|200)$/;

function isNoContent(value: unknown): boolean {
  return typeof value === 'string' || value === null;
}

/** The id under which the provider can find this request. */
export function requestIdOf(response: HttpResponse): string | undefined {
  const { headers } = response;
  return plain(headers['x-request-id'] ?? headers['x-iam-trace-id']);
}

/** A code or an id as it may stand in a sentence; undefined for what is neither: a sentence of its own, or a secret. */
function plain(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.:-]{1,128}$/.test(text) && redact(text) === text ? text : undefined;
}

/** The body as a JSON object; an empty object when it is anything else. */
export function parseObject(text: string): Record<string, unknown> {
  try {
    const value = parseBounded(text, { rows: MOST_ENTRIES });
    return isObject(value) ? value : {};
  } catch (error) {
    if (error instanceof BeyondBounds) return {};
    throw error;
  }
}

/** Entries of a list in an answer that tells of an error. */
const MOST_ENTRIES = 200;

const OWN_CODES = ['error_code', 'errorCode'];
const OWN_MESSAGES = ['error_msg', 'errorMsg'];
const CODES = [...OWN_CODES, 'code'];
const MESSAGES = [...OWN_MESSAGES, 'message'];

function textOf(object: Record<string, unknown>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = object[name];
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return String(value);
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * After a wrong signature the gateway repeats the request that it computed, `|` in place of line breaks, with every
 * signed header: the security token of a temporary key stands in it.
 */
function withoutCanonicalRequest(text: string): string {
  for (const { index, 1: gap = '' } of text.matchAll(/\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)([\s|]+)\//g)) {
    if (/[|\n]/.test(gap)) return `${text.slice(0, index)}${words().failures.request_removed}`;
  }
  return text;
}
