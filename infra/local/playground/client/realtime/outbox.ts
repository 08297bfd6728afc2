import type { Draft } from '#shared/contract/chats/draft.ts';
import type { Quote } from '#shared/contract/chats/message.ts';
import type { FieldError } from '#shared/contract/problem.ts';
import type { OutgoingFile } from '../files/outgoing-file.ts';
import { newId } from '../new-id.ts';
import { times } from './times.ts';

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

/** What a message replies to, as it was when the user chose it, and whom it mentions. */
export interface Addressed {
  replyTo?: Quote | undefined;
  mentions?: string[] | undefined;
  everyone?: true | undefined;
}

/** The user's own message before it is stored in the chat. */
export interface Outgoing extends Addressed {
  /** The same on every try, so that the message is stored only once. */
  clientId: string;
  content: string;
  /** Its files in the order in which they are shown. The message waits until they are uploaded. */
  files?: OutgoingFile[] | undefined;
  /** Milliseconds since the epoch; always later than the previous message, so that sorting by it restores the order. */
  writtenAt: number;
  /** Until when it is sent by itself, in milliseconds since the epoch. */
  sendUntil: number;
  /** It waits for the message before, for the connection, or for the next try. */
  state: 'waiting' | 'sending' | 'failed';
  /** Why a failed message was refused. */
  refusal?: Refusal | undefined;
}

/** What the server gets of a message. */
export const draftOf = ({ content, files, clientId, replyTo, mentions, everyone }: Outgoing): Sent => ({
  content,
  fileIds: files?.flatMap(({ fileId }) => fileId ?? []),
  clientId,
  replyToId: replyTo?.messageId,
  mentions,
  everyone,
});

export type Sent = Draft & { clientId: string };

/** Keeps messages between starts; on a phone this is a database or its preferences. It must not throw. */
export interface OutgoingStore {
  save(message: Outgoing): void;
  remove(clientId: string): void;
}

/** The user's messages on their way. Each waits for the one before, which keeps their order. */
export class Outbox {
  private readonly byClientId = new Map<string, Outgoing>();
  private readonly store: OutgoingStore | undefined;

  constructor(store?: OutgoingStore) {
    this.store = store;
  }

  get all(): Outgoing[] {
    return [...this.byClientId.values()];
  }

  has(clientId: string): boolean {
    return this.byClientId.has(clientId);
  }

  /** The message to send now. */
  get next(): Outgoing | undefined {
    return this.all.find(({ state }) => state !== 'failed');
  }

  /** Takes a message back that was kept. */
  restore(message: Outgoing): void {
    this.put(message);
  }

  add(content: string, addressed: Addressed = {}, files?: OutgoingFile[]): void {
    const now = Date.now();
    // Also when the clock is set back.
    const writtenAt = Math.max(now, (this.all.at(-1)?.writtenAt ?? 0) + 1);
    const sendUntil = now + times.unsent;
    this.put({ ...addressed, clientId: newId(), content, files, writtenAt, sendUntil, state: 'waiting' });
  }

  /** Says whether the message is on its way. */
  mark(clientId: string, state: 'waiting' | 'sending'): void {
    const message = this.byClientId.get(clientId);
    if (message) message.state = state;
  }

  /** The files of the message are uploaded: their ids outlive the page. */
  uploaded(clientId: string): void {
    const message = this.byClientId.get(clientId);
    if (message) this.store?.save(message);
  }

  /** The page shows the messages no more. */
  release(): void {
    for (const message of this.all) releaseFiles(message);
  }

  /** The message is in the chat now, or the user has deleted it. */
  remove(clientId: string): void {
    releaseFiles(this.byClientId.get(clientId));
    if (this.byClientId.delete(clientId)) this.store?.remove(clientId);
  }

  fail(clientId: string, refusal: Refusal): void {
    const message = this.byClientId.get(clientId);
    if (!message) return;
    const failed: Outgoing = { ...message, state: 'failed', refusal };
    this.byClientId.set(clientId, failed);
    // Over plain HTTP, another tab may have the files.
    if (refusal.code !== 'files_lost') this.store?.save(failed);
  }

  retry(clientId: string): void {
    const message = this.byClientId.get(clientId);
    if (!message) return;
    if (message.refusal?.code === 'file_refused') for (const file of message.files ?? []) forgetUpload(file);
    this.put({ ...message, state: 'waiting', refusal: undefined, sendUntil: Date.now() + times.unsent });
  }

  private put(message: Outgoing): void {
    this.byClientId.set(message.clientId, message);
    this.store?.save(message);
  }
}

const releaseFiles = ({ files = [] }: Pick<Outgoing, 'files'> = {}): void => {
  for (const { local } of files) local?.release();
};

/** The server does not take this upload: the file has to be uploaded anew. */
function forgetUpload(file: OutgoingFile): void {
  file.fileId = undefined;
  file.loaded = undefined;
  if (file.local) file.local.announced = undefined;
}
