import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';

export const askAbout = (person: Person, chatId: string, question = 'What now?', clientId?: string) =>
  call(askAssistant, person, { body: { chatId, question, ...(clientId !== undefined && { clientId }) } });

export const say = (person: Person, chatId: string, content: string) =>
  call(sendMessage, person, { params: { chatId }, body: { content } });

export const history = async (person: Person, chatId: string): Promise<Json[]> =>
  (await call(listMessages, person, { params: { chatId } })).body.messages;

export async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}
