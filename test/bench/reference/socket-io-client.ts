import { SignJWT } from 'jose';
import { io, type Socket } from 'socket.io-client';
import type { WebSocket } from 'ws';
import type { RoomClient } from '../jitter/clients.ts';

const JWT_SECRET = new TextEncoder().encode('your-secret-key');

/** How a connection ends: the server sees a closed TCP connection at once, or nothing until its heartbeat fails. */
export type Cut = 'closed' | 'silent';

/** A client of the sample server of the specification. Shows messages as they come: the sample has no rule for it. */
export class SocketIoClient implements RoomClient {
  recovered = 0;
  notRecovered = 0;
  /** Of the latter: this client had got no message yet, so it had no offset to recover from. */
  withoutOffset = 0;
  /** Disconnections that weren't the scenario's. */
  surprises = 0;

  readonly #room: number;
  readonly #user: number;
  readonly #url: string;
  readonly #cut: Cut;
  readonly #shown: string[] = [];
  readonly #awaited = new Map<string, () => void>();
  readonly #zombies: WebSocket[] = [];
  #dropped = false;
  #socket: Socket | undefined;

  constructor(url: string, room: number, user: number, cut: Cut = 'closed') {
    this.#url = url;
    this.#room = room;
    this.#user = user;
    this.#cut = cut;
  }

  async connect(): Promise<void> {
    const token = await new SignJWT({ userId: `user-${this.#user}` })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(JWT_SECRET);
    const query = { token, chatId: `room-${this.#room}` };
    // Cutting and reconnecting are the scenario's business.
    this.#socket = io(this.#url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      query,
    });
    this.#socket.on('message', ({ content }) => this.#show(content));
    this.#socket.on('connect_error', () => setTimeout(() => this.#socket?.connect(), 200));
    this.#socket.on('disconnect', () => {
      if (!this.#dropped) this.surprises++;
    });
    await this.#open(this.#socket);
  }

  drop(): void {
    this.#dropped = true;
    const engine = this.#connected.io.engine;
    const transport = engine.transport as unknown as { ws: WebSocket | undefined };
    const ws = transport.ws;
    if (!ws) return;
    if (this.#cut === 'closed') {
      ws.terminate();
      return;
    }
    // As when a phone changes networks: this end has forgotten the connection, the server's end still believes in it.
    ws.onmessage = ws.onclose = null;
    ws.pause();
    this.#zombies.push(ws);
    transport.ws = undefined;
    engine.close();
  }

  async reconnect(): Promise<number> {
    const startedAt = performance.now();
    const socket = this.#connected;
    if (socket.connected) await heard(socket, 'disconnect');
    const hadOffset = (socket as unknown as { _lastOffset?: string })._lastOffset !== undefined;
    // The replayed messages come before this event. When nothing is recovered nothing comes, and what was missed is lost.
    await this.#open(socket);
    this.#dropped = false;
    if (socket.recovered) this.recovered++;
    else this.notRecovered++;
    if (!hadOffset) this.withoutOffset++;
    return performance.now() - startedAt;
  }

  /** The sample acknowledges nothing: the sender knows by seeing its own message. */
  send(content: string): Promise<void> {
    const seen = new Promise<void>((resolve) => this.#awaited.set(content, resolve));
    this.#connected.emit('message', { content });
    return seen;
  }

  received(): string[] {
    return this.#shown;
  }

  close(): void {
    this.#dropped = true;
    this.#socket?.off('connect_error');
    this.#socket?.disconnect();
    for (const ws of this.#zombies) ws.terminate();
  }

  get #connected(): Socket {
    if (!this.#socket) throw new Error('Call connect() first');
    return this.#socket;
  }

  async #open(socket: Socket): Promise<void> {
    const connected = heard(socket, 'connect');
    socket.connect();
    await connected;
  }

  #show(content: string): void {
    this.#shown.push(content);
    this.#awaited.get(content)?.();
    this.#awaited.delete(content);
  }
}

function heard(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve) => socket.once(event, () => resolve()));
}
