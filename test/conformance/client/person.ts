import type * as z from 'zod';
import { type FrameTimeout, Socket } from './socket.ts';
import type { Answer, Request, Transport } from './transport.ts';
import { brief, holds, parse } from './unmet.ts';

export interface Account {
  id: string;
  name: string;
  email: string;
  password: string;
  accessToken: string;
  refreshToken: string;
}

interface More {
  body?: unknown;
  headers?: Record<string, string>;
  /** Instead of the person's access token; "" for none. */
  token?: string;
}

/** Splits "POST /groups". */
const split = (line: string): [method: string, path: string] => {
  const [method = '', path = ''] = line.split(' ');
  return [method, path];
};

/** Somebody with an account, or without one, who sends requests and opens sockets. */
export class Person {
  readonly account: Account;
  private readonly transport: Transport;
  private readonly timeout: FrameTimeout;
  private readonly sockets: Socket[] = [];

  constructor(account: Account, transport: Transport, timeout: FrameTimeout) {
    this.account = account;
    this.transport = transport;
    this.timeout = timeout;
  }

  get id(): string {
    return this.account.id;
  }

  /** Sends "POST /groups" and the like; any answer will do. */
  send(line: string, { body, headers, token = this.account.accessToken }: More = {}): Promise<Answer> {
    const [method, path] = split(line);
    const request: Request = { method, path, body, headers, token: token || undefined };
    return this.transport.send(request);
  }

  /** Sends a request that must succeed, and returns the body of its answer. */
  async ask<Schema extends z.ZodType>(schema: Schema, line: string, body?: unknown): Promise<z.output<Schema>> {
    return this.accept(schema, line, await this.send(line, { body }));
  }

  /** A request that a server passes on to a service, which fails now and then: sends it again after 502, 503 or 504. */
  async askTwice<Schema extends z.ZodType>(schema: Schema, line: string, body?: unknown): Promise<z.output<Schema>> {
    const first = await this.send(line, { body });
    return [502, 503, 504].includes(first.status) ? this.ask(schema, line, body) : this.accept(schema, line, first);
  }

  private accept<Schema extends z.ZodType>(schema: Schema, line: string, answer: Answer): z.output<Schema> {
    holds(line, answer.status >= 200 && answer.status < 300, 'a status of success', this.shown(answer));
    return parse(`the answer to ${line}`, schema, answer.body);
  }

  /** Sends a request that must be refused because of the client. */
  async refused(line: string, more: More = {}): Promise<Answer> {
    const answer = await this.send(line, more);
    holds(line, answer.status >= 400 && answer.status < 500, 'a refusal (4xx)', this.shown(answer));
    return answer;
  }

  /** Opens the socket of a chat. */
  open(chatId: string, query = ''): Promise<Socket> {
    return this.openAt(`/ws/chat/${chatId}?token=${this.account.accessToken}${query}`);
  }

  async openAt(path: string): Promise<Socket> {
    const socket = new Socket(this.timeout);
    const opening = await this.transport.open(path, socket.receiver);
    holds(`the handshake at ${path.replace(/=.*/, '=...')}`, opening.status === 101, 'an open socket', opening.status);
    socket.opened(opening);
    this.sockets.push(socket);
    return socket;
  }

  /** Tries a handshake that must be refused, and returns its status. */
  async handshakeRefused(path: string): Promise<number> {
    const socket = new Socket(this.timeout);
    const { status, close } = await this.transport.open(path, socket.receiver);
    if (status === 101) close();
    holds(`the handshake at ${path.replace(/=.*/, '=...')}`, status !== 101, 'a refusal', 'an open socket');
    return status;
  }

  hangUp(): void {
    for (const socket of this.sockets.splice(0)) socket.close();
  }

  private shown({ status, body }: Answer): string {
    return `${status} ${brief(body)}`;
  }
}
