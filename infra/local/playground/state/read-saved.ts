import type { Quote } from '#shared/contract/chats/message.ts';
import { isFileType } from '../client/files/file-types.ts';
import type { OutgoingFile } from '../client/files/outgoing-file.ts';
import { fieldsOf, isText, refusalOf } from '../client/realtime/frames.ts';
import type { Addressed, Outgoing } from '../client/realtime/outbox.ts';
import type { DraftAddress, Named } from './mentions.ts';

/** Reads what the browser's storage has kept: it may be of an earlier version of this page, or damaged. */

export interface SavedMessage {
  chatId: string;
  /** The id of the tab that sends it, or that did before it was closed. */
  tab: string;
  message: Outgoing;
}

type Fields = Record<string, unknown>;

/** Returns undefined for a message that cannot be read. */
export function readMessage(clientId: string, json: string): SavedMessage | undefined {
  const fields = fieldsOf(json);
  const { chatId, tab, content, writtenAt, sendUntil } = fields;
  if (!isText(chatId) || !isText(content) || !isTime(writtenAt) || !isTime(sendUntil)) return undefined;
  const { code, ...details } = inside(fields.refusal);
  const refusal = isText(code) ? refusalOf(code, details) : undefined;
  const state = refusal ? 'failed' : 'waiting';
  const files = Array.isArray(fields.files) ? fields.files.flatMap((file) => readFile(file) ?? []) : undefined;
  return {
    chatId,
    tab: isText(tab) ? tab : '',
    message: { ...readAddressed(fields), clientId, content, files, writtenAt, sendUntil, state, refusal },
  };
}

/** Reads what a text in the message box replies to and whom it may mention; nothing if it cannot be read. */
export function readDraftAddress(json: string): DraftAddress {
  const { replyTo, chosen } = fieldsOf(json);
  return { replyTo: readQuote(replyTo), chosen: Array.isArray(chosen) ? chosen.filter(isNamed) : [] };
}

function readAddressed({ replyTo, mentions, everyone }: Fields): Addressed {
  const quote = readQuote(replyTo);
  return {
    ...(quote && { replyTo: quote }),
    ...(Array.isArray(mentions) && { mentions: mentions.filter(isText) }),
    ...(everyone === true && { everyone }),
  };
}

/** What a row shows of a file whose bytes are gone, and its id if it was uploaded. */
function readFile(value: unknown): OutgoingFile | undefined {
  const { name, mimeType, size, fileId } = inside(value);
  if (!isText(name) || !isFileType(mimeType) || !isNumber(size)) return undefined;
  return { name, mimeType, size, fileId: isText(fileId) ? fileId : undefined };
}

function readQuote(value: unknown): Quote | undefined {
  const { messageId, seq, version, userId, userName, content, type } = inside(value);
  if (!isText(messageId) || !isNumber(seq) || !isNumber(version) || !isText(userId)) return undefined;
  if (!isText(userName) || !isText(content) || !isType(type)) return undefined;
  return { messageId, seq, version, userId, userName, content, type };
}

const inside = (value: unknown): Fields => ({ ...(typeof value === 'object' ? value : {}) });
const isNumber = (value: unknown) => typeof value === 'number';
const isTime = (value: unknown): value is number => Number.isSafeInteger(value);
const isType = (type: unknown): type is Quote['type'] => type === 'text' || type === 'ai' || type === 'system';
const isNamed = (value: unknown): value is Named => {
  const { id, name } = inside(value);
  return isText(id) && isText(name);
};
