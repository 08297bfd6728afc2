import type { Message, Reaction } from '#shared/contract/chats/message.ts';
import { type ShownReaction, shownReactions } from './shown-reactions.ts';

interface ReactionServer {
  /** Sends the choice. Resolves when the message in the chat has it. */
  send(messageId: string, emoji: string, mine: boolean): Promise<unknown>;
  /** Everybody who reacted. */
  list(messageId: string): Promise<readonly Reaction[]>;
  onChange(): void;
}

/** What is known about the user's reactions to one message beyond what the message says. */
interface Mine {
  known: Map<string, boolean>;
  wanted: Map<string, boolean>;
  /** How often they have changed. */
  changes: number;
  /** Ends when all requests asked for so far were answered. */
  sending?: Promise<void>;
}

const nothing: Readonly<Mine> = { known: new Map(), wanted: new Map(), changes: 0 };

/** The user's reactions: shown at once, and taken back if the server refuses. */
export class Reactions {
  private readonly userId: string;
  private readonly server: ReactionServer;
  private readonly byMessage = new Map<string, Mine>();
  /** A row renders again only if its reactions are another array. */
  private readonly shown = new WeakMap<Message, { changes: number; reactions: readonly ShownReaction[] }>();

  constructor(userId: string, server: ReactionServer) {
    this.userId = userId;
    this.server = server;
  }

  /** The same array until something changes. */
  of(message: Message): readonly ShownReaction[] {
    const { known, wanted, changes } = this.byMessage.get(message.id) ?? nothing;
    const before = this.shown.get(message);
    if (before?.changes === changes) return before.reactions;
    const reactions = shownReactions(message, this.userId, known, wanted);
    this.shown.set(message, { changes, reactions });
    return reactions;
  }

  isMine(message: Message, emoji: string): boolean {
    return this.of(message).some((one) => one.emoji === emoji && one.mine);
  }

  /** Everybody who reacted to a message. */
  list(messageId: string): Promise<readonly Reaction[]> {
    return this.server.list(messageId);
  }

  /** Adds the user's reaction or removes it. Rejects when the server refuses. */
  async toggle(message: Message, emoji: string): Promise<void> {
    if (this.isUnsure(message, emoji)) await this.learn(message.id);
    const { wanted } = this.mineOf(message.id);
    const isOnItsWay = wanted.has(emoji);
    wanted.set(emoji, !this.isMine(message, emoji));
    this.changed(message.id);
    if (!isOnItsWay) await this.sendInTurn(message.id, emoji);
  }

  /** One request for a message at a time, or they could overtake each other. */
  private sendInTurn(messageId: string, emoji: string): Promise<void> {
    const mine = this.mineOf(messageId);
    const sent = mine.sending ? mine.sending.then(() => this.send(messageId, emoji)) : this.send(messageId, emoji);
    const sending = sent
      .catch(() => {})
      .then(() => {
        if (mine.sending === sending) delete mine.sending;
      });
    mine.sending = sending;
    return sent;
  }

  /** The last request has the user's last choice. */
  private async send(messageId: string, emoji: string): Promise<void> {
    const { known, wanted } = this.mineOf(messageId);
    try {
      for (let sent: boolean | undefined; sent !== wanted.get(emoji); ) {
        sent = wanted.get(emoji) === true;
        await this.server.send(messageId, emoji, sent);
        known.set(emoji, sent);
      }
    } finally {
      wanted.delete(emoji);
      this.changed(messageId);
    }
  }

  /** Whether so many people have reacted that the message does not say whether the user has. */
  private isUnsure({ id, reactions = [] }: Message, emoji: string): boolean {
    const { known, wanted } = this.byMessage.get(id) ?? nothing;
    const one = reactions.find((reaction) => reaction.emoji === emoji);
    if (!one || one.userIds.includes(this.userId)) return false;
    return one.count > one.userIds.length && !known.has(emoji) && !wanted.has(emoji);
  }

  private async learn(messageId: string): Promise<void> {
    const { known } = this.mineOf(messageId);
    for (const { emoji, userIds } of await this.server.list(messageId)) known.set(emoji, userIds.includes(this.userId));
    this.changed(messageId);
  }

  private mineOf(messageId: string): Mine {
    const mine = this.byMessage.get(messageId) ?? { known: new Map(), wanted: new Map(), changes: 0 };
    this.byMessage.set(messageId, mine);
    return mine;
  }

  private changed(messageId: string): void {
    this.mineOf(messageId).changes++;
    this.server.onChange();
  }
}
