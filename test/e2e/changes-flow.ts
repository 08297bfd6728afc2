import { expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import * as messages from '#shared/contract/messages/index.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { changedFrame } from '#shared/contract/websocket/live.ts';
import { syncedFrame } from '#shared/contract/websocket/sync.ts';
import { spread } from '#shared/data/connections/shards.ts';
import { ChatSocket, type Json } from '../support/api-client.ts';
import { password, type Somebody, type World } from './world.ts';

/** The changes in an order in which each has something to do; the deletion comes last. */
const changes: readonly [Endpoint, body?: object][] = [
  [messages.addReaction],
  [messages.pinMessage],
  [messages.unpinMessage],
  [messages.removeReaction],
  [messages.deleteMessage, { reason: 'Only trying' }],
];

const liveSocket = (w: World, chatId: string, { token }: Somebody) =>
  ChatSocket.openWith(w.runner.url, chatId, `token=${token}&events=1`);

/** Changes of messages over the wire. */
export function changesFlow(world: () => World): void {
  const paramsOf = ({ chatId, id }: Json) => ({ chatId, messageId: id, emoji: '#️⃣' });

  async function scene() {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = await w.newGroup(anna, boris);
    const write = async () =>
      (await w.do(sendMessage, boris, { params: { chatId }, body: { content: 'Helo' } })).message;
    return { w, anna, boris, chatId, write };
  }

  test('every change is heard by those who asked for live frames, in a small room despite dead connections', async () => {
    const { w, anna, boris, chatId, write } = await scene();
    const socket = await liveSocket(w, chatId, anna);
    const message = await write();
    expect(await socket.next()).toEqual(message);
    let rev = 0;
    const heard = async (changed: Json) => {
      const frame = z.parse(changedFrame, await socket.next());
      rev++;
      expect(frame).toEqual({ type: 'changed', chatId, rev, message: changed });
    };
    await w.staleConnection(chatId);
    const edit = { params: paramsOf(message), body: { content: 'Hello', mentions: [anna.id] } };
    await heard((await w.do(messages.editMessage, boris, edit)).message);
    for (const [endpoint, body] of changes) {
      await w.staleConnection(chatId);
      await heard((await w.do(endpoint, anna, { params: paramsOf(message), body })).message);
    }
    socket.send({ type: 'sync', after: 2, rev: 0 });
    const caughtUp = [await socket.next(), await socket.next()];
    expect(caughtUp[0]).toMatchObject({ type: 'changed', message: { deletedBy: anna.id } });
    expect(z.parse(syncedFrame, caughtUp[1])).toMatchObject({ seq: 2, rev: 0, head: rev });
    socket.close();
  });

  test('every change is heard in a large room', async () => {
    const { w, anna, boris, chatId, write } = await scene();
    await spread(chatId, 2);
    const socket = await liveSocket(w, chatId, anna);
    const message = await write();
    const heard = async (version: number) => {
      let frame = await socket.next();
      while (frame.message?.version !== version) frame = await socket.next();
      expect(frame).toMatchObject({ type: 'changed', rev: version });
    };
    await w.do(messages.editMessage, boris, { params: paramsOf(message), body: { content: 'Hello' } });
    await heard(1);
    for (const [n, [endpoint, body]] of changes.entries()) {
      await w.do(endpoint, anna, { params: paramsOf(message), body });
      await heard(n + 2);
    }
    socket.close();
  });

  test('an answer of the assistant is changed by its own id', async () => {
    const { w, anna, chatId } = await scene();
    const { message } = await w.do(askAssistant, anna, { body: { chatId, question: 'What do you say?' } });
    const ofAnswer = { params: paramsOf(message) };
    const refused = await w.ask(messages.editMessage, anna, { ...ofAnswer, body: { content: 'x' } });
    expect(refused.body.code).toBe('not_editable');
    await w.do(messages.addReaction, anna, ofAnswer);
    expect((await w.do(messages.listReactions, anna, ofAnswer)).reactions).toHaveLength(1);
    for (const [endpoint, body] of changes.slice(1)) await w.do(endpoint, anna, { ...ofAnswer, body });
    expect((await w.do(messages.getMessage, anna, ofAnswer)).message.metadata).not.toHaveProperty('question');
  });

  test('an admin deletes what a member wrote, but not what the owner wrote', async () => {
    const { w, anna, boris, chatId, write } = await scene();
    const vera = await w.register('Vera');
    await w.do(addMembers, anna, { params: { groupId: chatId }, body: { userIds: [vera.id] } });
    await w.do(setRole, anna, { params: { groupId: chatId, userId: vera.id }, body: { role: 'admin' } });
    const ofOwner = (await w.do(sendMessage, anna, { params: { chatId }, body: { content: 'Hi' } })).message;
    const refused = await w.ask(messages.deleteMessage, vera, { params: paramsOf(ofOwner), body: {} });
    expect(refused.body.code).toBe('role_too_low');
    const { message } = await w.do(messages.deleteMessage, vera, { params: paramsOf(await write()), body: {} });
    expect(message).toMatchObject({ userId: boris.id, deletedBy: vera.id });
  });

  test('the reactions of a deleted account go from all its chats', async () => {
    const { w, anna, boris } = await scene();
    const groups = [await w.newGroup(anna, boris), await w.newGroup(anna, boris)];
    const sent: Json[] = [];
    for (const { id: chatId } of groups) {
      const { message } = await w.do(sendMessage, anna, { params: { chatId }, body: { content: 'Hi' } });
      await w.do(messages.addReaction, boris, { params: paramsOf(message) });
      sent.push(message);
    }
    await w.do(deleteMe, boris, { body: { password } });
    for (const message of sent) {
      await vi.waitFor(async () => {
        const now = await w.do(messages.getMessage, anna, { params: paramsOf(message) });
        expect(now.message).not.toHaveProperty('reactions');
      });
    }
  });
}
