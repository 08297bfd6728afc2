import { randomUUID } from 'node:crypto';
import type { Message } from '#shared/contract/chats/message.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import type { Json } from '../api-client.ts';
import type { RestInput } from '../invoke.ts';
import type { Sending } from './history.ts';

/** A message that somebody sent. */
export interface Sent {
  content: string;
  clientId: string | undefined;
  /** The rounds in which it was sent and acknowledged. */
  began: number;
  ended: number;
  /** The id of its message, once the sender knows it. */
  id: string | undefined;
}

const maxSends = 8;

/** What the sends need of a history. */
interface World {
  chatId: string;
  round: number;
  connectionOf(who: number): string | undefined;
  tokenOf(who: number): string;
  frame(connectionId: string, frame: { type: 'message' } & Record<string, unknown>): Promise<void>;
  /** Somebody begins to send this text. */
  written(text: string): void;
  rest(endpoint: Endpoint, input: RestInput): Promise<{ status: number; body: Json }>;
}

/** The messages of a history, each of which is sent until it is acknowledged, a few times at most. */
export class Sends {
  readonly all: Sent[] = [];
  /** The ids of the messages that came back to their senders. */
  private readonly echoes = new Map<string, string>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  get isFull(): boolean {
    return this.all.length >= maxSends;
  }

  echoed(who: number, { clientId, id }: Message): void {
    if (clientId) this.echoes.set(`${who} ${clientId}`, id);
  }

  /** Without a clientId it is sent once. */
  async send(who: number, how: Sending, replyTo?: Message): Promise<void> {
    const content = randomUUID();
    const clientId = how === 'send without clientId' ? undefined : randomUUID();
    const { round } = this.world;
    this.world.written(content);
    const sent: Sent = { content, clientId, began: round, ended: round, id: undefined };
    this.all.push(sent);
    const draft = { content, ...(clientId && { clientId }), ...(replyTo && { replyToId: replyTo.id }) };
    for (let attempt = 0; attempt < (clientId ? 4 : 1) && !sent.id; attempt++) {
      const connectionId = how === 'send over REST' ? undefined : this.world.connectionOf(who);
      const tries: Promise<string | undefined>[] = [];
      if (connectionId && clientId) tries.push(this.sendOverSocket(who, connectionId, { ...draft, clientId }));
      if (!connectionId || how !== 'send over the socket') tries.push(this.sendOverRest(who, draft));
      const ends = await Promise.allSettled(tries);
      sent.id = ends.flatMap((end) => (end.status === 'fulfilled' && end.value) || []).at(0);
    }
    sent.ended = this.world.round;
  }

  private async sendOverSocket(who: number, connectionId: string, draft: { clientId: string }) {
    await this.world.frame(connectionId, { type: 'message', ...draft });
    return this.echoes.get(`${who} ${draft.clientId}`);
  }

  private async sendOverRest(who: number, body: object): Promise<string | undefined> {
    const input = { token: this.world.tokenOf(who), params: { chatId: this.world.chatId }, body };
    const { status, body: answer } = await this.world.rest(sendMessage, input);
    return status === 200 ? answer.message.id : undefined;
  }
}
