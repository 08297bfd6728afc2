import type { Message } from '#shared/contract/chats/message.ts';
import type { FieldError } from '#shared/contract/problem.ts';
import type { ChangePage } from './change-cursor.ts';
import type { Refusal } from './outbox.ts';

/** The frames that this client understands. */
export type Frame =
  | { type: 'message'; message: Message }
  /** `rev` is there only live. */
  | { type: 'changed'; message: Message; rev: number | undefined }
  | SyncedFrame
  | { type: 'read'; userId: string; seq: number }
  | { type: 'ai.delta'; messageId: string; delta: string }
  | { type: 'error'; clientId: string | undefined; refusal: Refusal }
  /** API Gateway's own, without a type: it throttled a frame or could not run its function, and does not say which. */
  | { type: 'unhandled' };

/** The end of the answer to a `sync`, or of a page of it. */
export interface SyncedFrame {
  type: 'synced';
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
  const { type, seq, userId, messageId, delta, clientId } = frame;
  if (type === 'synced' && isNumber(seq))
    return { type, seq, more: frame.more === true, changes: changesOf(frame), reset: frame.reset === true };
  if (type === 'changed')
    return isMessage(frame.message)
      ? { type, message: frame.message, rev: isNumber(frame.rev) ? frame.rev : undefined }
      : undefined;
  if (type === 'read' && isText(userId) && isNumber(seq)) return { type, userId, seq };
  if (type === 'ai.delta' && isText(messageId) && isText(delta)) return { type, messageId, delta };
  if (type === 'error' && isText(frame.code))
    return { type, clientId: isText(clientId) ? clientId : undefined, refusal: refusalOf(frame.code, frame) };
  if (type === undefined && isText(frame.message) && isText(frame.connectionId)) return { type: 'unhandled' };
  // A message of any type, new ones included: each has a number and a content to show.
  return isMessage(frame) ? { type: 'message', message: frame } : undefined;
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
const isMessage = (frame: unknown): frame is Message => {
  const { seq, content } = { ...(frame as Fields | null) };
  return isNumber(seq) && isText(content);
};
const isFieldError = (error: unknown): error is FieldError => {
  const { path, message } = { ...(error as Fields | null) };
  return isText(path) && isText(message);
};
