import { type Fields, isFields } from './fields.js';

/** What comes from the host by itself. */
export interface Incoming {
  readonly notification: (method: string, params: Fields) => void;
  /** Answers a request of the host; undefined for a method that is not known. */
  readonly request: (method: string, params: Fields) => object | undefined;
}

/** The way to the host: JSON-RPC 2.0 over postMessage, as MCP Apps lays down. */
export interface Channel {
  /** @throws {Error} with the words of the host when it refuses. */
  request(method: string, params: object): Promise<Fields>;
  notify(method: string, params: object): void;
}

interface Waiting {
  readonly resolve: (result: Fields) => void;
  readonly reject: (error: Error) => void;
}

const METHOD_NOT_FOUND = -32601;

/** Opens the channel to the window that holds this page. Messages of other windows are not for it. */
export function openChannel(host: Window, incoming: Incoming): Channel {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  // A page in a sandbox has no origin that the host could be told by.
  const send = (message: object) => host.postMessage({ jsonrpc: '2.0', ...message }, '*');

  function answered(id: unknown, { result, error }: Fields): void {
    const one = typeof id === 'number' ? waiting.get(id) : undefined;
    if (!one) return;
    waiting.delete(Number(id));
    if (isFields(error)) one.reject(new Error(String(error.message)));
    else one.resolve(isFields(result) ? result : {});
  }

  window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (source !== host || !isFields(data) || data.jsonrpc !== '2.0') return;
    const { id, method } = data;
    if (typeof method !== 'string') return answered(id, data);
    const params = isFields(data.params) ? data.params : {};
    if (id === undefined) return incoming.notification(method, params);
    const result = incoming.request(method, params);
    send(result ? { id, result } : { id, error: { code: METHOD_NOT_FOUND, message: 'Method not found' } });
  });

  return {
    request(method, params) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        send({ id, method, params });
      });
    },
    notify: (method, params) => send({ method, params }),
  };
}
