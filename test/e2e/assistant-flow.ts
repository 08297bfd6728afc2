import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { linkGoogle } from '#shared/contract/google/link-google.ts';
import { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import { aiDeltaFrame } from '#shared/contract/websocket/index.ts';
import { ChatSocket } from '../support/api-client.ts';
import type { World } from './world.ts';

/** The assistant over the wire, by the runner's stand-in for OpenAI. */
export function assistantFlow(world: () => World): void {
  test('the assistant answers: one reader sees the answer while it is written, the other when it is complete', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = await w.newGroup(anna, boris);
    const watching = await ChatSocket.openWith(w.runner.url, chatId, `token=${anna.token}&events=1`);
    const plain = await ChatSocket.open(w.runner.url, chatId, boris.token);
    await w.do(sendMessage, anna, { params: { chatId }, body: { content: 'Hills or lake?' } });
    const sent = [await watching.next(), await plain.next()];
    expect(sent[0]).toEqual(sent[1]);

    await w.staleConnection(chatId);
    const { message } = await w.do(askAssistant, anna, { body: { chatId, question: 'What do you say?' } });
    expect(message).toMatchObject({ type: 'ai', metadata: { question: 'What do you say?', askedBy: anna.id } });
    let frame = await watching.next();
    expect(z.parse(aiDeltaFrame, frame).messageId).toBe(message.id);
    while (frame.type === 'ai.delta') frame = await watching.next();
    expect(frame).toEqual(message);
    expect(await plain.next()).toEqual(message);

    const meeting = await w.do(askAssistant, boris, { body: { chatId, question: 'Может, созвонимся?' } });
    expect(meeting.message).toMatchObject({
      content: expect.stringContaining('созвонимся'),
      metadata: { suggestMeet: true },
    });
    const { suggestions } = await w.do(listSuggestions, boris, { query: `chatId=${chatId}` });
    expect(suggestions).toHaveLength(3);
    watching.close();
    plain.close();
  });

  test('links Google, opens meetings, also through the assistant, and unlinks Google', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const { id: chatId } = await w.newGroup(anna);
    expect((await w.ask(createMeeting, anna, { body: {} })).body.code).toBe('google_not_linked');
    await w.do(linkGoogle, anna, { body: { token: '4/a-server-auth-code' } });
    await w.do(linkGoogle, anna, { body: { token: 'ya29.an-access-token' } });
    w.secrets.push('4/a-server-auth-code', 'ya29.', '1//');
    const socket = await ChatSocket.open(w.runner.url, chatId, anna.token);
    await w.staleConnection(chatId);
    const { meetUrl } = await w.do(createMeeting, anna, { body: { chatId } });
    expect(await socket.next()).toMatchObject({ type: 'system', metadata: { event: 'meeting', meetUrl } });
    const body = { chatId, question: 'Open a meeting now', clientId: 'meeting' };
    const { message } = await w.do(askAssistant, anna, { body });
    expect(message.metadata.meetUrl).toMatch(/^https:\/\/meet\.google\.com\//);
    expect((await w.do(askAssistant, anna, { body })).message).toEqual(message);
    socket.close();
    await w.do(unlinkGoogle, anna);
    expect((await w.ask(createMeeting, anna, { body: {} })).body.code).toBe('google_not_linked');
  });
}
