import type { Message } from '#shared/contract/chats/message.ts';
import type { FieldError } from '#shared/contract/problem.ts';
import type { ChangePage } from './change-cursor.ts';
import type { Refusal } from './outbox.ts';

/** The frames that this client understands. */
export type Frame =
  | { type: 'message'; chatId: string; message: Message }
  /** `rev` is there only live. */
  | { type: 'changed'; chatId: string; message: Message; rev: number | undefined }
  | SyncedFrame
  | { type: 'read'; chatId: string; userId: string; seq: number }
  | { type: 'typing'; chatId: string; userId: string }
  | { type: 'ai.delta'; chatId: string; messageId: string; delta: string }
  /** Something about a chat has changed for the user, such as that they are in it. */
  | { type: 'chat'; chatId: string }
  /** The user is no longer in a chat, or has removed it from their list. */
  | { type: 'chat.removed'; chatId: string }
  | { type: 'error'; chatId: string | undefined; clientId: string | undefined; refusal: Refusal }
  /** API Gateway's own, without a type: it throttled a frame or could not run its function, and does not say which. */
  | { type: 'unhandled' };

/** The end of the answer to a `sync`, or of a page of it. */
export interface SyncedFrame {
  type: 'synced';
  chatId: string;
  seq: number;
  /** There are more messages. */
  more: boolean;
  /** There is none in the answer to a `sync` without `rev`. */
  changes: ChangePage | undefined;
  /** The client has to begin anew. */
  reset: boolean;
}

/** Parses a frame, or returns undefined for one to ignore: a later version of the backend may send new types. */
export function readFrame(data: string): Frame | undefined {
  const frame = fieldsOf(data);
  const { type, chatId, clientId, message } = frame;
  if (type === 'error' && isText(frame.code))
    return { type, chatId: textIn(chatId), clientId: textIn(clientId), refusal: refusalOf(frame.code, frame) };
  if (type === undefined && isText(message) && isText(frame.connectionId)) return { type: 'unhandled' };
  return isText(chatId) ? readChatFrame(chatId, frame) : undefined;
}

function readChatFrame(chatId: string, frame: Fields): Frame | undefined {
  const { type, seq, userId, messageId, delta, message } = frame;
  if (type === 'synced' && isNumber(seq))
    return { type, chatId, seq, more: frame.more === true, changes: changesOf(frame), reset: frame.reset === true };
  if (type === 'changed')
    return isMessage(message) ? { type, chatId, message, rev: isNumber(frame.rev) ? frame.rev : undefined } : undefined;
  if (type === 'read' && isText(userId) && isNumber(seq)) return { type, chatId, userId, seq };
  if (type === 'typing' && isText(userId)) return { type, chatId, userId };
  if (type === 'ai.delta' && isText(messageId) && isText(delta)) return { type, chatId, messageId, delta };
  if (type === 'chat' || type === 'chat.removed') return { type, chatId };
  // A message of any type, new ones included: each has a number and a content to show.
  return isMessage(frame) ? { type: 'message', chatId, message: frame } : undefined;
}

/** A refusal from unchecked fields. */
export function refusalOf(code: string, { message, errors, retryAfter }: Fields): Refusal {
  return {
    code,
    message: isText(message) ? message : undefined,
    errors: Array.isArray(errors) ? errors.filter(isFieldError) : undefined,
    retryAfter: isNumber(retryAfter) ? retryAfter : undefined,
  };
}

function changesOf({ rev, head, next }: Fields): ChangePage | undefined {
  return isNumber(rev) && isNumber(head) ? { rev, head, next: isNumber(next) ? next : undefined } : undefined;
}

type Fields = Record<string, unknown>;

/** The fields of a JSON object; none if the text is anything else. */
export function fieldsOf(data: string): Fields {
  try {
    const json: unknown = JSON.parse(data);
    return { ...(typeof json === 'object' ? json : {}) };
  } catch {
    return {};
  }
}

export const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const textIn = (value: unknown) => (isText(value) ? value : undefined);
const isMessage = (frame: unknown): frame is Message => {
  const { seq, content } = { ...(frame as Fields | null) };
  return isNumber(seq) && isText(content);
};
const isFieldError = (error: unknown): error is FieldError => {
  const { path, message } = { ...(error as Fields | null) };
  return isText(path) && isText(message);
};
