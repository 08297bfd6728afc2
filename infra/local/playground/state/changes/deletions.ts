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
  /** From the user's choice to the server's answer. */
  private readonly running = new Map<string, Promise<void>>();

  constructor(deleter: Deleter) {
    this.deleter = deleter;
  }

  /** What is going on with a message; undefined for one that the user has not deleted. */
  stateOf(messageId: string): 'undoable' | 'sent' | undefined {
    if (this.undoable.has(messageId)) return 'undoable';
    return this.running.has(messageId) ? 'sent' : undefined;
  }

  /** Resolves when the message is deleted on the server or the user wants it back; rejects when the server refuses. */
  async delete(message: Message): Promise<void> {
    if (this.running.has(message.id)) return;
    const deletion = this.run(message);
    this.running.set(message.id, deletion);
    this.deleter.onChange();
    try {
      await deletion;
    } finally {
      this.running.delete(message.id);
      this.deleter.onChange();
    }
  }

  undo(messageId: string): void {
    this.undoable.get(messageId)?.(false);
  }

  /** The user leaves: what could still be undone is sent at once. Resolves after the answers, also without one. */
  async flush(): Promise<void> {
    for (const decide of this.undoable.values()) decide(true);
    await Promise.allSettled(this.running.values());
  }

  private async run(message: Message): Promise<void> {
    const decision = Promise.withResolvers<boolean>();
    this.undoable.set(message.id, decision.resolve);
    const timer = setTimeout(() => decision.resolve(true), times.undo);
    const confirmed = await decision.promise;
    clearTimeout(timer);
    this.undoable.delete(message.id);
    this.deleter.onChange();
    if (confirmed) await this.deleter.send(message);
  }
}
