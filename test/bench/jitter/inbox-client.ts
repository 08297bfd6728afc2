import type { UnreadChat } from '#shared/contract/chats/list-unread.ts';
import { type Json, request } from '../../support/api-client.ts';
import type { JitterClient } from './clients.ts';
import { Connection } from './connection.ts';
import { RoomReader } from './room-reader.ts';

/** A client of this backend with one inbox for all of its chats. */
export class InboxClient implements JitterClient {
  private readonly url: string;
  private readonly token: string;
  /** The chats by their rooms. */
  private readonly chatIds: Map<number, string>;
  private readonly readers: Map<string, RoomReader>;
  private readonly connection: Connection;

  constructor(url: string, chatIds: Map<number, string>, token: string) {
    this.url = url;
    this.token = token;
    this.chatIds = chatIds;
    const readerOf = (chatId: string) => new RoomReader((frame) => this.connection.send({ ...frame, chatId }));
    this.readers = new Map([...chatIds.values()].map((chatId) => [chatId, readerOf(chatId)]));
    this.connection = new Connection(`${url.replace('http', 'ws')}/ws/inbox?token=${token}`, {
      onFrame: (frame) => this.take(frame),
      catchUp: () => this.catchUp(),
    });
  }

  async connect(): Promise<void> {
    await this.reconnect();
  }

  drop(): void {
    this.connection.drop();
  }

  async reconnect(): Promise<number> {
    const ms = await this.connection.connect();
    for (const reader of this.readers.values()) reader.sendUnacknowledged();
    return ms;
  }

  send(room: number, content: string): Promise<void> {
    return this.in(room).send(content);
  }

  received(room: number): string[] {
    return this.in(room).received;
  }

  close(): void {
    for (const reader of this.readers.values()) reader.stop();
    this.connection.drop();
  }

  /** Asks one request after it has connected, and syncs only what differs. */
  private async catchUp(): Promise<void> {
    const { status, body } = await request(this.url, 'GET', '/chats/unread', { token: this.token });
    if (status !== 200) throw new Error(`GET /chats/unread answered ${status}`);
    const chats: UnreadChat[] = body.chats;
    const behind = chats.flatMap(({ chatId, lastSeq }) => {
      const reader = this.readers.get(chatId);
      return reader && lastSeq > reader.cursor ? [reader] : [];
    });
    await Promise.all(behind.map((reader) => reader.sync()));
  }

  private take(frame: Json): void {
    this.readers.get(frame.chatId)?.take(frame);
  }

  private in(room: number): RoomReader {
    const reader = this.readers.get(this.chatIds.get(room) ?? '');
    if (!reader) throw new Error(`The client is not in room ${room}`);
    return reader;
  }
}
