import { type IncomingHttpHeaders, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Whether the client wants a WebSocket, perhaps among other protocols: `Upgrade: h2c, websocket`. */
export function offersWebSocket({ method, headers }: IncomingMessage): boolean {
  const offered = (headers.upgrade ?? '').toLowerCase().split(',');
  return method === 'GET' && offered.some((protocol) => protocol.trim() === 'websocket');
}

/** What the WebSocket server accepts (RFC 6455, 4.1). It would check only after $connect, which then had no $disconnect. */
export function isHandshake(request: IncomingMessage): boolean {
  const { 'sec-websocket-key': key = '', 'sec-websocket-version': version = '' } = request.headers;
  return offersWebSocket(request) && /^[+/0-9A-Za-z]{22}==$/.test(key) && ['8', '13'].includes(version);
}

/**
 * A handshake without what `ws`, unlike API Gateway, would refuse or answer by itself: other protocols beside WebSocket, and
 * subprotocols, which API Gateway acknowledges only if $connect returns the header; ours doesn't.
 */
export function plainHandshake(sent: IncomingHttpHeaders): IncomingHttpHeaders {
  const { 'sec-websocket-protocol': _, ...headers } = sent;
  return { ...headers, upgrade: 'websocket' };
}

/** Answers a handshake without opening a socket. */
export function refuse(socket: Duplex, status: number, body = ''): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}`;
  // A client that keeps its side open would keep the socket.
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
}
