import type { Quote } from '#shared/contract/chats/message.ts';
import { newId } from '../client/new-id.ts';
import { type Addressed, Outbox } from '../client/realtime/outbox.ts';
import type { Edit } from './changes/editing.ts';
import { type DraftAddress, mentionsIn, type Named } from './mentions.ts';
import type { SavedUnsent } from './saved-unsent.ts';
import { Tray } from './tray.ts';

/** What the user has written in a chat and not sent yet. It is kept until they sign out. */
export class Unsent {
  readonly outbox: Outbox;
  /** The files that go with the text. They do not outlive the page. */
  readonly tray = new Tray();
  /** The edit in the message box. It does not outlive the page. */
  edit: Edit | undefined;
  private readonly chatId: string;
  private readonly saved: SavedUnsent;
  private draft: string;
  private address: DraftAddress;
  /** The clientIds of questions without an answer, by their text: a question that is asked again must not be paid for twice. */
  private readonly questionIds = new Map<string, string>();

  constructor(chatId: string, saved: SavedUnsent) {
    this.chatId = chatId;
    this.saved = saved;
    this.draft = saved.draft(chatId);
    this.address = saved.draftAddress(chatId);
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
    if (!text) this.addressed({ ...this.address, chosen: [] });
  }

  /** Whether there is a text or a file in the message box. */
  get hasDraft(): boolean {
    return this.draft.trim() !== '' || this.tray.chosen.length > 0;
  }

  /** The message that the text replies to. */
  get replyTo(): Quote | undefined {
    return this.address.replyTo;
  }

  set replyTo(replyTo: Quote | undefined) {
    this.addressed({ ...this.address, replyTo });
  }

  /** Somebody was chosen from the list of members. They are mentioned while their name is in the text. */
  mention(named: Named): void {
    const { chosen } = this.address;
    if (!chosen.some(({ id, name }) => id === named.id && name === named.name))
      this.addressed({ ...this.address, chosen: [...chosen, named] });
  }

  /** Empties the message box. Returns what a message with its text says besides. */
  takeAddress(): Addressed {
    const { replyTo, chosen } = this.address;
    const addressed = { replyTo, ...mentionsIn(this.text, chosen) };
    this.text = '';
    this.addressed({ chosen: [] });
    return addressed;
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

  private addressed(address: DraftAddress): void {
    this.address = address;
    this.saved.saveDraftAddress(this.chatId, address);
  }
}
