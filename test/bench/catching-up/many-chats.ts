import { listUnread, type UnreadChat } from '#shared/contract/chats/list-unread.ts';
import { call } from '../../support/call.ts';
import { connectInbox, newPerson, type Person } from '../../support/people.ts';
import { BusyChat } from './chat.ts';
import { bytesOf, type CaughtUp, notRight } from './events.ts';
import { Client } from './ours.ts';

type Size = Parameters<typeof BusyChat.begin>[1] & { chats: number; changed: number };

/** What a way of catching up takes in all chats together. */
interface Cost {
  handshakes: number;
  /** Over REST. */
  requests: number;
  /** Sent and received. */
  frames: number;
  bytes: number;
}

/** Somebody's chats, of which a few go on while they are away. */
export class ManyChats {
  private readonly reader: Person;
  private readonly chats: BusyChat[];
  private readonly changed: number;

  static async begin({ chats: count, changed, ...size }: Size): Promise<ManyChats> {
    const reader = await newPerson();
    const chats: BusyChat[] = [];
    while (chats.length < count) chats.push(await BusyChat.begin(reader, size));
    return new ManyChats(reader, chats, changed);
  }

  private constructor(reader: Person, chats: BusyChat[], changed: number) {
    this.reader = reader;
    this.chats = chats;
    this.changed = changed;
  }

  /** What each way takes, and how many messages are wrong afterwards. */
  async compare(): Promise<(Cost & { name: string; wrong: number })[]> {
    const ways: [string, (clients: Client[]) => Promise<Cost>, Client[]][] = [
      ['an inbox: GET /chats/unread, then sync', (clients) => this.onInbox(clients), await this.load()],
      ['a socket for each chat: sync', (clients) => this.onSockets(clients), await this.load()],
      ['REST: GET /chats/unread, messages and changes', (clients) => this.overRest(clients), await this.load()],
    ];
    for (const chat of this.chats.slice(0, this.changed)) await chat.goOn();
    const rows = [];
    for (const [name, catchUp, clients] of ways)
      rows.push({ name, ...(await catchUp(clients)), wrong: await this.wrongIn(clients) });
    return rows;
  }

  /** Clients that have the newest page of each chat. */
  private async load(): Promise<Client[]> {
    const clients = this.chats.map(({ id }) => new Client(this.reader, id));
    for (const client of clients) await client.load();
    return clients;
  }

  private async onInbox(clients: Client[]): Promise<Cost> {
    const inbox = await connectInbox(this.reader);
    const { behind, bytes } = await this.findBehind(clients);
    const caughtUp = await inTurn(behind, (client) => client.catchUpOn(inbox));
    return { handshakes: 1, requests: 1, frames: framesOf(caughtUp), bytes: bytes + sum(caughtUp, 'bytes') };
  }

  private async onSockets(clients: Client[]): Promise<Cost> {
    const caughtUp = await inTurn(clients, (client) => client.catchUpOnSocket());
    return { handshakes: clients.length, requests: 0, frames: framesOf(caughtUp), bytes: sum(caughtUp, 'bytes') };
  }

  private async overRest(clients: Client[]): Promise<Cost> {
    const { behind, bytes } = await this.findBehind(clients);
    const caughtUp = await inTurn(behind, (client) => client.catchUpOverRest());
    const requests = 1 + sum(caughtUp, 'requests');
    return { handshakes: 0, requests, frames: 0, bytes: bytes + sum(caughtUp, 'bytes') };
  }

  /** Those that differ from what one request says of all chats. */
  private async findBehind(clients: Client[]): Promise<{ behind: Client[]; bytes: number }> {
    const { body } = await call(listUnread, this.reader);
    const byId = new Map(body.chats.map((chat: UnreadChat) => [chat.chatId, chat]));
    const behind = clients.filter((client) => client.differsFrom(byId.get(client.chatId) as UnreadChat));
    return { behind, bytes: bytesOf(body) };
  }

  private async wrongIn(clients: Client[]): Promise<number> {
    const counts = await inTurn(this.chats, async (chat) => {
      const client = clients.find(({ chatId }) => chatId === chat.id);
      return notRight(client?.held ?? new Map(), await chat.read());
    });
    return counts.reduce((total, count) => total + count, 0);
  }
}

async function inTurn<Some, Result>(all: Some[], action: (one: Some) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of all) results.push(await action(one));
  return results;
}

const sum = (all: CaughtUp[], what: 'requests' | 'bytes' | 'frames'): number =>
  all.reduce((total, caughtUp) => total + (caughtUp[what] ?? 0), 0);

/** A `sync` is a frame too. */
const framesOf = (all: CaughtUp[]): number => sum(all, 'requests') + sum(all, 'frames');
