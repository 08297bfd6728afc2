import { toMessages } from '#shared/chats/messages/messages.ts';
import { storeSystemMessage } from '#shared/chats/messages/system-messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import type { announce as announcement, lockChat } from '#shared/contract/operator/chats.ts';
import type { AnswerOf, InputOf } from '#shared/contract/operator/command.ts';
import { getChatsAlone } from '#shared/data/chats/chats.ts';
import { setLock, storeAnnouncement } from '#shared/data/chats/locks.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import { getPostingRules } from '#shared/data/chats/posting.ts';
import { Problem } from '#shared/platform/problem.ts';

type About = InputOf<typeof lockChat>;

/** Throws `chat_not_found`. */
export const lock = ({ chatId }: About) => setLocked(chatId, 'locked');

/** Throws `chat_not_found`. */
export const unlock = ({ chatId }: About) => setLocked(chatId, 'unlocked');

/** The system message about it tells the clients of the participants, too. */
async function setLocked(chatId: string, event: 'locked' | 'unlocked'): Promise<AnswerOf<typeof lockChat>> {
  const [chat] = await getChatsAlone([chatId]);
  if (!chat) throw new Problem('chat_not_found');
  if ((chat.lockedAt !== undefined) !== (event === 'locked')) await report({ chatId, event }, setLock);
  const { lockedAt } = await getPostingRules(chatId);
  // Closed meanwhile by its last participant.
  if (event === 'locked' && lockedAt === undefined) throw new Problem('chat_not_found');
  return { chatId, ...(lockedAt && { lockedAt }) };
}

/** Throws `chat_not_found`. */
export async function announce({ chatId, text }: InputOf<typeof announcement>): Promise<AnswerOf<typeof announcement>> {
  const stored = await report({ chatId, event: 'announced', text }, storeAnnouncement);
  const [message] = await toMessages([stored]);
  return { message: message as Message };
}

async function report(
  about: Pick<StoredMessage, 'chatId' | 'text'> & { event: 'locked' | 'unlocked' | 'announced' },
  store: (message: StoredMessage) => Promise<string | undefined>,
): Promise<StoredMessage> {
  let stored: StoredMessage | undefined;
  const keep = (message: StoredMessage) => {
    stored = message;
    return store(message);
  };
  await storeSystemMessage({ ...about, userId: operatorId }, keep).catch((error) => {
    // The operator is no participant of any chat: this one is gone.
    throw error instanceof Problem && error.code === 'not_a_participant' ? new Problem('chat_not_found') : error;
  });
  return stored as StoredMessage;
}
