import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
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
