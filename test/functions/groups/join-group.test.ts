import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { handler as listChatsHandler } from '../../../functions/chats/list-chats.ts';
import { handler as listMessagesHandler } from '../../../functions/chats/list-messages.ts';
import { handler as joinHandler } from '../../../functions/groups/join-group.ts';
import { invoke } from '../../support/invoke.ts';
import { connect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

const join = (person: Person, inviteCode: string) =>
  invoke(joinHandler, joinGroup, { token: person.token, body: { inviteCode } });

const history = async (person: Person, chatId: string) => {
  const { body } = await invoke(listMessagesHandler, listMessages, { token: person.token, params: { chatId } });
  return body.messages;
};

describe('joining by invite code', () => {
  test('adds a participant and delivers a system message', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const { id: chatId, inviteCode } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    const { status, body } = await join(boris, ` ${inviteCode.toLowerCase()} `);
    expect(status).toBe(200);
    expect(body.group).toMatchObject({
      id: chatId,
      type: 'group',
      inviteCode,
      participantIds: [anna.id, boris.id].sort(),
    });
    const systemMessage = {
      seq: 2,
      type: 'system',
      userId: boris.id,
      userName: 'Boris',
      content: '\u2068Boris\u2069 joined the group',
      metadata: { event: 'joined' },
    };
    expect(standIn.received(socket)).toMatchObject([systemMessage]);
    expect((await history(boris, chatId)).at(-1)).toMatchObject(systemMessage);
  });

  test('adds a participant once, even for ten simultaneous requests', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId, inviteCode } = await newGroup(anna);
    const answers = await Promise.all(Array.from({ length: 10 }, () => join(boris, inviteCode)));
    for (const answer of [...answers, await join(boris, inviteCode)]) {
      expect(answer).toMatchObject({ status: 200, body: { group: { participantIds: [anna.id, boris.id].sort() } } });
    }
    const joined = (await history(anna, chatId)).filter(({ type }: { type: string }) => type === 'system');
    expect(joined).toHaveLength(2);
  });

  test('adds all of twenty users who join at once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => newPerson()));
    const anna = await newPerson();
    const { id: chatId, inviteCode } = await newGroup(anna);
    const answers = await Promise.all(people.map((person) => join(person, inviteCode)));
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200));
    const { body } = await invoke(listChatsHandler, listChats, { token: anna.token });
    expect(body.chats[0].participantIds).toEqual([anna, ...people].map(({ id }) => id).sort());
    expect(await history(anna, chatId)).toHaveLength(21);
  });

  test('rejects an unknown code', async () => {
    expect(await join(await newPerson(), 'NEVERSET')).toMatchObject({
      status: 404,
      body: { code: 'invite_not_found' },
    });
  });

  test('is refused when the group already has a thousand participants', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId, inviteCode } = await newGroup(anna);
    const strangers = new Set(Array.from({ length: 999 }, () => randomUUID()));
    await db.send(
      new UpdateCommand({
        TableName: process.env.CHAT_TABLE,
        Key: keys.roster(chatId),
        UpdateExpression: 'ADD participantIds :strangers',
        ExpressionAttributeValues: { ':strangers': strangers },
      }),
    );
    expect(await join(boris, inviteCode)).toMatchObject({ status: 422, body: { code: 'group_full' } });
    expect((await invoke(listChatsHandler, listChats, { token: boris.token })).body.chats).toEqual([]);
    // No number was taken for a message that was never stored.
    const { body } = await invoke(listChatsHandler, listChats, { token: anna.token });
    expect(body.chats).toMatchObject([{ id: chatId, lastSeq: 1 }]);
  });
});
