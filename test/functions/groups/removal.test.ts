import { afterEach, describe, expect, test, vi } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renewInvite } from '#shared/contract/groups/renew-invite.ts';
import { revokeInvite } from '#shared/contract/groups/revoke-invite.ts';
import { takeNumber } from '#shared/data/chats/numbers.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { interceptNext, throttleNext } from '../../support/intercept-next.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';
import { laterBy } from '../auth/logins.ts';
import { join, promote } from './family.ts';

const remove = (actor: Person, groupId: string, member: Person) =>
  call(removeMember, actor, { params: { groupId, userId: member.id } });

const renew = async (actor: Person, groupId: string): Promise<string> =>
  (await call(renewInvite, actor, { params: { groupId } })).body.inviteCode;

const add = (actor: Person, groupId: string, person: Person) =>
  call(addMembers, actor, { params: { groupId }, body: { userIds: [person.id] } });

const send = (person: Person, chatId: string, content = 'hi') =>
  call(sendMessage, person, { params: { chatId }, body: { content } });

async function group() {
  const [anna, eve] = await Promise.all([newPerson('Anna'), newPerson('Eve')]);
  const { id, inviteCode } = await newGroup(anna, eve);
  return { anna, eve, id, inviteCode };
}

afterEach(() => void vi.useRealTimers());

const removed = { status: 403, body: { code: 'removed_from_group' } };

describe('a removed person', () => {
  test('cannot join with a code that existed at the removal, but with a new one', async () => {
    const { anna, eve, id, inviteCode } = await group();
    await remove(anna, id, eve);
    expect(await join(eve, inviteCode)).toMatchObject(removed);
    const renewed = await renew(anna, id);
    expect((await join(eve, renewed)).status).toBe(200);
    await remove(anna, id, eve);
    expect(await join(eve, renewed)).toMatchObject(removed);
  });

  test('cannot use a code that was revoked and made before', async () => {
    const { anna, eve, id } = await group();
    await call(revokeInvite, anna, { params: { groupId: id } });
    await remove(anna, id, eve);
    expect((await join(eve, await renew(anna, id))).status).toBe(200);
  });

  test('can be added again, leave and then join with the old code', async () => {
    const { anna, eve, id, inviteCode } = await group();
    await remove(anna, id, eve);
    expect((await add(anna, id, eve)).status).toBe(200);
    expect((await send(eve, id)).status).toBe(200);
    await remove(eve, id, eve);
    expect((await join(eve, inviteCode)).status).toBe(200);
  });

  test('is refused even if the removal comes while the person is joining', async () => {
    const { anna, eve, id, inviteCode } = await group();
    await remove(eve, id, eve);
    interceptNext('TransactWriteItems', async (_, go) => {
      await join(eve, inviteCode);
      expect((await remove(anna, id, eve)).status).toBe(200);
      return go();
    });
    expect(await join(eve, inviteCode)).toMatchObject(removed);
  });
});

describe('the number of "removed"', () => {
  test('is above those of all messages of the removed person, even of those that are just being sent', async () => {
    const { anna, eve, id } = await group();
    // Eve's message has passed the check of her membership and takes its number when she is being removed.
    let sending: Promise<Json> | undefined;
    interceptNext('TransactWriteItems', async (_, go) => {
      sending = send(eve, id, 'too late');
      expect(await sending).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      return go();
    });
    expect((await remove(anna, id, eve)).status).toBe(200);
    expect(sending).toBeDefined();
    const { messages } = (await call(listMessages, anna, { params: { chatId: id } })).body;
    expect(messages.at(-1)).toMatchObject({ metadata: { event: 'removed' } });
    expect(await send(eve, id)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
  });

  test('is forgotten when the removal is refused: the member goes on writing', async () => {
    const { anna, eve, id } = await group();
    interceptNext('TransactWriteItems', async (_, go) => {
      await promote(anna, id, eve, 'admin');
      return go();
    });
    expect(await remove(anna, id, eve)).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
    expect((await send(eve, id)).status).toBe(200);
  });

  test('is forgotten when the removal fails: the member goes on writing', async () => {
    const { anna, eve, id } = await group();
    throttleNext('TransactWriteItems');
    expect((await remove(anna, id, eve)).status).toBe(503);
    expect((await send(eve, id)).status).toBe(200);
  });

  test('no longer refuses messages a minute after a removal whose function died', async () => {
    const { anna, eve, id } = await group();
    interceptNext('TransactWriteItems', () => {
      interceptNext('GetItem', () => Promise.reject(new Error('died')));
      return Promise.reject(new Error('died'));
    });
    expect((await remove(anna, id, eve)).status).toBe(500);
    expect(await remove(anna, id, eve)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await send(eve, id)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    laterBy(61_000);
    expect((await send(eve, id)).status).toBe(200);
    expect((await remove(anna, id, eve)).status).toBe(200);
  });

  test('holds when two admins remove the same person at once', async () => {
    const { anna, eve, id } = await group();
    const boris = await newPerson('Boris');
    await add(anna, id, boris);
    await promote(anna, id, boris, 'admin');
    interceptNext('TransactWriteItems', async (_, go) => {
      expect(await remove(boris, id, eve)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(await send(eve, id)).toMatchObject({ status: 503 });
      return go();
    });
    expect((await remove(anna, id, eve)).status).toBe(200);
    const { messages } = (await call(listMessages, anna, { params: { chatId: id } })).body;
    expect(messages.at(-1)).toMatchObject({ metadata: { event: 'removed' } });
  });

  test('holds when the person is being added again, which is refused', async () => {
    const { anna, eve, id } = await group();
    await remove(anna, id, eve);
    throttleNext('TransactWriteItems');
    expect((await add(anna, id, eve)).status).toBe(503);
    expect(await takeNumber(id, { userId: eve.id })).toBe('leaving');
    expect((await add(anna, id, eve)).status).toBe(200);
    expect((await send(eve, id)).status).toBe(200);
  });

  test('holds in a race of a removal with messages', async () => {
    for (let round = 0; round < 5; round++) {
      const { anna, eve, id } = await group();
      const sent = Array.from({ length: 8 }, (_, n) => send(eve, id, `${n}`));
      await Promise.all([...sent, remove(anna, id, eve)]);
      const { messages } = (await call(listMessages, anna, { params: { chatId: id } })).body;
      expect(messages.at(-1)).toMatchObject({ metadata: { event: 'removed', memberIds: [eve.id] } });
    }
  });
});
