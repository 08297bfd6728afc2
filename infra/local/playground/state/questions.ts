import { newId } from '../client/new-id.ts';
import type { Api } from '../client/rest/api.ts';
import type { Unsent } from './unsent.ts';

/** The user's questions to the assistant in a chat. */
export class Questions {
  /** Those that the assistant has not answered yet, each under a random key. */
  readonly pending = new Map<string, string>();
  private readonly api: Api;
  private readonly chatId: string;
  private readonly unsent: Unsent;
  private readonly onChange: () => void;

  constructor(api: Api, chatId: string, unsent: Unsent, onChange: () => void) {
    this.api = api;
    this.chatId = chatId;
    this.unsent = unsent;
    this.onChange = onChange;
  }

  /** Asks the assistant; the answer arrives as a message. A refused question returns to the message box. */
  async ask(question: string): Promise<void> {
    const key = newId();
    this.pending.set(key, question);
    this.onChange();
    try {
      await this.api.ask(this.chatId, question, this.unsent.idOfQuestion(question));
      this.unsent.answered(question);
    } catch (error) {
      this.unsent.putBack(question);
      throw error;
    } finally {
      this.pending.delete(key);
      this.onChange();
    }
  }
}
