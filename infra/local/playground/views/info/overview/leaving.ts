import { successorIn } from '../../../state/open/group-rights.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { isolated } from '../../../texts/fill.ts';
import { isInChat, leaveChat } from '../../address.ts';
import type { AppContext } from '../../context.ts';
import { askToConfirm } from '../../parts/sheets/dialog.tsx';

/** Leaves the group if the user agrees to what becomes of it. */
export async function leaveGroup(open: OpenChat, app: AppContext): Promise<void> {
  const { texts, attempt } = app;
  const { chat, members } = open;
  await attempt(async () => {
    const role = () => open.roleOf(open.userId);
    if (role() === undefined) await members.load(chat);
    // Any of them may be the next owner.
    if (role() === 'owner') await members.loadAll(chat);
    const isOwner = role() === 'owner';
    const successor = isOwner ? successorIn(open) : undefined;
    const { leaveQuestion, leaveToQuestion, leaveLastQuestion, leaveVerb: verb } = texts.info;
    const isLast = open.chat.participantIds.length === 1;
    const question = successor ? leaveToQuestion(isolated(successor.name)) : isLast ? leaveLastQuestion : leaveQuestion;
    await confirmAndGo(question, verb, chat.id, app);
  });
}

/** Takes a direct chat out of the user's list. */
export async function hideChat({ chat }: OpenChat, app: AppContext): Promise<void> {
  const { texts, attempt } = app;
  const { hideQuestion, hideVerb } = texts.info;
  await attempt(() => confirmAndGo(hideQuestion, hideVerb, chat.id, app));
}

async function confirmAndGo(question: string, verb: string, chatId: string, { api, texts }: AppContext): Promise<void> {
  if (!(await askToConfirm({ question, verb, texts, isDangerous: true }))) return;
  await api.chats.leave(chatId);
  // The user may have opened another chat meanwhile.
  if (isInChat(chatId)) leaveChat();
}
