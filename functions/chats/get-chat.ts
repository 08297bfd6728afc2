import { toChats } from '#shared/chats/list.ts';
import { getChat } from '#shared/contract/chats/get-chat.ts';
import { getReadState } from '#shared/data/chats/read-marks.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(getChat, async ({ userId, params: { chatId } }) => {
  const { membership, chat: stored } = await getReadState(userId, chatId);
  const [chat] = membership && stored ? await toChats(userId, [membership], [stored]) : [];
  if (!chat) throw new Problem('not_a_participant');
  return { chat };
});
