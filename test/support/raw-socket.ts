import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Opens a connection and writes the text, or its lines as those of a request. What it cannot write any more is no error. */
export function rawSocket(url: string, request: string | string[]): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => {}).write(Array.isArray(request) ? [...request, '', ''].join('\r\n') : request);
  return socket;
}

/** The lines of a handshake that a server accepts; `changes` replace headers by their names. */
export function handshakeLines(path: string, changes: Record<string, string> = {}): string[] {
  const headers = {
    host: 'localhost',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...changes,
  };
  return [`GET ${path} HTTP/1.1`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
}

/** The status of the answer, which has arrived with the first bytes. */
export async function statusOf(socket: Socket): Promise<number> {
  const [head] = await once(socket, 'data');
  return Number(/^HTTP\/1\.1 (\d+)/.exec(String(head))?.[1]);
}
