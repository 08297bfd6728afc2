import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { getUser } from '#shared/contract/users/get-user.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { inChats } from '../../support/growth.ts';
import { newDirect, newGroup, newPerson, type Person, password } from '../../support/people.ts';

const ask = (person: Person, userId: string) => call(getUser, person, { params: { userId } });

describe('GET /users/{userId}', () => {
  test('tells somebody’s name to those who are in a group or a direct chat with them, and nothing else', async () => {
    const [anna, boris, vera] = [await newPerson('Anna'), await newPerson('Boris'), await newPerson('Vera')];
    await newGroup(anna);
    await newGroup(anna, boris);
    await newDirect(anna, vera);
    expect((await ask(boris, anna.id)).body).toEqual({ user: { id: anna.id, name: 'Anna' } });
    expect((await ask(anna, boris.id)).body).toEqual({ user: { id: boris.id, name: 'Boris' } });
    expect((await ask(vera, anna.id)).body).toEqual({ user: { id: anna.id, name: 'Anna' } });
    expect((await ask(boris, boris.id)).body).toEqual({ user: { id: boris.id, name: 'Boris' } });
  });

  test('answers a stranger as if there were no such user', async () => {
    const [anna, boris] = [await newPerson(), await newPerson()];
    await newGroup(anna);
    await newGroup(boris);
    const answers: unknown[] = [];
    const readOf = (userId: string) =>
      countOperations(async () => {
        const { status, body } = await ask(boris, userId);
        answers.push({ status, ...body, requestId: '' });
      });
    // The first of an hour counts with one operation less.
    await ask(boris, anna.id);
    expect(await readOf(anna.id)).toEqual(await readOf(randomUUID()));
    expect(answers[0]).toMatchObject({ status: 404, code: 'user_not_found' });
    expect(answers[0]).toEqual(answers[1]);
  });

  test('no longer knows those who have left the last common chat, or deleted their account', async () => {
    const [anna, boris, vera] = [await newPerson(), await newPerson(), await newPerson()];
    const { id: chatId } = await newGroup(anna, boris);
    await newDirect(anna, vera);
    await call(leaveChat, boris, { params: { chatId } });
    expect(await ask(anna, boris.id)).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
    await call(deleteMe, vera, { body: { password } });
    expect(await ask(anna, vera.id)).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  });

  test('compares the chats of two busy people in one more trip, and none if they write to each other', async () => {
    const [anna, boris] = [await inChats(1000), await inChats(1000)];
    const readsOf = async (userId: string) => {
      const { operations, trips } = await countOperations(() => ask(boris, userId));
      return { operations: operations.filter((name) => name !== 'UpdateItem'), trips };
    };
    await ask(boris, anna.id);
    expect(await readsOf(anna.id)).toEqual({ operations: ['BatchGetItem', 'GetItem', 'Query', 'Query'], trips: 4 });
    await newDirect(anna, boris);
    expect(await readsOf(anna.id)).toEqual({ operations: ['BatchGetItem', 'GetItem'], trips: 3 });
  });
});
