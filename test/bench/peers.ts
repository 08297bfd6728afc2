import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** API Gateway's `@connections`, in a process of its own: takes every post, 5 ms after it came. */
const server = createServer((request, response) => {
  request.resume().on('end', () => setTimeout(() => response.end(), 5));
}).listen(0, '127.0.0.1', () => console.log(`listening ${(server.address() as AddressInfo).port}`));
