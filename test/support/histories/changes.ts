import { randomUUID } from 'node:crypto';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addReaction } from '#shared/contract/messages/add-reaction.ts';
import { deleteMessage } from '#shared/contract/messages/delete-message.ts';
import { editMessage } from '#shared/contract/messages/edit-message.ts';
import { removeReaction } from '#shared/contract/messages/remove-reaction.ts';
import type { Json } from '../api-client.ts';
import type { RestInput } from '../invoke.ts';
import type { Changing, Step } from './history.ts';

export interface Person {
  id: string;
  token: string;
}

/** A change that somebody wanted to make. */
export interface Change {
  kind: Exclude<Changing, 'everybody reacts'>;
  messageId: string;
  userId: string;
  /** Of an edit. */
  content: string;
  /** Of a reaction. */
  emoji: string;
  /** How many requests there were. */
  requests: number;
  /** How many of them were refused because others were faster. */
  overtaken: number;
  acknowledged: boolean;
  /** The rounds of its first and of its last request; what was not acknowledged may still be made. */
  began: number;
  ended: number;
}

const emojis = ['👍', '❤️'] as const;

const endpoints: Record<Change['kind'], Endpoint> = {
  edit: editMessage,
  delete: deleteMessage,
  react: addReaction,
  'take back': removeReaction,
};

const bodies: Partial<Record<Change['kind'], (change: Change) => object>> = {
  edit: ({ content }) => ({ content }),
  delete: () => ({}),
};

/** What the changes need of a history. */
interface World {
  chatId: string;
  round: number;
  /** Undefined for an answer that is lost. */
  request(endpoint: Endpoint, input: RestInput): Promise<{ status: number; body: Json } | undefined>;
  /** Somebody begins to send this text. */
  written(text: string): void;
  /** What the one who asked for the change learns from the answer. */
  made(change: Change, message: Message): void;
}

/** Which message a step means: one that its person may change, as far as this person knows. */
export function targetOf({ do: what, who, back }: Step, shown: Message[], userId: string): Message | undefined {
  const isMine = (message: Message) => message.userId === userId;
  const canBeMeant = shown.filter((message) => {
    if (message.type !== 'text' || message.deletedAt !== undefined) return false;
    return what === 'edit' ? isMine(message) : what !== 'delete' || who === 0 || isMine(message);
  });
  return canBeMeant.at(-1 - (back % Math.max(canBeMeant.length, 1)));
}

/** The changes of a history, each of which is requested until it is acknowledged, a few times at most. */
export class Changes {
  readonly all: Change[] = [];
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  async make(kind: Change['kind'], { id: messageId }: Message, { id: userId, token }: Person, { emoji, twice }: Step) {
    const { chatId, round } = this.world;
    const change: Change = {
      ...{ kind, messageId, userId, content: randomUUID(), emoji: emojis[emoji] ?? emojis[0], requests: 0 },
      ...{ overtaken: 0, acknowledged: false, began: round, ended: Number.POSITIVE_INFINITY },
    };
    this.all.push(change);
    this.world.written(change.content);
    const params = { chatId, messageId, emoji: change.emoji };
    const body = bodies[kind]?.(change);
    let refused = false;
    for (let attempt = 0; attempt < 4 && !change.acknowledged && !refused; attempt++) {
      const request = async () => {
        change.requests++;
        const input = { token, params, ...(body && { body }) };
        const answer = await this.world.request(endpoints[kind], input).catch(() => undefined);
        if (answer?.status === 200) {
          change.acknowledged = true;
          this.world.made(change, answer.body.message);
        }
        const isOvertaken = answer?.body.code === 'changed_meanwhile';
        if (isOvertaken) change.overtaken++;
        refused ||= answer !== undefined && answer.status < 500 && !isOvertaken;
      };
      await Promise.all(Array.from({ length: twice ? 2 : 1 }, request));
    }
    if (change.acknowledged) change.ended = this.world.round;
  }
}
