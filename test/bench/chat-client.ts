import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Reader } from '../../infra/local/playground/client/realtime/reader.ts';
import type { JitterClient } from './jitter.ts';

/** Milliseconds: before it asks again for what is missing (then twice as long), before it sends again what has no echo, before it connects again. */
const timeoutMs = { behind: 1000, echo: 5000, handshake: 200 };

/** A client of this backend that keeps the rule of docs/api.md. */
export class ChatClient implements JitterClient {
  readonly #address: string;
  readonly #reader = new Reader();
  /** What was sent and has no echo yet, by clientId. */
  readonly #unacknowledged = new Map<string, () => void>();
  #socket: WebSocket | undefined;
  #synced: (() => void) | undefined;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #wait = timeoutMs.behind;

  constructor(url: string, chatId: string, token: string) {
    this.#address = `${url.replace('http', 'ws')}/ws/chat/${chatId}?token=${token}&events=1`;
  }

  async connect(): Promise<void> {
    while (!(await this.#open())) await sleep(Math.random() * timeoutMs.handshake);
    for (const clientId of this.#unacknowledged.keys()) this.#post(clientId);
  }

  drop(): void {
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  async reconnect(): Promise<number> {
    const startedAt = performance.now();
    await this.connect();
    return performance.now() - startedAt;
  }

  async send(content: string): Promise<void> {
    const echo = new Promise<void>((resolve) => this.#unacknowledged.set(content, resolve));
    this.#post(content);
    const again = setInterval(() => this.#post(content), timeoutMs.echo);
    await echo;
    clearInterval(again);
  }

  received(): string[] {
    return this.#reader.messages.filter(({ type }) => type === 'text').map(({ content }) => content);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  /** Connects and catches up; false when the network was against it. */
  async #open(): Promise<boolean> {
    const socket = new WebSocket(this.#address);
    socket.on('message', (data) => this.#take(JSON.parse(String(data))));
    const ended = new Promise<boolean>((resolve) => socket.on('close', () => resolve(false)).on('error', () => {}));
    const opened = once(socket, 'open').then(() => true);
    if (!(await Promise.race([opened.catch(() => false), ended]))) return false;
    this.#socket = socket;
    const synced = new Promise<void>((resolve) => {
      this.#synced = resolve;
    });
    this.#sync();
    return Promise.race([synced.then(() => true), ended]);
  }

  // biome-ignore lint/suspicious/noExplicitAny: a frame of whatever type
  #take(frame: any): void {
    if (frame.type === 'synced') {
      this.#reader.synced(frame.seq);
      if (frame.more) this.#sync();
      else this.#synced?.();
    } else if (frame.seq !== undefined && frame.id !== undefined) {
      this.#reader.receive(frame);
      this.#unacknowledged.get(frame.clientId)?.();
      this.#unacknowledged.delete(frame.clientId);
    }
    if (!this.#reader.behind) this.#wait = timeoutMs.behind;
    else if (!this.#timer && !this.#closed) this.#timer = setTimeout(() => this.#ask(), this.#wait);
  }

  #ask(): void {
    this.#timer = undefined;
    this.#wait *= 2;
    if (this.#reader.behind) this.#sync();
  }

  #sync(): void {
    this.#frame({ type: 'sync', after: this.#reader.cursor });
  }

  #post(content: string): void {
    this.#frame({ type: 'message', content, clientId: content });
  }

  #frame(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
