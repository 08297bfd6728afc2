import { once } from 'node:events';
import { Agent, createServer, type RequestListener } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { awsRequest, exchange } from '#shared/platform/aws/request.ts';

describe('a request', () => {
  async function serving(listener: RequestListener) {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/live/x`);
    return { server, send: () => awsRequest({ service: 'execute-api', method: 'POST', url, body: 'x' }) };
  }

  test('reuses its connection', async () => {
    const sockets = new Set<Socket>();
    const { server, send } = await serving((request, response) => {
      sockets.add(request.socket);
      response.end();
    });
    for (let n = 0; n < 5; n++) expect(await send()).toMatchObject({ status: 200 });
    expect(sockets.size).toBe(1);
    server.closeAllConnections();
    server.close();
  });

  test('waits for one of fifty connections when there are many', async () => {
    const sockets = new Set<Socket>();
    const { server, send } = await serving((request, response) => {
      sockets.add(request.socket);
      response.end();
    });
    await Promise.all(Array.from({ length: 200 }, send));
    expect(sockets.size).toBe(50);
    server.closeAllConnections();
    server.close();
  });

  test('is sent again when the idle connection it was given had been closed', async () => {
    let requests = 0;
    const { server, send } = await serving((request, response) => {
      // The second request finds the connection broken, as after Lambda has frozen the process.
      if (++requests === 2) request.socket.resetAndDestroy();
      else response.end();
    });
    expect(await send()).toMatchObject({ status: 200 });
    expect(await send()).toMatchObject({ status: 200 });
    expect(requests).toBe(3);
    server.closeAllConnections();
    server.close();
  });

  test('fails when a new connection breaks, before the answer or within it', async () => {
    const { server, send } = await serving((request) => request.socket.resetAndDestroy());
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    server.removeAllListeners('request').on('request', (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x', () => request.socket.destroy());
    });
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET', message: 'The answer broke off' });
    server.close();
  });

  test.each<[string, RequestListener]>([
    ['no answer', () => {}],
    ['only a part of the answer', (_request, response) => void response.writeHead(200).write('x')],
  ])('gives up when there is %s in time', async (_, listener) => {
    const { server, send } = await serving(listener);
    await expect(send()).rejects.toMatchObject({ name: 'TimeoutError' });
    server.closeAllConnections();
    server.close();
  });

  test('gives up when there is no connection in time', async () => {
    const socket = Object.defineProperty(new Socket(), 'connecting', { value: true });
    vi.spyOn(Agent.prototype, 'createConnection').mockReturnValueOnce(socket);
    const request = { protocol: 'http:', hostname: '127.0.0.1', path: '/', method: 'POST', headers: {}, body: '' };
    const limits = { connectTimeoutMs: 20, timeoutMs: 60_000 };
    await expect(exchange(request, limits)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(socket.destroyed).toBe(true);
  });

  test('puts the pieces of an answer together', async () => {
    const answer = Buffer.from('привет, мир');
    const { server, send } = await serving((_request, response) => {
      // Splits a character of two bytes.
      response.write(answer.subarray(0, 3), () => setImmediate(() => response.end(answer.subarray(3))));
    });
    expect(await send()).toMatchObject({ status: 200, body: 'привет, мир' });
    server.closeAllConnections();
    server.close();
  });
});
