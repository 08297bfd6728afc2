import type { Message } from '#shared/contract/chats/message.ts';
import type { StoredMessage, SystemMessage } from '#shared/data/chats/messages.ts';
import { forgetLeaving, type Numbering } from '#shared/data/chats/numbers.ts';
import { deliverToChat } from '#shared/delivery/to-chat.ts';
import { namesOf } from '#shared/people/display-names.ts';
import { peopleIn, toMessages } from './messages.ts';
import { nextNumber } from './next-number.ts';

type About = { chatId: string; userId: string } & SystemMessage;

/**
 * Changes a chat together with the system message that reports the change: `store` writes both or neither, and returns
 * its refusal if neither. Then delivers the message. Throws `not_a_participant` if the chat is gone, and `blocked`.
 */
export async function storeSystemMessage<Refusal>(
  about: About,
  store: (message: StoredMessage) => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  // Names are read before the number is taken, and the frame is made before it is stored: nothing may fail after that.
  await namesOf(peopleIn([about]));
  const numbering = numberingOf(about);
  const seq = await nextNumber(about.chatId, numbering);
  const message: StoredMessage = { ...about, seq, type: 'system', createdAt: new Date().toISOString() };
  const [frame] = await toMessages([message]);
  const refusal = await store(message);
  if (refusal === undefined) await deliverToChat(frame as Message);
  else if (numbering.leaving !== undefined) await forgetLeaving(about.chatId, numbering.leaving);
  return refusal;
}

function numberingOf({ event, userId, memberIds = [] }: About): Numbering {
  if (event === 'left') return { userId, leaving: userId };
  if (event === 'removed') return { userId, leaving: memberIds[0] };
  if (event === 'joined') return { userId, joining: [userId] };
  if (event === 'added') return { userId, joining: memberIds };
  return { userId };
}
