import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * API Gateway's `@connections`, in a process of its own: takes every post, 5 ms after it came. A connection whose id
 * begins with `slow`, `silent`, `throttled` or `gone` is so. GET tells how long after its `sentAt` each frame was here.
 */
const delays: number[] = [];

const now = () => performance.timeOrigin + performance.now();

const server = createServer(async (request, response) => {
  const at = now();
  if (request.method === 'GET') return void response.end(JSON.stringify(delays.splice(0)));
  const { sentAt } = JSON.parse(await text(request));
  const kind = /\/(slow|silent|throttled|gone)[^/]*$/.exec(request.url ?? '')?.[1];
  if (kind === 'silent') return;
  if (kind === 'throttled') return void response.writeHead(429).end();
  if (kind === 'gone') return void response.writeHead(410).end();
  if (kind === undefined && sentAt) delays.push(at - sentAt);
  setTimeout(() => response.end(), kind === 'slow' ? 700 : 5);
}).listen(0, '127.0.0.1', () => console.log(`listening ${(server.address() as AddressInfo).port}`));
