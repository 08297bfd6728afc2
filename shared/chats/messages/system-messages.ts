import type { Message } from '#shared/contract/chats/message.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import { getMembership } from '#shared/data/chats/memberships.ts';
import type { StoredMessage, SystemMessage } from '#shared/data/chats/messages.ts';
import { forgetRecords, leavingRecord, type Numbering, recordGap } from '#shared/data/chats/numbers.ts';
import { recordOwn } from '#shared/data/chats/read-marks.ts';
import { deliverToChat } from '#shared/delivery/to-chat.ts';
import { namesOf } from '#shared/people/display-names.ts';
import { requireMayWrite } from '../access.ts';
import { readAuthor } from './author.ts';
import { toMessages } from './messages.ts';
import { nextNumber } from './next-number.ts';

type About = { chatId: string; userId: string } & SystemMessage;

/**
 * Changes a chat together with the system message that reports the change: `store` writes both or neither, and returns
 * its refusal if neither. Then delivers the message. Throws `not_a_participant` if the chat is gone, `blocked`,
 * `chat_locked`, `suspended`, `too_many_requests`, and `unavailable` while the same user is being removed by another request.
 */
export async function storeSystemMessage<Refusal>(
  about: About,
  store: (message: StoredMessage) => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  const { chatId } = about;
  const numbering = numberingOf(about);
  // Names are read before the number is taken, and the frame is made before it is stored: nothing may fail after that.
  const [author] = await Promise.all([
    // Who joins has just been read.
    about.event === 'joined' ? undefined : readAuthor(about.userId),
    namesOf(about.memberIds ?? []),
  ]);
  if (author && !numbering.leaving && !numbering.byOperator) requireMayWrite(author);
  const { seq, at, records } = await nextNumber(chatId, numbering);
  const message: StoredMessage = { ...about, seq, type: 'system', createdAt: at };
  const causer = { userId: about.userId, chatId, readSeq: seq - 1 };
  let stored = false;
  try {
    const [frame] = await toMessages([message]);
    const refusal = await store(message);
    if (refusal !== undefined) {
      await recordGap(chatId, seq);
      return refusal;
    }
    stored = true;
    await forgetRecords(chatId, records);
    // Not beside the store, whose transaction may check the same membership.
    await Promise.all([deliverToChat(frame as Message), isStaying(about) && recordOwn(causer, seq)]);
    return undefined;
  } finally {
    if (!stored && numbering.leaving) await forgetIfStaying(chatId, numbering.leaving);
  }
}

/** Whether the user who caused it was a participant before, and still is. Who joins starts with its number as read. */
const isStaying = ({ event, userId }: About) => event !== 'joined' && event !== 'left' && userId !== operatorId;

/** A user whose leaving was refused, or failed, goes on writing. */
async function forgetIfStaying(chatId: string, { userId, at }: { userId: string; at: number }): Promise<void> {
  if (await getMembership(userId, chatId)) await forgetRecords(chatId, leavingRecord(userId, at));
}

function numberingOf({ event, userId, memberIds = [] }: About): Numbering {
  const at = Date.now();
  if (event === 'left') return { userId, leaving: { userId, at } };
  if (event === 'removed') return { userId, leaving: { userId: memberIds[0] ?? '', at } };
  if (event === 'joined') return { userId, joining: [userId] };
  if (event === 'added') return { userId, joining: memberIds };
  return userId === operatorId ? { userId, byOperator: true } : { userId };
}
