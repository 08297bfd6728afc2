import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { listChanges } from '#shared/contract/messages/list-changes.ts';
import type { Json } from '../api-client.ts';
import type { RestInput } from '../invoke.ts';
import { ClientReader } from './client-reader.ts';
import { people } from './history.ts';

/** What a reader needs of a history. */
interface World {
  chatId: string;
  /** While faults happen a client may be cut short; without them it asks until it has everything. */
  faults: { on: boolean };
  tokenOf(who: number): string;
  /** Says, once a request that begins now has ended, whether it had to be refused. */
  expectRefusal(who: number): () => boolean;
  /** Undefined if the handshake is refused. */
  connect(who: number): Promise<string | undefined>;
  disconnect(connectionId: string): void;
  frame(connectionId: string, frame: { type: 'sync' } & Record<string, unknown>): Promise<void>;
  rest(endpoint: Endpoint, input: RestInput): Promise<{ status: number; body: Json }>;
}

/** The page of the chat that each reads first. */
const pageSizes = [100, 2, 100, 2];

/** The clients of the four: their sockets, what they hear and what they ask for. */
export class Readers {
  readonly all = Array.from({ length: people }, () => new ClientReader());
  /** States that came after a tombstone was shown. */
  revived = 0;
  /** Answers for somebody who was no longer in the chat. */
  readAway = 0;
  private readonly connections: (string | undefined)[] = this.all.map(() => undefined);
  private readonly ends: ('done' | 'more' | 'reset' | undefined)[] = [];
  /** Whether an inbox has said that the chat is gone. */
  private readonly isDropped = this.all.map(() => false);
  private readonly tombstones = this.all.map(() => new Set<string>());
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  connectionOf(who: number): string | undefined {
    return this.connections[who];
  }

  /** While it waits for the answer to a `sync`, whose frames come in order. */
  isCatchingUp(who: number): boolean {
    return this.ends[who] === undefined;
  }

  shown(who: number): Message[] {
    return this.readerOf(who).messages;
  }

  hear(who: number, frame: Json): void {
    const reader = this.readerOf(who);
    if (frame.type === 'chat') this.isDropped[who] = false;
    if (frame.type === 'chat.removed') this.drop(who);
    if (this.isDropped[who]) return;
    if (frame.type === 'synced') this.ends[who] = reader.answered(frame, frame.seq);
    else if (frame.type === 'changed') reader.change(frame.message, frame.rev);
    else if (frame.seq !== undefined && frame.id) reader.receive(frame);
    this.look(who);
  }

  /** The state of a message in the answer to a change. */
  learn(who: number, message: Message): void {
    this.readerOf(who).change(message);
    this.look(who);
  }

  leave(who: number): void {
    const connectionId = this.connections[who];
    if (connectionId) this.world.disconnect(connectionId);
    this.connections[who] = undefined;
  }

  /** The server has closed a connection. */
  closed(connectionId: string): void {
    const who = this.connections.indexOf(connectionId);
    if (who >= 0) this.leave(who);
  }

  /** Connects, unless it is, then asks for what came after what it has. Without an answer the connection is given up. */
  async come(who: number): Promise<void> {
    const reader = this.readerOf(who);
    await this.catchUp(who, async () => {
      const connectionId = this.connections[who] ?? (await this.world.connect(who));
      this.connections[who] = connectionId;
      this.ends[who] = undefined;
      if (!connectionId) return undefined;
      await this.world
        .frame(connectionId, { type: 'sync', chatId: this.world.chatId, ...reader.request })
        .catch(() => {});
      if (this.ends[who] === undefined) this.leave(who);
      return this.ends[who];
    });
  }

  /** Asks for changes only, over REST. */
  async ask(who: number): Promise<void> {
    const reader = this.readerOf(who);
    await this.catchUp(who, async () => {
      const { rev, epoch } = reader.request;
      const answer = await this.get(who, listChanges, { after: String(rev), limit: '2', ...(epoch && { epoch }) });
      for (const message of answer?.messages ?? []) reader.change(message);
      this.look(who);
      return answer && reader.answered({ ...answer, more: answer.next && true });
    });
  }

  /** Those who are connected and know that something is missing or not settled ask once more. */
  async aMinutePassed(): Promise<void> {
    const waiting = [...this.all.keys()].filter((who) => this.connections[who] && this.readerOf(who).isBehind);
    await Promise.all(waiting.map((who) => this.come(who)));
  }

  /** Asks page by page; a client that got no answer asks again later, from its cursor on. */
  private async catchUp(who: number, ask: () => Promise<'done' | 'more' | 'reset' | undefined>): Promise<void> {
    const reader = this.readerOf(who);
    for (;;) {
      if (!reader.isLoaded) await this.load(who);
      const end = reader.isLoaded ? await ask() : undefined;
      if (end === 'done') return;
      if (end === 'reset') reader.forget();
      if (end !== undefined) continue;
      reader.interrupted();
      if (this.world.faults.on) return;
    }
  }

  private async load(who: number): Promise<void> {
    const page = await this.get(who, listMessages, { limit: String(pageSizes[who]) });
    if (!page) return;
    this.isDropped[who] = false;
    this.readerOf(who).load(page);
    this.look(who);
  }

  private drop(who: number): void {
    this.isDropped[who] = true;
    this.readerOf(who).forget();
    this.tombstones[who]?.clear();
  }

  private async get(who: number, endpoint: Endpoint, query: Record<string, string>): Promise<Json | undefined> {
    const input = { token: this.world.tokenOf(who), params: { chatId: this.world.chatId }, query };
    const mustBeRefused = this.world.expectRefusal(who);
    const answer = await this.world.rest(endpoint, input).catch(() => undefined);
    if (answer?.status === 200 && mustBeRefused()) this.readAway++;
    return answer?.status === 200 ? answer.body : undefined;
  }

  /** What was a tombstone must stay one. */
  private look(who: number): void {
    const tombstones = this.tombstones[who] as Set<string>;
    const notice = (key: string, deletedAt: string | undefined) => {
      if (deletedAt !== undefined) tombstones.add(key);
      else if (tombstones.has(key)) this.revived++;
    };
    for (const { id, deletedAt, replyTo } of this.shown(who)) {
      notice(id, deletedAt);
      if (replyTo) notice(`${id} quotes ${replyTo.messageId}`, replyTo.deletedAt);
    }
  }

  private readonly readerOf = (who: number) => this.all[who] as ClientReader;
}
