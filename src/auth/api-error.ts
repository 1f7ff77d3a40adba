import type { HttpResponse } from '../http/transport.js';
import { clean } from '../text/clean.js';
import { redact } from '../text/secret.js';

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
  // Some gateways nest the error one level down ({"error": {...}}), Keystone among them.
  const nested = Object.values(body).find(
    (value) => isObject(value) && (textOf(value, MESSAGES) || textOf(value, CODES)),
  );
  const error = textOf(body, CODES) || textOf(body, MESSAGES) || !isObject(nested) ? body : nested;
  const code = textOf(error, CODES);
  const said = [textOf(error, MESSAGES), textOf(error, ['error_description'])].filter(Boolean).join(' - ');
  const requestId = requestIdOf(response) ?? textOf(body, ['request_id']);
  return {
    ...(code && { code: foreign(code, 64).replace(/^API[GC]\./, 'APIGW.') }),
    ...(said && { said: foreign(withoutCanonicalRequest(said)) }),
    ...(requestId && { requestId: foreign(requestId, 128) }),
  };
}

/** The id under which the provider can find this request. */
export function requestIdOf(response: HttpResponse): string | undefined {
  const { headers } = response;
  const id = headers['x-request-id'] ?? headers['x-iam-trace-id'];
  return id && foreign(id, 128);
}

/** A service may say a secret back: it goes no further than here. */
function foreign(text: string, max?: number): string {
  return clean(redact(text), max);
}

/** The body as a JSON object; an empty object when it is anything else. */
export function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const CODES = ['error_code', 'errorCode', 'code'];
const MESSAGES = ['error_msg', 'errorMsg', 'message'];

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
  return text.replace(/\b(GET|POST|PUT|PATCH|DELETE|HEAD)\s*[|\n]\s*\/.*/s, '[canonical request removed]');
}
