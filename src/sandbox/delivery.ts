import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from './faults.js';
import type { RecordedRequest } from './record.js';

/** An answer ready to be sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Where an answer goes, and the record that notes its status. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly record: RecordedRequest;
}

/** Carries an operation out and sends its reply, or does what the fault says instead. */
export async function deliver(exchange: Exchange, fault: FaultKind | undefined, carryOut: () => Reply): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return send(exchange, carryOut());
    case 'respond':
      return send(exchange, {
        status: fault.status,
        headers: fault.headers ?? {},
        body: bytesOf(fault.body ?? ''),
      });
    case 'reset-before':
      return reset(exchange);
    case 'reset-after':
      carryOut();
      return reset(exchange);
    case 'hang':
      if (fault.carryOut) carryOut();
      return;
    case 'delay':
      await pause(fault.ms);
      return send(exchange, carryOut());
    case 'truncate':
      return truncate(exchange, carryOut());
    case 'slow-body':
      return trickle(exchange, carryOut(), fault.intervalMs);
  }
}

function writeHead({ response, record }: Exchange, reply: Reply, length: number): void {
  record.status = reply.status;
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  response.writeHead(reply.status, { 'Content-Length': length });
}

function send(exchange: Exchange, reply: Reply): void {
  writeHead(exchange, reply, reply.body.length);
  exchange.response.end(reply.body);
}

function bytesOf(body: string | Buffer): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

function reset({ response }: Exchange): void {
  response.socket?.resetAndDestroy();
}

function truncate(exchange: Exchange, reply: Reply): void {
  const { response } = exchange;
  // An empty body can only be cut short if at least one byte was announced.
  writeHead(exchange, reply, Math.max(reply.body.length, 1));
  response.flushHeaders();
  response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)));
  response.socket?.end();
}

async function trickle(exchange: Exchange, reply: Reply, intervalMs: number): Promise<void> {
  const { response } = exchange;
  writeHead(exchange, reply, reply.body.length);
  response.flushHeaders();
  for (const byte of reply.body) {
    await pause(intervalMs);
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
  }
  response.end();
}

function pause(ms: number): Promise<void> {
  return sleep(ms, undefined, { ref: false });
}
