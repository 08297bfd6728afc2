import type { Message } from '#shared/contract/chats/message.ts';
import { keepNewest } from '../client/realtime/states.ts';
import type { Api } from '../client/rest/api.ts';

/** The pinned messages of the open chat, the one pinned last first. */
export class Pins {
  private readonly api: Api;
  private readonly chatId: string;
  private readonly onChange: (message: Message) => void;
  private pinned: Message[] = [];
  /** The newest state of each message that was pinned or has changed: an older one may arrive later. */
  private readonly states = new Map<string, Message>();

  /** `onChange` gets the message that the user has pinned or unpinned. */
  constructor(api: Api, chatId: string, onChange: (message: Message) => void) {
    this.api = api;
    this.chatId = chatId;
    this.onChange = onChange;
  }

  get messages(): readonly Message[] {
    return this.pinned;
  }

  /** Pins a message or unpins it. */
  async set({ id }: Message, pinned: boolean): Promise<void> {
    const { message } = await this.api.messages[pinned ? 'pin' : 'unpin'](this.chatId, id);
    this.onChange(message);
  }

  /** Call this after each connection, because what was missed arrives in another order. */
  async load(): Promise<void> {
    const before = new Set(this.states.values());
    const { messages } = await this.api.messages.listPins(this.chatId);
    this.pinned = [];
    for (const message of messages.toReversed()) this.take(message);
    // What has changed since the request.
    for (const message of this.states.values()) if (!before.has(message)) this.show(message);
  }

  /** A message has changed, perhaps in another respect. */
  take(message: Message): void {
    this.show(keepNewest(this.states, message));
  }

  private show(message: Message): void {
    const place = this.pinned.findIndex(({ id }) => id === message.id);
    if (!message.pinned) this.pinned = this.pinned.filter(({ id }) => id !== message.id);
    else if (place < 0) this.pinned = [message, ...this.pinned];
    else this.pinned = this.pinned.with(place, message);
  }
}
