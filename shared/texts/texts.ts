import type { Message } from '#shared/contract/chats/message.ts';

type Metadata = NonNullable<Message['metadata']>;

/** What a system message is worded from. The names are those to show, and may be in any script. */
export interface About {
  /** Who did it. */
  who: string;
  /** Whom it was done to, separated by commas; in "left", the new owner or nothing. */
  members: string;
  /** The group's new name. */
  name: string;
  role: NonNullable<Metadata['role']>;
  meetUrl: string;
  /** What the operator announces. */
  text: string;
  /** Who may write from now on, if that has changed. */
  posting?: Metadata['posting'];
  /** How long a member waits between two messages, 0 for not at all, if that has changed. */
  slowModeSeconds?: Metadata['slowModeSeconds'];
}

/** Every text that the server makes and a user reads, in one language. Problems and log lines are for developers, and English. */
export interface Texts {
  /** The author of the assistant's messages. */
  assistant: string;
  /** The author of the operator's announcements. */
  operator: string;
  /** The name of somebody whose account is gone. */
  deletedUser: string;
  /** The name of an account that has chosen none, with the first characters of its id. */
  nameless: (id: string) => string;
  /** The content of a message that was deleted. */
  messageDeleted: string;
  /** A session of a client that did not say what it is. */
  unknownDevice: string;
  /** Replaces a meeting link in an assistant's answer that is not one of ours. */
  linkRemoved: string;
  /** The text message with a one-time code. Its maximum is one segment, because each segment is paid for. */
  codeMessage: (code: string) => string;
  /** The content of a message with files and without a text, by the kind of the first file. */
  placeholders: Record<NonNullable<Metadata['placeholder']>, string>;
  /** The text of each system message. */
  events: Record<NonNullable<Metadata['event']>, (about: About) => string>;
}
