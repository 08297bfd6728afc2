import type { StoredMessage } from '#shared/data/chats/messages.ts';

/**
 * A message's id holds its chat and number, so that the message can be found by it. Only an answer of the assistant has its
 * id before its number, because it is shown while it is being written.
 */
export const idOf = ({ chatId, seq, type, clientId }: StoredMessage): string =>
  type === 'ai' && clientId !== undefined ? clientId : `${chatId}-${seq}`;

/** The number of the message with this id in this chat; undefined for an id of another form or chat. */
export function seqOf(chatId: string, id: string): number | undefined {
  const seq = id.startsWith(`${chatId}-`) ? id.slice(chatId.length + 1) : '';
  return /^[1-9]\d{0,11}$/.test(seq) ? Number(seq) : undefined;
}
