import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { UnreadChat } from '#shared/contract/chats/list-unread.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { listChanges } from '#shared/contract/messages/list-changes.ts';
import { call, handlerOf } from '../../support/call.ts';
import { ClientReader } from '../../support/histories/client-reader.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, type Person } from '../../support/people.ts';
import { standIn as connections } from '../../support/stand-ins/connections.ts';
import { bytesOf, type CaughtUp } from './events.ts';

/** Our way: a client that has loaded the newest page, and then follows the rules of docs/api.md. */
export class Client {
  private readonly reader = new ClientReader();
  private readonly person: Person;
  readonly chatId: string;
  private requests = 0;
  private frames = 0;
  private bytes = 0;

  constructor(person: Person, chatId: string) {
    this.person = person;
    this.chatId = chatId;
  }

  get held(): Map<string, Message> {
    return new Map(this.reader.messages.map((message) => [message.id, message]));
  }

  async load(): Promise<void> {
    const { body } = await call(listMessages, this.person, { params: { chatId: this.chatId } });
    this.reader.load(body);
  }

  /** Whether the chat has more than this client, by what `GET /chats/unread` says of it. */
  differsFrom({ lastSeq, lastRev }: UnreadChat): boolean {
    const { after, rev = 0 } = this.reader.request;
    return lastSeq > after || lastRev > rev;
  }

  async catchUpOnSocket(): Promise<CaughtUp> {
    return this.catchUpOn(await connect(this.person, this.chatId, { events: '1' }));
  }

  /** On a socket of the chat, or on an inbox. */
  async catchUpOn(socket: string): Promise<CaughtUp> {
    const sync = await handlerOf('websocket/sync');
    let end: string = 'more';
    while (end === 'more') {
      this.requests++;
      const before = connections.received(socket).length;
      const frame = { type: 'sync', chatId: this.chatId, ...this.reader.request };
      await invokeSocket(sync, 'sync', socket, { frame });
      for (const frame of connections.received(socket).slice(before)) {
        this.frames++;
        this.bytes += bytesOf(frame);
        if (frame.type === 'synced') end = this.reader.answered(frame, frame.seq);
        else if (frame.type === 'changed') this.reader.change(frame.message);
        else this.reader.receive(frame);
      }
    }
    return { ...this.result, frames: this.frames };
  }

  async catchUpOverRest(): Promise<CaughtUp> {
    for (let full = true; full; ) {
      const query = { after: String(this.reader.request.after) };
      const { messages } = await this.get(listMessages, query);
      for (const message of messages) this.reader.receive(message);
      full = messages.length === 100;
    }
    let end: string = 'more';
    while (end === 'more') {
      const { rev, epoch = '' } = this.reader.request;
      const { messages, ...cursor } = await this.get(listChanges, { after: String(rev), epoch });
      for (const message of messages) this.reader.change(message);
      end = this.reader.answered(cursor);
    }
    return this.result;
  }

  private async get(endpoint: typeof listMessages | typeof listChanges, query: Record<string, string>) {
    const { body } = await call(endpoint, this.person, { params: { chatId: this.chatId }, query });
    this.requests++;
    this.bytes += bytesOf(body);
    return body;
  }

  private get result(): CaughtUp {
    return { requests: this.requests, bytes: this.bytes, held: this.held };
  }
}
