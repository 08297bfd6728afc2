import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { login } from '#shared/contract/auth/login.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { linkGoogle } from '#shared/contract/google/link-google.ts';
import { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { getGoogleLink } from '#shared/data/accounts/google-links.ts';
import { listSessions } from '#shared/data/accounts/sessions.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { seal, unseal } from '#shared/google/vault.ts';
import { call } from '../support/call.ts';
import { interceptNext, interceptNothing } from '../support/intercept-next.ts';
import { connect, newGroup, newPerson, password } from '../support/people.ts';
import { google } from '../support/stand-ins/google.ts';
import { openai } from '../support/stand-ins/openai.ts';

/** One request changes data between the read and the write of another. */

afterEach(() => {
  interceptNothing();
  google.behave();
});

/** Runs `what` just before the next DynamoDB operation of this name. */
const meanwhile = (operation: string, what: () => Promise<unknown>) =>
  interceptNext(operation, async (_, go) => {
    await what();
    return go();
  });

describe('a login', () => {
  test('is refused when the password changes meanwhile, and leaves no session', async () => {
    const anna = await newPerson();
    meanwhile('TransactWriteItems', async () => {
      const body = { currentPassword: password, newPassword: 'battery staple' };
      expect((await call(changePassword, anna, { body })).status).toBe(200);
    });
    const { status, body } = await call(login, undefined, { body: { email: anna.email, password } });
    expect([status, body.code]).toEqual([401, 'wrong_credentials']);
    expect(await listSessions(anna.id)).toMatchObject([{ id: anna.sessionId }]);
  });

  test('is refused when the account is deleted meanwhile, and leaves no session', async () => {
    const anna = await newPerson();
    meanwhile('TransactWriteItems', async () => {
      expect((await call(deleteMe, anna, { body: { password } })).status).toBe(200);
    });
    const { status } = await call(login, undefined, { body: { email: anna.email, password } });
    expect(status).toBe(401);
    expect(await listSessions(anna.id)).toEqual([]);
  });
});

test('an expired session opens no socket even if DynamoDB still has it', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  await db.send(
    new UpdateCommand({
      TableName: process.env.CHAT_TABLE,
      Key: keys.session(anna.id, anna.sessionId),
      UpdateExpression: 'SET expiresAt = :then',
      ExpressionAttributeValues: { ':then': Math.floor(Date.now() / 1000) - 1 },
    }),
  );
  await expect(connect(anna, chatId)).rejects.toThrow('$connect answered 401');
});

describe('a Google link', () => {
  const link = (person: { token: string }) => call(linkGoogle, person, { body: { token: '4/code' } });

  test('is not stored for an account that is deleted during the request to Google', async () => {
    const anna = await newPerson();
    meanwhile('TransactWriteItems', () => call(deleteMe, anna, { body: { password } }));
    expect((await link(anna)).body.code).toBe('session_ended');
    expect(await getGoogleLink(anna.id)).toBeUndefined();
  });

  test('stays removed when it is unlinked while its token is renewed', async () => {
    const anna = await newPerson();
    await link(anna);
    const { sealedTokens = '' } = (await getGoogleLink(anna.id)) ?? {};
    const tokens = { ...(await unseal(anna.id, sealedTokens)), expiresAt: Date.now() - 1000 };
    await db.send(
      new UpdateCommand({
        TableName: process.env.CHAT_TABLE,
        Key: keys.googleLink(anna.id),
        UpdateExpression: 'SET sealedTokens = :sealed',
        ExpressionAttributeValues: { ':sealed': await seal(anna.id, tokens) },
      }),
    );
    meanwhile('PutItem', () => call(unlinkGoogle, anna));
    expect((await call(createMeeting, anna, { body: {} })).status).toBe(200);
    expect(await getGoogleLink(anna.id)).toBeUndefined();
  });
});

test('a group still has an owner when all its members leave while somebody joins', async () => {
  const [anna, boris, carol] = await Promise.all([newPerson(), newPerson(), newPerson()]);
  const { id: groupId, inviteCode } = await newGroup(anna, boris);
  const leave = (person: typeof anna) => call(removeMember, person, { params: { groupId, userId: person.id } });
  interceptNext('BatchGetItem', async (_, go) => {
    const chat = await go();
    expect((await leave(boris)).status).toBe(200);
    interceptNext('BatchGetItem', async (_members, readMembers) => {
      const nobody = await readMembers();
      expect((await call(joinGroup, carol, { body: { inviteCode } })).status).toBe(200);
      return nobody;
    });
    return chat;
  });
  expect((await leave(anna)).status).toBe(200);
  const { body } = await call(getGroup, carol, { params: { groupId } });
  expect(body.group.members).toMatchObject([{ userId: carol.id, role: 'owner' }]);
});

test('an assistant’s answer is not posted if the asker is removed while the model writes it', async () => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const { id: chatId } = await newGroup(anna, boris);
  openai.behave({ pieces: ['Far ', 'too ', 'late.'], pause: 300 });
  const asking = call(askAssistant, boris, { body: { chatId, question: 'Am I still here?' } });
  await vi.waitUntil(() => openai.requests.length > 0, { timeout: 10_000 });
  expect((await call(removeMember, anna, { params: { groupId: chatId, userId: boris.id } })).status).toBe(200);
  expect((await asking).body.code).toBe('not_a_participant');
  const { body } = await call(listMessages, anna, { params: { chatId } });
  expect(body.messages.at(-1)).toMatchObject({ type: 'system', metadata: { event: 'removed' } });
});
