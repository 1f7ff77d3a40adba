import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { SERVER } from './server.js';

export interface Bridge {
  readonly url: string;
  /** Ends what runs: the suite leaves most of its sessions open. */
  close(): Promise<void>;
}

/**
 * Offers the program over Streamable HTTP on loopback, because the conformance suite speaks nothing else. Each session
 * is a program of its own; messages pass unread, so that what the suite judges is what the program said.
 */
export async function startBridge(): Promise<Bridge> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const programs = new Set<StdioClientTransport>();

  /** The HTTP side of a session that may come to be; its program starts once the client has sent `initialize`. */
  const newSession = (): StreamableHTTPServerTransport => {
    const program = new StdioClientTransport({ ...SERVER, stderr: 'ignore' });
    const http: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: async (id) => {
        sessions.set(id, http);
        programs.add(program);
        await program.start();
      },
    });
    http.onmessage = (message) => void program.send(message);
    program.onmessage = (message) => void http.send(message);
    http.onclose = () => {
      if (http.sessionId) sessions.delete(http.sessionId);
      void program.close();
    };
    program.onclose = () => {
      programs.delete(program);
      void http.close();
    };
    return http;
  };

  const sessionOf = (request: IncomingMessage) => {
    const id = request.headers['mcp-session-id'];
    return id === undefined ? newSession() : sessions.get(String(id));
  };

  const server = createServer((request, response) => {
    const session = sessionOf(request);
    if (session) void session.handleRequest(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    close: async () => {
      await Promise.all([...programs].map((program) => program.close()));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * The same for revision 2026-07-28, which has no sessions: each request is posted by itself, and one program answers all.
 * Ids are made anew on the way, because each client counts its own.
 */
export async function startStatelessBridge(): Promise<Bridge> {
  const program = new StdioClientTransport({ ...SERVER, stderr: 'ignore' });
  const waiting = new Map<string, (answer: JSONRPCMessage) => void>();
  program.onmessage = (message) => {
    if ('id' in message) waiting.get(String(message.id))?.(message);
  };
  await program.start();

  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const message = JSON.parse(await text(request)) as JSONRPCMessage;
    if (!('id' in message)) {
      await program.send(message);
      return void response.writeHead(202).end();
    }
    const id = randomUUID();
    waiting.set(id, (answer) => {
      waiting.delete(id);
      const code = 'error' in answer ? answer.error.code : undefined;
      response.writeHead(code === undefined ? 200 : code === -32601 ? 404 : 400, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify({ ...answer, id: message.id }));
    });
    await program.send({ ...message, id });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    close: async () => {
      await program.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
