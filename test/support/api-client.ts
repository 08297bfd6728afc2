import { once } from 'node:events';
import { WebSocket } from 'ws';

// biome-ignore lint/suspicious/noExplicitAny: what comes back is what a test looks at
export type Json = any;

export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

/** One REST request; an object is sent as JSON, a string as it is. */
export async function request(
  url: string,
  method: string,
  path: string,
  { token, body }: { token?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

/** A socket as the mobile app opens it; what it receives waits in order. */
export class ChatSocket {
  readonly socket: WebSocket;
  private readonly frames: Json[] = [];
  private wake = () => {};

  private constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      this.wake();
    });
  }

  /** Resolves when open. Rejects with the handshake's status. */
  static open(apiUrl: string, chatId: string, token: string): Promise<ChatSocket> {
    return ChatSocket.openWith(apiUrl, chatId, `token=${token}`);
  }

  /** The same with a query string of one's own. */
  static openWith(apiUrl: string, chatId: string, query: string): Promise<ChatSocket> {
    return ChatSocket.openAt(`${apiUrl.replace('http', 'ws')}/ws/chat/${chatId}?${query}`);
  }

  /** A socket for all chats. */
  static openInbox(apiUrl: string, query: string): Promise<ChatSocket> {
    return ChatSocket.openAt(`${apiUrl.replace('http', 'ws')}/ws/inbox?${query}`);
  }

  /** The same at any WebSocket URL. */
  static async openAt(url: string): Promise<ChatSocket> {
    const chat = new ChatSocket(url);
    await once(chat.socket, 'open');
    return chat;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The next frame. */
  async next(): Promise<Json> {
    while (this.frames.length === 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.frames.shift();
  }

  /** Resolves with the close code. */
  async closed(): Promise<number> {
    const [code] = await once(this.socket, 'close');
    return code;
  }

  close(): void {
    this.socket.close();
  }
}

/** The status with which a handshake is refused. */
export async function refusedStatus(url: string): Promise<number | undefined> {
  const socket = new WebSocket(url);
  const [, response] = await once(socket, 'unexpected-response');
  response.resume();
  socket.on('error', () => {}).terminate();
  return response.statusCode;
}
