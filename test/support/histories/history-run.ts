import { randomUUID } from 'node:crypto';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { Reader } from '../../../infra/local/playground/client/realtime/reader.ts';
import type { Json } from '../api-client.ts';
import type { DatabaseFault, PostFault } from './faults.ts';
import type { Histories } from './histories.ts';
import { type History, people, type Step } from './history.ts';

/** What became of a history, in the numbers that must be right. */
export interface Outcome {
  acknowledged: number;
  acknowledgedAndLost: number;
  storedTwice: number;
  /** Pairs of messages of which one was sent after the other was acknowledged, and comes before it. */
  inverted: number;
  /** Messages whose time is before that of the message with the number below. */
  backInTime: number;
  /** Readers whose list isn't the history after they have come back, asked for what they missed, and heard one more message. */
  wrongReaders: number;
}

export interface Person {
  id: string;
  token: string;
}

interface Sent {
  content: string;
  round: number;
  acknowledged: boolean;
}

const maxSends = 8;

/** One history: what its people do, and how it is judged. */
export class Run {
  private readonly readers = Array.from({ length: people }, () => new Reader());
  private readonly connections: (string | undefined)[] = Array.from({ length: people }, () => undefined);
  private readonly upToDate: boolean[] = [];
  private readonly echoes = new Set<string>();
  private readonly sent: Sent[] = [];
  private deliveries: Promise<unknown>[] = [];
  private faulty = false;
  private round = 0;

  readonly chatId: string;
  private readonly all: Histories;
  private readonly people: Person[];
  private readonly plan: History;

  constructor(all: Histories, chatId: string, persons: Person[], plan: History) {
    this.all = all;
    this.chatId = chatId;
    this.people = persons;
    this.plan = { ...plan, database: [...plan.database], posts: [...plan.posts] };
  }

  takeDatabaseFault(): DatabaseFault | undefined {
    return this.faulty ? this.plan.database.shift() : undefined;
  }

  takePostFault(): PostFault | undefined {
    return this.faulty ? this.plan.posts.shift() : undefined;
  }

  receive(who: number, frame: Json): void {
    const reader = this.readers[who] as Reader;
    if (frame.type === 'synced') {
      reader.synced(frame.seq);
      this.upToDate[who] = !frame.more;
      return;
    }
    if (frame.seq !== undefined && frame.id) {
      reader.receive(frame);
      if (frame.clientId) this.echoes.add(`${who} ${frame.clientId}`);
    }
  }

  /** Lambda takes an event, and hands it over until it was done, three times at most. */
  invoked(event: unknown): void {
    const once = async () => {
      for (let attempt = 0; attempt < 3; attempt++) {
        const done = await this.all.deliver(event).then(
          () => true,
          () => false,
        );
        if (done) return;
      }
    };
    for (let n = 0; n < this.plan.invocations; n++) this.deliveries.push(once());
  }

  async play(): Promise<Outcome> {
    await this.eachComes();
    this.faulty = true;
    for (const steps of this.plan.rounds) {
      await Promise.all(steps.map((step) => this.take(step)));
      this.round++;
    }
    this.faulty = false;
    await this.allDelivered();
    for (let who = 0; who < people; who++) this.leave(who);
    await this.eachComes();
    // What nobody asks for any more must be delivered.
    await this.send(people, 'send over REST');
    await this.allDelivered();
    for (let who = 0; who < people; who++) this.leave(who);
    return this.judge();
  }

  private async eachComes(): Promise<void> {
    await Promise.all(this.readers.map((_, who) => this.come(who)));
  }

  private async allDelivered(): Promise<void> {
    for (let pending = this.deliveries; pending.length > 0; pending = this.deliveries) {
      this.deliveries = [];
      await Promise.all(pending);
    }
  }

  private async take({ who, do: what }: Step): Promise<void> {
    if (what === 'drop') this.leave(who);
    else if (what === 'come') await this.come(who);
    else if (this.sent.length < maxSends) await this.send(who, what);
  }

  private leave(who: number): void {
    const connectionId = this.connections[who];
    if (connectionId) this.all.disconnect(connectionId);
    this.connections[who] = undefined;
  }

  /** Connects, unless it is, then asks for what came after what it has. */
  private async come(who: number): Promise<void> {
    const token = this.people[who]?.token ?? '';
    const connectionId = this.connections[who] ?? (await this.all.connect(this, who, this.chatId, token));
    this.connections[who] = connectionId;
    // A client asks until nothing more is left; during faults it may be cut short.
    do {
      this.upToDate[who] = false;
      const after = this.readers[who]?.cursor;
      await this.all.frame(connectionId, { type: 'sync', after }).catch(() => {});
    } while (!this.faulty && !this.upToDate[who]);
  }

  /** Sends until it is acknowledged, a few times at most; without a clientId once. */
  private async send(who: number, how: Step['do']): Promise<void> {
    const content = randomUUID();
    const sent: Sent = { content, round: this.round, acknowledged: false };
    this.sent.push(sent);
    const attempts = how === 'send without clientId' ? 1 : 4;
    for (let attempt = 0; attempt < attempts && !sent.acknowledged; attempt++) {
      const connectionId = how === 'send over REST' ? undefined : this.connections[who];
      const tries: Promise<boolean>[] = [];
      if (connectionId && attempts > 1) tries.push(this.sendOverSocket(who, connectionId, content));
      if (!connectionId || how !== 'send over the socket') tries.push(this.sendOverRest(who, content, attempts > 1));
      const ends = await Promise.allSettled(tries);
      sent.acknowledged = ends.some((end) => end.status === 'fulfilled' && end.value);
    }
  }

  private async sendOverSocket(who: number, connectionId: string, content: string): Promise<boolean> {
    await this.all.frame(connectionId, { type: 'message', content, clientId: content });
    return this.echoes.has(`${who} ${content}`);
  }

  private async sendOverRest(who: number, content: string, again: boolean): Promise<boolean> {
    const body = { content, ...(again && { clientId: content }) };
    const token = this.people[who]?.token ?? '';
    const { status } = await this.all.rest(sendMessage, { token, params: { chatId: this.chatId }, body });
    return status === 200;
  }

  private async judge(): Promise<Outcome> {
    const input = { token: this.people[0]?.token ?? '', params: { chatId: this.chatId }, query: { after: '0' } };
    const log: Message[] = (await this.all.rest(listMessages, input)).body.messages;
    const placeOf = (content: string) => log.findIndex((message) => message.content === content);
    const acknowledged = this.sent.filter((sent) => sent.acknowledged);
    return {
      acknowledged: acknowledged.length,
      acknowledgedAndLost: acknowledged.filter(({ content }) => placeOf(content) < 0).length,
      storedTwice: log.length - new Set(log.map(({ content }) => content)).size,
      inverted: acknowledged.flatMap((early) =>
        acknowledged.filter((late) => early.round < late.round && placeOf(early.content) > placeOf(late.content)),
      ).length,
      backInTime: log.filter(({ createdAt }, n) => createdAt < (log[n - 1]?.createdAt ?? '')).length,
      wrongReaders: this.readers.filter(({ messages }) => JSON.stringify(messages) !== JSON.stringify(log)).length,
    };
  }
}
