/** A message of mine that is not in the chat yet. */
export interface Outgoing {
  /** The same on every try, so that the message is stored once. */
  clientId: string;
  content: string;
  state: 'sending' | 'failed';
  /** Why it failed. */
  code?: string;
  /** When the user sent it, or last asked for another try. Milliseconds. */
  since: number;
}

/** My messages on their way. One is sent after the other came back, so that they stay in my order. */
export class Outbox {
  private readonly byClientId = new Map<string, Outgoing>();

  get all(): Outgoing[] {
    return [...this.byClientId.values()];
  }

  /** The one to send now. */
  get next(): Outgoing | undefined {
    return this.all.find(({ state }) => state === 'sending');
  }

  add(content: string): void {
    const clientId = crypto.randomUUID();
    this.byClientId.set(clientId, { clientId, content, state: 'sending', since: Date.now() });
  }

  /** It is in the chat. */
  stored(clientId: string): void {
    this.byClientId.delete(clientId);
  }

  fail(clientId: string, code: string): void {
    const message = this.byClientId.get(clientId);
    if (message) Object.assign(message, { state: 'failed', code });
  }

  /** The user asks for another try. */
  retry(clientId: string): void {
    const message = this.byClientId.get(clientId);
    if (message) Object.assign(message, { state: 'sending', since: Date.now() });
  }
}
