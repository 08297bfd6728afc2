import type { Message } from '#shared/contract/chats/message.ts';
import { times } from '../../client/realtime/times.ts';

interface Deleter {
  /** Deletes a message on the server. */
  send(message: Message): Promise<unknown>;
  onChange(): void;
}

/** Messages that the user has deleted: for five seconds, unless they leave, each can be brought back. */
export class Deletions {
  private readonly deleter: Deleter;
  /** Decides for each message, by its id, whether it is deleted. */
  private readonly undoable = new Map<string, (confirmed: boolean) => void>();
  private readonly sent = new Map<string, Promise<unknown>>();

  constructor(deleter: Deleter) {
    this.deleter = deleter;
  }

  /** What is going on with a message; undefined for one that the user has not deleted. */
  stateOf(messageId: string): 'undoable' | 'sent' | undefined {
    if (this.undoable.has(messageId)) return 'undoable';
    return this.sent.has(messageId) ? 'sent' : undefined;
  }

  /** Resolves when the message is deleted on the server or the user wants it back; rejects when the server refuses. */
  async delete(message: Message): Promise<void> {
    if (this.stateOf(message.id)) return;
    if (await this.isConfirmed(message.id)) await this.send(message);
  }

  undo(messageId: string): void {
    this.undoable.get(messageId)?.(false);
  }

  /** The user leaves: what could still be undone is sent at once. Resolves after the answers, also without one. */
  async flush(): Promise<void> {
    for (const decide of this.undoable.values()) decide(true);
    // A deletion is sent in the microtask after its decision.
    await Promise.resolve();
    await Promise.allSettled(this.sent.values());
  }

  private async isConfirmed(messageId: string): Promise<boolean> {
    const decision = Promise.withResolvers<boolean>();
    this.undoable.set(messageId, decision.resolve);
    const timer = setTimeout(() => decision.resolve(true), times.undo);
    this.deleter.onChange();
    const confirmed = await decision.promise;
    clearTimeout(timer);
    this.undoable.delete(messageId);
    if (!confirmed) this.deleter.onChange();
    return confirmed;
  }

  private async send(message: Message): Promise<void> {
    const answer = this.deleter.send(message);
    this.sent.set(message.id, answer);
    this.deleter.onChange();
    try {
      await answer;
    } finally {
      this.sent.delete(message.id);
      this.deleter.onChange();
    }
  }
}
