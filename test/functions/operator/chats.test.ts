import { describe, expect, test } from 'vitest';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { getChatsAlone } from '#shared/data/chats/chats.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import { call } from '../../support/call.ts';
import { changesOf, edit, pin, react, remove, sent } from '../../support/changes.ts';
import { takeFileEvents, uploaded } from '../../support/files.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { operate } from '../../support/operator.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { found } from './found.ts';

const locked = { status: 403, body: { code: 'chat_locked' } };
const reason = 'Illegal content';

const say = (person: Person, chatId: string, more: object = {}) =>
  call(sendMessage, person, { params: { chatId }, body: { content: 'Hi', ...more } });

describe('a message', () => {
  test('is removed for everybody, with its files, and says that the operator did it', async () => {
    const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
    const { id: chatId } = await newGroup(anna, boris);
    const message = await sent(anna, chatId, 'illegal', { fileIds: [await uploaded(anna)] });
    takeFileEvents();
    const socket = await connect(boris, chatId, { events: '1' });
    const { status, body } = await operate('remove-message', { messageId: message.id, reason });
    expect(status).toBe(200);
    expect(body.message).toMatchObject({ id: message.id, deletedBy: 'operator', deletedAt: expect.any(String) });
    const now = await found(boris, message);
    expect(now).toMatchObject({ deletedBy: 'operator', version: 1 });
    expect(now.reason ?? now.attachments).toBeUndefined();
    expect(now.content).not.toContain('illegal');
    expect(takeFileEvents()).toMatchObject([{ chatId, seq: message.seq }]);
    expect(await changesOf(chatId)).toMatchObject([{ seq: message.seq, kind: 'delete' }]);
    expect(standIn.received(socket)).toMatchObject([{ type: 'changed', rev: 1, message: { deletedBy: 'operator' } }]);
    expect((await operate('remove-message', { messageId: message.id, reason })).body.message).toEqual(body.message);
  });

  test('of the assistant is found by its report', async () => {
    const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
    const { id: chatId } = await newGroup(anna, boris);
    const { body } = await call(askAssistant, anna, { body: { chatId, question: 'Where to?' } });
    const messageId = body.message.id;
    expect(await operate('remove-message', { messageId, reason })).toMatchObject({
      body: { code: 'message_not_found' },
    });
    await call(reportMessage, boris, { body: { chatId, messageId, reason: 'Nonsense' } });
    expect((await operate('remove-message', { messageId, reason })).body.message).toMatchObject({
      deletedBy: 'operator',
    });
  });

  test('that does not exist, or is a system message, is not removed', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const remove = async (messageId: string) => (await operate('remove-message', { messageId, reason })).body.code;
    expect(await remove(`${chatId}-7`)).toBe('message_not_found');
    expect(await remove('nonsense')).toBe('message_not_found');
    expect(await remove(`${chatId}-1`)).toBe('not_deletable');
  });
});

describe('a locked chat', () => {
  test('takes nothing from anybody, not from its owner either, and can be read and left', async () => {
    const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
    const { id: chatId, inviteCode } = await newGroup(anna, boris);
    const message = await sent(anna, chatId);
    const socket = await connect(boris, chatId, { events: '1' });
    const { body } = await operate('lock-chat', { chatId, reason });
    expect(body).toEqual({ chatId, lockedAt: expect.any(String) });
    expect(standIn.received(socket)).toMatchObject([
      { type: 'system', userId: 'operator', userName: 'Administration', metadata: { event: 'locked' } },
    ]);
    expect(await say(anna, chatId)).toMatchObject(locked);
    expect(await say(boris, chatId, { clientId: 'c1' })).toMatchObject(locked);
    await invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', chatId, content: 'Hi' } });
    expect(standIn.received(socket).at(-1)).toMatchObject({ type: 'error', code: 'chat_locked' });
    expect(await edit(anna, message, 'other')).toMatchObject(locked);
    expect(await react(boris, message, '👍')).toMatchObject(locked);
    expect(await pin(anna, message)).toMatchObject(locked);
    expect(await call(renameGroup, anna, { params: { groupId: chatId }, body: { name: 'Other' } })).toMatchObject(
      locked,
    );
    expect(await call(joinGroup, await newPerson(), { body: { inviteCode } })).toMatchObject(locked);
    expect((await call(listChats, boris)).body.chats).toMatchObject([{ id: chatId, locked: true }]);
    expect((await remove(anna, message)).status).toBe(200);
    const others = { groupId: chatId, userId: boris.id };
    expect(await call(removeMember, anna, { params: others })).toMatchObject(locked);
    expect((await call(leaveChat, boris, { params: { chatId } })).status).toBe(200);
  });

  test('can be a direct one', async () => {
    const [anna, boris] = [await newPerson(), await newPerson()];
    const chatId = await newDirect(anna, boris);
    await operate('lock-chat', { chatId, reason });
    expect(await say(anna, chatId)).toMatchObject(locked);
  });

  test('costs no answer of the model', async () => {
    openai.behave({ pieces: ['Fine.'] });
    const [anna, boris] = [await newPerson(), await newPerson()];
    for (const chatId of [await newDirect(anna, boris), (await newGroup(anna)).id]) {
      await operate('lock-chat', { chatId, reason });
      expect(await call(askAssistant, anna, { body: { chatId, question: 'Well?' } })).toMatchObject(locked);
    }
    expect(openai.requests).toEqual([]);
  });

  test('that is closed meanwhile is not locked', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    interceptNext('TransactWriteItems', async (_, go) => {
      await call(leaveChat, anna, { params: { chatId } });
      return go();
    });
    expect(await operate('lock-chat', { chatId, reason })).toMatchObject({ body: { code: 'chat_not_found' } });
    expect(await getChatsAlone([chatId])).toEqual([]);
  });

  test('is open again once it is unlocked, and repeating either does nothing', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const { body } = await operate('lock-chat', { chatId, reason });
    expect((await operate('lock-chat', { chatId, reason })).body).toEqual(body);
    expect((await operate('unlock-chat', { chatId, reason })).body).toEqual({ chatId });
    expect((await operate('unlock-chat', { chatId, reason })).body).toEqual({ chatId });
    expect((await say(anna, chatId)).body.message).toMatchObject({ seq: 4 });
    expect((await call(listChats, anna)).body.chats[0].locked).toBeUndefined();
  });
});

describe('an announcement', () => {
  test('is a system message of the operator, in a locked chat and in one with a block too', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    await operate('lock-chat', { chatId, reason });
    const { body } = await operate('announce', { chatId, text: 'Maintenance at noon', reason: 'Maintenance' });
    const expected = { userId: 'operator', type: 'system', content: 'Maintenance at noon', seq: 3 };
    expect(body.message).toMatchObject({ ...expected, metadata: { event: 'announced', text: 'Maintenance at noon' } });
    expect(standIn.received(socket).at(-1)).toMatchObject(expected);
  });

  test('needs a chat', async () => {
    const missing = { status: 404, body: { code: 'chat_not_found' } };
    expect(await operate('announce', { chatId: 'none', text: 'Hello', reason })).toMatchObject(missing);
    expect(await operate('lock-chat', { chatId: 'none', reason })).toMatchObject(missing);
    expect(await operate('unlock-chat', { chatId: 'none', reason })).toMatchObject(missing);
  });
});
