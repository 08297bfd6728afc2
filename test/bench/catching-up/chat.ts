import { addReaction as react } from '#shared/changes/react.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { listMessages, storeMessage } from '#shared/data/chats/messages.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';
import type { ChatEvent } from './events.ts';

interface ChatSize {
  people: number;
  /** Those that the reader had before. */
  heldMessages: number;
  missedMessages: number;
  missedReactions: number;
}

/** Every fifth reaction is to a message that the client had before. */
const toHeld = 5;

const words = 'The train is late again so we meet at the second entrance and bring the keys'.split(' ');
const emojis = ['👍', '❤️', '😂', '🎉'];

/** A chat in which somebody was away. */
export class BusyChat {
  readonly events: ChatEvent[] = [];
  private readonly messages: Message[] = [];
  private readonly people: [Person, ...Person[]];
  private readonly size: ChatSize;
  readonly id: string;

  static async begin(reader: Person, size: ChatSize): Promise<BusyChat> {
    const names = Array.from({ length: size.people - 1 }, (_, n) => `Person ${n}`);
    const others = await Promise.all(names.map((name) => newPerson(name)));
    const { id } = await newGroup(reader, ...others);
    const chat = new BusyChat(id, [reader, ...others], size);
    for (let n = 0; n < size.heldMessages; n++) await chat.say();
    chat.events.length = 0;
    return chat;
  }

  private constructor(id: string, people: [Person, ...Person[]], size: ChatSize) {
    this.id = id;
    this.people = people;
    this.size = size;
  }

  get reader(): Person {
    return this.people[0];
  }

  /** While the reader is away. The reactions come between the messages. */
  async goOn(): Promise<void> {
    const { missedMessages, missedReactions } = this.size;
    for (let n = 0; n < missedMessages; n++) {
      await this.say();
      for (let r = this.reactions; r < Math.floor(((n + 1) * missedReactions) / missedMessages); r++)
        await this.react(r);
    }
  }

  /** The messages that a client shows that has everything from its first page on, in their current state. */
  async read(): Promise<Message[]> {
    const shown = this.size.heldMessages + this.size.missedMessages;
    return toMessages(await listMessages(this.id, { limit: shown }));
  }

  private get reactions(): number {
    return this.events.filter(({ type }) => type === 'reaction').length;
  }

  private get now(): number {
    return this.events.length + 1;
  }

  private async say(): Promise<void> {
    const n = this.messages.length;
    const { id: userId } = this.people[n % this.people.length] as Person;
    const content = words.slice(n % 5, 6 + (n % 11)).join(' ');
    const { seq, at } = await nextNumber(this.id, { userId });
    const stored = { chatId: this.id, seq, userId, createdAt: at, type: 'text' as const, content };
    await storeMessage(stored);
    const [message] = (await toMessages([stored])) as [Message];
    this.messages.push(message);
    this.events.push({ type: 'message', at: this.now, message });
  }

  /** Each time another one of the people, to one of the last ten messages or to an old one. */
  private async react(n: number): Promise<void> {
    const { id: userId } = this.people[n % this.people.length] as Person;
    const place = n % toHeld === 0 ? n % this.size.heldMessages : this.messages.length - 1 - (n % 10);
    const { id: messageId } = this.messages[place] as Message;
    const emoji = emojis[n % emojis.length] as string;
    await react({ chatId: this.id, messageId, userId }, emoji);
    this.events.push({ type: 'reaction', at: this.now, id: `${messageId}-${n}`, messageId, userId, emoji });
  }
}
