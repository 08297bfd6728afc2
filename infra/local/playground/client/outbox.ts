import type { FieldError } from '#shared/contract/problem.ts';
import { newId } from './new-id.ts';

/** Why the server refused a message. */
export interface Refusal {
  code: string;
  /** In English, for codes that this client does not know. */
  message?: string | undefined;
  /** The invalid fields when the code is `invalid_input`. */
  errors?: FieldError[] | undefined;
  /** Seconds to wait before the next try. */
  retryAfter?: number | undefined;
}

/** The user's own message before it is stored in the chat. */
export interface Outgoing {
  /** The same on every try, so that the message is stored only once. */
  clientId: string;
  content: string;
  /** It waits for the message before, for the connection, or for the next try. */
  state: 'waiting' | 'sending' | 'failed';
  /** Why a failed message was refused. */
  refusal?: Refusal | undefined;
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
    const clientId = newId();
    this.byClientId.set(clientId, { clientId, content, state: 'waiting' });
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

  fail(clientId: string, refusal: Refusal): void {
    const message = this.byClientId.get(clientId);
    if (message) Object.assign(message, { state: 'failed', refusal });
  }

  retry(clientId: string): void {
    const message = this.byClientId.get(clientId);
    if (message) Object.assign(message, { state: 'waiting', refusal: undefined });
  }
}
