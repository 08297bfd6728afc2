import type { Message } from '#shared/contract/chats/message.ts';

/** The frames that this client understands. */
export type Frame =
  | { type: 'message'; message: Message }
  | { type: 'synced'; seq: number; more: boolean }
  | { type: 'read'; userId: string; seq: number }
  | { type: 'ai.delta'; messageId: string; delta: string }
  | { type: 'error'; code: string; clientId: string | undefined }
  /** API Gateway's own, without a type: it throttled a frame or could not run its function, and does not say which. */
  | { type: 'unhandled' };

/** Parses a frame, or returns undefined for one to ignore: a later version of the backend may send new types. */
export function readFrame(data: string): Frame | undefined {
  const frame = fieldsOf(data);
  const { type, seq, userId, messageId, delta, code, clientId } = frame;
  if (type === 'synced' && isNumber(seq)) return { type, seq, more: frame.more === true };
  if (type === 'read' && isText(userId) && isNumber(seq)) return { type, userId, seq };
  if (type === 'ai.delta' && isText(messageId) && isText(delta)) return { type, messageId, delta };
  if (type === 'error' && isText(code)) return { type, code, clientId: isText(clientId) ? clientId : undefined };
  if (type === undefined && isText(frame.message) && isText(frame.connectionId)) return { type: 'unhandled' };
  // A message of any type, new ones included: each has a number and a content to show.
  return isMessage(frame) ? { type: 'message', message: frame } : undefined;
}

type Fields = Record<string, unknown>;

function fieldsOf(data: string): Fields {
  try {
    const json: unknown = JSON.parse(data);
    return { ...(typeof json === 'object' ? json : {}) };
  } catch {
    return {};
  }
}

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const isMessage = (frame: unknown): frame is Message => {
  const { seq, content } = frame as Fields;
  return isNumber(seq) && isText(content);
};
