import { afterEach, expect, test } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { getGoogleLink } from '#shared/data/accounts/google-links.ts';
import { getUse, reserveUse, settleUse } from '#shared/data/limits.ts';
import { call } from '../support/call.ts';
import { sent } from '../support/changes.ts';
import { interceptNext, interceptNothing } from '../support/intercept-next.ts';
import { codeFor, logIn } from '../support/one-time-codes.ts';
import { connect, newGroup, newPerson, newPhone } from '../support/people.ts';
import { standIn } from '../support/stand-ins/connections.ts';
import { google } from '../support/stand-ins/google.ts';
import { linked } from './google/linked.ts';

/** The database client repeats a write whose answer was lost. What was done must not be done twice, or refused. */

afterEach(interceptNothing);

/** The answer to the next operation of this name whose input has this text is lost, and the operation repeated. */
function loseAnswer(operation: string, having: string): void {
  interceptNext(operation, async (input, go) => {
    if (JSON.stringify(input).includes(having)) await go();
    else loseAnswer(operation, having);
    return go();
  });
}

async function annaAndBoris() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}

test('a message takes one number', async () => {
  const { anna, boris, chatId } = await annaAndBoris();
  const before = await sent(anna, chatId);
  loseAnswer('UpdateItem', 'ADD seq');
  expect((await sent(anna, chatId)).seq).toBe(before.seq + 1);
  expect((await sent(anna, chatId)).seq).toBe(before.seq + 2);
  await call(markRead, boris, { params: { chatId }, body: { seq: before.seq } });
  expect((await call(listChats, boris)).body.chats).toMatchObject([{ unreadCount: 2 }]);
});

test('somebody leaves, and an admin removes somebody', async () => {
  const { anna, boris, chatId } = await annaAndBoris();
  loseAnswer('UpdateItem', 'ADD seq');
  expect((await call(leaveChat, boris, { params: { chatId } })).status).toBe(200);
  const { id: groupId } = await newGroup(anna, boris);
  loseAnswer('UpdateItem', 'ADD seq');
  expect((await call(removeMember, anna, { params: { groupId, userId: boris.id } })).status).toBe(200);
});

test('a one-time code is accepted, once', async () => {
  const phone = newPhone();
  const code = await codeFor(phone);
  loseAnswer('UpdateItem', 'REMOVE digest');
  expect((await logIn(phone, code)).status).toBe(200);
  expect(await logIn(phone, code)).toMatchObject({ status: 401, body: { code: 'wrong_code' } });
});

test.each(['windowEnd = :end', 'used + :amount'])('a use is counted once (%s)', async (update) => {
  const { id } = await newPerson();
  const reserve = () => reserveUse('test', id, 10, { allow: 40, within: 60 });
  if (update !== 'windowEnd = :end') await reserve();
  const before = (await getUse('test', id)).used;
  loseAnswer('UpdateItem', update);
  const reserved = await reserve();
  if ('outcome' in reserved) throw new Error('The use was refused.');
  expect((await getUse('test', id)).used).toBe(before + 10);
  loseAnswer('UpdateItem', 'used + :more');
  await settleUse(reserved, 4);
  expect((await getUse('test', id)).used).toBe(before + 4);
});

test('those who watch learn of a read mark', async () => {
  const { anna, boris, chatId } = await annaAndBoris();
  const { seq } = await sent(anna, chatId);
  const socket = await connect(anna, chatId, { events: '1' });
  loseAnswer('UpdateItem', 'readSeq < :seq');
  await call(markRead, boris, { params: { chatId }, body: { seq } });
  expect(standIn.received(socket).filter(({ type }) => type === 'read')).toHaveLength(1);
});

test('an end of the link to Google revokes the tokens', async () => {
  google.behave();
  const anna = await linked();
  google.behave();
  loseAnswer('DeleteItem', 'GOOGLE');
  expect((await call(unlinkGoogle, anna)).status).toBe(200);
  expect(google.requests).toMatchObject([{ path: '/oauth/revoke' }]);
  expect(await getGoogleLink(anna.id)).toBeUndefined();
});
