/** The user's own message before it is stored in the chat. */
export interface Outgoing {
  /** The same on every try, so that the message is stored only once. */
  clientId: string;
  content: string;
  /** It waits for the message before, for the connection, or for the next try. */
  state: 'waiting' | 'sending' | 'failed';
  /** The problem code of a failed message. */
  code?: string;
  /** When the user sent it or last retried it, in milliseconds since the epoch. */
  since: number;
}

/** The user's messages on their way. Each waits for the one before, which keeps their order. */
export class Outbox {
  private readonly byClientId = new Map<string, Outgoing>();

  get all(): Outgoing[] {
    return [...this.byClientId.values()];
  }

  /** The message to send now. */
  get next(): Outgoing | undefined {
    return this.all.find(({ state }) => state !== 'failed');
  }

  add(content: string): void {
    const clientId = crypto.randomUUID();
    this.byClientId.set(clientId, { clientId, content, state: 'waiting', since: Date.now() });
  }

  /** Says whether the message is on its way. */
  mark(clientId: string, state: 'waiting' | 'sending'): void {
    const message = this.byClientId.get(clientId);
    if (message) message.state = state;
  }

  /** Removes a message that is in the chat now. */
  stored(clientId: string): void {
    this.byClientId.delete(clientId);
  }

  fail(clientId: string, code: string): void {
    const message = this.byClientId.get(clientId);
    if (message) Object.assign(message, { state: 'failed', code });
  }

  retry(clientId: string): void {
    const message = this.byClientId.get(clientId);
    if (message) Object.assign(message, { state: 'waiting', since: Date.now() });
  }
}
