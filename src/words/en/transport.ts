/** Why an exchange brought no answer, as the end of a sentence. */
export const transport = {
  encoded: (encoding: string | undefined) => `the answer is encoded${encoding ? ` as ${encoding}` : ''}`,
  too_large: (bytes: number) => `the answer is larger than ${bytes} bytes`,
  ended_within: (reason: string) => `the connection ended within the answer (${reason})`,
  ended_before: (reason: string) => `the connection ended before an answer came (${reason})`,
  untrusted: (code: string) => `the certificate of the server is not trusted (${code})`,
  proxy_refused: (reason: string) => `the proxy refused (${reason})`,
  no_connection: (reason: string) => `no connection (${reason})`,
  no_answer_within: (ms: number) => `no complete answer within ${ms} ms`,
  no_connection_within: (ms: number) => `no connection within ${ms} ms`,
  proxy_hung_up: 'the proxy ended the connection',
};
