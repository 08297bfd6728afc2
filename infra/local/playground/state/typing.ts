import { type Timer, times } from '../client/realtime/times.ts';

/** Who is writing in which chat, as far as heard: nobody says when they stop. */
export class Typing {
  private readonly byChat = new Map<string, Map<string, Timer>>();
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** The users in the order in which they began. */
  in(chatId: string): string[] {
    return [...(this.byChat.get(chatId)?.keys() ?? [])];
  }

  saw(chatId: string, userId: string): void {
    const users = this.byChat.get(chatId) ?? new Map<string, Timer>();
    this.byChat.set(chatId, users);
    clearTimeout(users.get(userId));
    users.set(
      userId,
      setTimeout(() => this.ended(chatId, userId), times.typing.shown),
    );
    this.onChange();
  }

  /** A message of theirs has come, or they have been silent for too long. */
  ended(chatId: string, userId: string): void {
    const users = this.byChat.get(chatId);
    if (!users?.has(userId)) return;
    clearTimeout(users.get(userId));
    users.delete(userId);
    this.onChange();
  }

  stop(): void {
    for (const users of this.byChat.values()) for (const timer of users.values()) clearTimeout(timer);
    this.byChat.clear();
  }
}
