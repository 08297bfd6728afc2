import { sendMessage } from '#shared/contract/chats/send-message.ts';
import {
  addReaction,
  deleteMessage,
  editMessage,
  pinMessage,
  removeReaction,
  unpinMessage,
} from '#shared/contract/messages/index.ts';
import { listEntries } from '#shared/data/changes/log.ts';
import { call } from './call.ts';
import type { Person } from './people.ts';

type Caller = Pick<Person, 'token'>;

/** A message that was sent. */
export interface Sent {
  id: string;
  chatId: string;
  seq: number;
}

/** Sends a message and returns it. */
export async function sent(person: Caller, chatId: string, content = 'hi', more: object = {}): Promise<Sent> {
  const { body } = await call(sendMessage, person, { params: { chatId }, body: { content, ...more } });
  return body.message;
}

const paramsOf = ({ chatId, id }: Sent) => ({ chatId, messageId: id });

export const edit = (person: Caller, message: Sent, content: string, more: object = {}) =>
  call(editMessage, person, { params: paramsOf(message), body: { content, ...more } });

export const remove = (person: Caller, message: Sent, body: object = {}) =>
  call(deleteMessage, person, { params: paramsOf(message), body });

export const react = (person: Caller, message: Sent, emoji: string) =>
  call(addReaction, person, { params: { ...paramsOf(message), emoji } });

export const unreact = (person: Caller, message: Sent, emoji: string) =>
  call(removeReaction, person, { params: { ...paramsOf(message), emoji } });

export const pin = (person: Caller, message: Sent) => call(pinMessage, person, { params: paramsOf(message) });

export const unpin = (person: Caller, message: Sent) => call(unpinMessage, person, { params: paramsOf(message) });

/** The entries of a chat's log: what was changed under which number. */
export async function changesOf(chatId: string): Promise<{ rev: number; seq: number; kind: string }[]> {
  const entries = await listEntries(chatId, { limit: 1000 });
  return entries.map(({ rev, seq, kind }) => ({ rev, seq, kind }));
}
