import type { Frame } from '../client/realtime/frames.ts';
import { type Timer, times } from '../client/realtime/times.ts';
import type { Api } from '../client/rest/api.ts';

/** The users who are typing, by chat. No frame says that somebody has stopped, so each entry expires. */
export class Typing {
  private readonly api: Api;
  private readonly userId: string;
  private readonly onChange: () => void;
  private readonly byChat = new Map<string, Map<string, Timer>>();
  /** The names of those who are not known from an open chat. */
  private readonly names = new Map<string, string>();

  constructor(api: Api, userId: string, onChange: () => void) {
    this.api = api;
    this.userId = userId;
    this.onChange = onChange;
  }

  /** The users in the order in which they began. */
  in(chatId: string): string[] {
    return [...(this.byChat.get(chatId)?.keys() ?? [])];
  }

  nameOf(userId: string): string | undefined {
    return this.names.get(userId);
  }

  receive(frame: Frame): void {
    if (frame.type === 'typing' && frame.userId !== this.userId) this.saw(frame.chatId, frame.userId);
    else if (frame.type === 'message') this.ended(frame.chatId, frame.message.userId);
  }

  stop(): void {
    for (const users of this.byChat.values()) for (const timer of users.values()) clearTimeout(timer);
    this.byChat.clear();
  }

  private saw(chatId: string, userId: string): void {
    const users = this.byChat.get(chatId) ?? new Map<string, Timer>();
    this.byChat.set(chatId, users);
    clearTimeout(users.get(userId));
    const timer = setTimeout(() => this.ended(chatId, userId), times.typing.shown);
    users.set(userId, timer);
    this.onChange();
    if (!this.names.has(userId)) void this.loadName(userId);
  }

  /** A message of theirs has come, or they have been silent for too long. */
  private ended(chatId: string, userId: string): void {
    const users = this.byChat.get(chatId);
    if (!users?.has(userId)) return;
    clearTimeout(users.get(userId));
    users.delete(userId);
    this.onChange();
  }

  /** Without an answer, the next frame asks again. */
  private async loadName(userId: string): Promise<void> {
    this.names.set(userId, '');
    try {
      this.names.set(userId, (await this.api.users.get(userId)).user.name);
      this.onChange();
    } catch {
      this.names.delete(userId);
    }
  }
}
