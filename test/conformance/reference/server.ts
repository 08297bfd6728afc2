import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { groupOf, Refusal, textOf } from './input.ts';
import { createApp } from './routes.ts';
import { type Group, type Message, Store, type User } from './store.ts';

export interface ReferenceServer {
  url: string;
  close(): Promise<void>;
}

/** The specification as a server with Express and ws, in memory. A laptop is enough for it: it forgets everything. */
export async function startReference(port = 0): Promise<ReferenceServer> {
  const store = new Store();
  const rooms = new Map<string, Set<WebSocket>>();
  const publish = (message: Message) => {
    for (const socket of rooms.get(message.chatId) ?? []) socket.send(JSON.stringify(message));
  };

  const receive = (group: Group, user: User, text: string) => {
    const frame: unknown = JSON.parse(text);
    if (textOf(frame, 'type') === 'message') publish(store.addMessage(group, user, textOf(frame, 'content')));
  };

  const join = (socket: WebSocket, group: Group, user: User) => {
    const room = rooms.get(group.id) ?? new Set();
    rooms.set(group.id, room.add(socket));
    socket.on('close', () => room.delete(socket));
    socket.on('message', (data) => {
      try {
        receive(group, user, String(data));
      } catch {
        // The specification has no frame for a refusal.
      }
    });
  };

  const server = createServer(createApp(store, publish));
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    try {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://reference');
      const [, chatId] = /^\/ws\/chat\/([^/]+)$/.exec(pathname) ?? [];
      if (!chatId) throw new Refusal(404, 'Not Found');
      const user = store.userOf('access', searchParams.get('token') ?? '');
      if (!user) throw new Refusal(401, 'Unauthorized');
      const group = groupOf(store, user, chatId);
      sockets.handleUpgrade(request, stream, head, (socket) => join(socket, group, user));
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`);
    }
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
