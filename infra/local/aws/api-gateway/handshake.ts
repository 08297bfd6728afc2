import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What the WebSocket server accepts (RFC 6455, 4.1). It would check only after $connect, which then had no $disconnect. */
export function isHandshake({ method, headers }: IncomingMessage): boolean {
  const { upgrade = '', 'sec-websocket-key': key = '', 'sec-websocket-version': version = '' } = headers;
  const isWebSocket = method === 'GET' && upgrade.toLowerCase() === 'websocket';
  return isWebSocket && /^[+/0-9A-Za-z]{22}==$/.test(key) && ['8', '13'].includes(version);
}

/** Answers a handshake without opening a socket. */
export function refuse(socket: Duplex, status: number, body = '', type = 'application/json'): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${type}\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}`;
  // A client that keeps its side open would keep the socket.
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
}
