import { newId } from '../client/new-id.ts';
import { Outbox } from '../client/realtime/outbox.ts';
import type { SavedUnsent } from './saved-unsent.ts';

/** What the user has written in a chat and not sent yet. It is kept until they sign out. */
export class Unsent {
  readonly outbox: Outbox;
  private readonly chatId: string;
  private readonly saved: SavedUnsent;
  private draft: string;
  /** The clientIds of questions without an answer, by their text: a question that is asked again must not be paid for twice. */
  private readonly questionIds = new Map<string, string>();

  constructor(chatId: string, saved: SavedUnsent) {
    this.chatId = chatId;
    this.saved = saved;
    this.draft = saved.draft(chatId);
    this.outbox = new Outbox({
      save: (message) => saved.saveMessage(chatId, message),
      remove: (clientId) => saved.removeMessage(clientId),
    });
  }

  /** The text in the message box. */
  get text(): string {
    return this.draft;
  }

  set text(text: string) {
    this.draft = text;
    this.saved.saveDraft(this.chatId, text);
  }

  /** The same id for the same question until it is answered. */
  idOfQuestion(question: string): string {
    const clientId = this.questionIds.get(question) ?? newId();
    this.questionIds.set(question, clientId);
    return clientId;
  }

  answered(question: string): void {
    this.questionIds.delete(question);
  }

  /** Puts a question back, above what the user has typed meanwhile. */
  putBack(question: string): void {
    this.text = this.text ? `${question}\n${this.text}` : question;
  }
}
