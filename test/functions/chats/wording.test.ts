import { afterEach, describe, expect, test, vi } from 'vitest';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { listBlocks } from '#shared/contract/users/list-blocks.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { newDirect, newGroup, newPerson, type Person, password } from '../../support/people.ts';
import { openai } from '../../support/stand-ins/openai.ts';

/** What a client needs in order to say in its user's language what has happened. */

afterEach(() => {
  vi.useRealTimers();
});

/** Expires the cached names, so that they are read again. */
const forgetNames = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });

const add = (person: Person, groupId: string, ...others: Person[]) =>
  call(addMembers, person, { params: { groupId }, body: { userIds: others.map(({ id }) => id) } });
const deleteAccount = (person: Person) => call(deleteMe, person, { body: { password } });
const chatsOf = async (person: Person): Promise<Json[]> => (await call(listChats, person)).body.chats;
const messagesOf = async (person: Person, chatId: string): Promise<Json[]> =>
  (await call(listMessages, person, { params: { chatId } })).body.messages;

describe('a client can word', () => {
  test('who was affected, in a message and in the list of chats: the names come in the order of the ids', async () => {
    const [anna, boris, vera] = [await newPerson('Anna'), await newPerson('Boris'), await newPerson('Vera')];
    const { id } = await newGroup(anna);
    await add(anna, id, vera, boris);
    const metadata = { event: 'added', memberIds: [vera.id, boris.id], memberNames: ['Vera', 'Boris'] };
    expect((await messagesOf(anna, id)).map((message) => message.metadata)).toEqual([{ event: 'created' }, metadata]);
    const [chat] = await chatsOf(boris);
    expect(chat).toMatchObject({
      lastMessageType: 'system',
      lastMessageUserId: anna.id,
      lastMessageUserName: 'Anna',
      lastMessageMetadata: metadata,
    });
    expect(chat).not.toHaveProperty('lastMessageUserDeleted');
    expect(chat).not.toHaveProperty('userDeleted');
  });

  test('an answer of the assistant in the list of chats, with the beginning of its question', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    openai.behave({ pieces: ['Yes.'] });
    await call(askAssistant, anna, { body: { chatId, question: `Why${'?'.repeat(1900)}` } });
    expect((await chatsOf(anna))[0]).toMatchObject({
      lastMessage: 'Yes.',
      lastMessageType: 'ai',
      lastMessageUserId: 'assistant',
      lastMessageMetadata: { question: `Why${'?'.repeat(297)}`, askedBy: anna.id },
    });
  });

  test('that there is no message yet: nothing is said about a last one', async () => {
    const [anna, boris] = [await newPerson(), await newPerson()];
    await newDirect(anna, boris);
    const [chat = {}] = await chatsOf(anna);
    expect(Object.keys(chat).filter((field) => /^lastMessage[^A]|eleted/.test(field))).toEqual([]);
  });

  test('that an account is gone: of an author, an affected member, the other person in a direct chat, a blocked person', async () => {
    const [anna, boris, vera] = [await newPerson('Anna'), await newPerson('Boris'), await newPerson('Vera')];
    const { id } = await newGroup(anna);
    await add(anna, id, vera, boris);
    await call(sendMessage, boris, { params: { chatId: id }, body: { content: 'I was here' } });
    const directId = await newDirect(anna, boris);
    await call(sendMessage, boris, { params: { chatId: directId }, body: { content: 'Bye' } });
    await call(blockUser, anna, { params: { userId: boris.id } });
    await deleteAccount(boris);
    forgetNames();
    const gone = { userId: boris.id, userName: 'Deleted user', userDeleted: true };
    const [created, added, text, left] = await messagesOf(anna, id);
    expect(created).not.toHaveProperty('userDeleted');
    expect(added).not.toHaveProperty('userDeleted');
    expect(added?.metadata).toMatchObject({ memberNames: ['Vera', 'Deleted user'], deletedMemberIds: [boris.id] });
    expect([text, left]).toMatchObject([gone, gone]);
    const [group, direct] = (await chatsOf(anna)).sort((a, b) => (a.type < b.type ? 1 : -1));
    expect(group).toMatchObject({ lastMessageUserId: boris.id, lastMessageUserDeleted: true });
    expect(group).not.toHaveProperty('userDeleted');
    expect(direct).toMatchObject({ id: directId, name: 'Deleted user', userDeleted: true });
    const { users } = (await call(listBlocks, anna)).body;
    expect(users).toMatchObject([{ id: boris.id, name: 'Deleted user', userDeleted: true }]);
  });
});
