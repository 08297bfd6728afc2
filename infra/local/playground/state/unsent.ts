import { Outbox } from '../client/outbox.ts';

/** What the user has written in a chat and not sent yet. It is kept until they sign out. */
export class Unsent {
  readonly outbox = new Outbox();
  /** The text in the message box. */
  text = '';
}
