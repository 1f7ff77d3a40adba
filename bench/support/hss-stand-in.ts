import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The cheapest server that can stand for HSS: it answers every request with 200 and an empty body. It runs in a process
// of its own, so that its work is not counted with that of the caller.
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, { 'X-Request-Id': 'bench' }).end());
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
