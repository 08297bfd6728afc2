import type { Api } from '../rest/api.ts';
import { ApiProblem } from '../rest/api-problem.ts';
import type { Outbox, Refusal, Sent } from './outbox.ts';
import { Sender } from './sender.ts';

interface ClosedChatKey {
  chatId: string;
  userId: string;
  outbox: Outbox;
}

/** Sends over REST what the user wrote in a chat that is not open. */
export class ClosedChat {
  private readonly api: Api;
  private readonly chatId: string;
  private readonly onChange: () => void;
  private readonly sender: Sender;
  private busy = false;

  constructor(api: Api, key: ClosedChatKey, onChange: () => void) {
    this.api = api;
    this.chatId = key.chatId;
    this.onChange = onChange;
    this.sender = new Sender(key.outbox, {
      post: ({ type, ...draft }) => {
        // Somebody else may have signed in since.
        if (api.userId !== key.userId) return false;
        // The sender repeats a message without an answer: one request at a time is enough.
        if (!this.busy) void this.send(draft);
        return true;
      },
      onChange,
    });
  }

  /** Sends what waits, if its time has come. */
  transmit(): void {
    this.sender.transmit();
  }

  stop(): void {
    this.sender.stop();
  }

  private async send(draft: Sent): Promise<void> {
    this.busy = true;
    try {
      await this.api.sendMessage(this.chatId, draft);
      this.busy = false;
      this.sender.remove([draft.clientId]);
      this.onChange();
    } catch (error) {
      this.busy = false;
      this.sender.refused(draft.clientId, refusalOf(error));
    }
  }
}

/** The backend's refusal of the message. No answer, a firewall's refusal and the end of a session pass with time. */
function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ApiProblem)) return { code: 'unavailable' };
  const { fromBackend, status, code, message, errors, retryAfter } = error;
  return fromBackend && status !== 401 ? { code, message, errors, retryAfter } : { code: 'unavailable', retryAfter };
}
