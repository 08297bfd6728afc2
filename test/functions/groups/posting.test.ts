import { afterEach, describe, expect, test, vi } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { addReaction } from '#shared/contract/messages/add-reaction.ts';
import { deleteMessage } from '#shared/contract/messages/delete-message.ts';
import { editMessage } from '#shared/contract/messages/edit-message.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { interceptNext, interceptNothing, throttleNext } from '../../support/intercept-next.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { family, join, promote, read, tooLow } from './family.ts';

const change = (person: Person, groupId: string, body: object) =>
  call(renameGroup, person, { params: { groupId }, body });

const say = (person: Person, chatId: string, more: object = {}) =>
  call(sendMessage, person, { params: { chatId }, body: { content: 'Hi', ...more } });

const restricted = { status: 403, body: { code: 'posting_restricted' } };
const slow = { status: 429, body: { code: 'too_many_requests' } };

const chatOf = async (person: Person): Promise<Json> => (await call(listChats, person)).body.chats[0];

const texts = async (person: Person, chatId: string): Promise<string[]> => {
  const { body } = await call(listMessages, person, { params: { chatId } });
  return body.messages.filter((m: Json) => m.type === 'text').map((m: Json) => m.content);
};

const later = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });

afterEach(() => {
  vi.useRealTimers();
  interceptNothing();
});

describe('the rules for writing in a group', () => {
  test('are changed by admins, reported by a system message, and shown in the group and the list of chats', async () => {
    const { boris, vera, gleb, id, inviteCode } = await family();
    const socket = await connect(vera, id);
    expect(await change(vera, id, { posting: 'admins' })).toMatchObject(tooLow);
    const { status, body } = await change(boris, id, { posting: 'admins', slowModeSeconds: 90 });
    expect(status).toBe(200);
    const rules = { posting: 'admins', slowModeSeconds: 90 };
    expect(body.group).toMatchObject({ name: 'Weekend', ...rules });
    expect((await read(gleb, id)).body.group).toMatchObject(rules);
    expect(await chatOf(vera)).toMatchObject(rules);
    const dasha = await newPerson();
    expect((await join(dasha, inviteCode)).body.group).toMatchObject(rules);
    expect(standIn.received(socket)[0]).toMatchObject({
      type: 'system',
      content: '\u2068Boris\u2069 changed the group settings: only admins may write, slow mode 90 s',
      metadata: { event: 'posting_changed', ...rules },
    });
  });

  test('are not shown where they are those by default, and then not in the message that changes them back either', async () => {
    const { anna, vera, id } = await family();
    const untouched = (await read(anna, id)).body.group;
    const listed = await chatOf(vera);
    expect(untouched).not.toHaveProperty('posting');
    expect(listed).not.toHaveProperty('slowModeSeconds');
    await change(anna, id, { posting: 'admins', slowModeSeconds: 60 });
    expect((await change(anna, id, { slowModeSeconds: 0 })).body.group).not.toHaveProperty('slowModeSeconds');
    expect((await chatOf(vera)).lastMessageMetadata).toEqual({ event: 'posting_changed', slowModeSeconds: 0 });
    expect((await chatOf(vera)).lastMessage).toContain('no slow mode');
    await change(anna, id, { posting: 'everyone' });
    expect((await chatOf(vera)).lastMessageMetadata).toEqual({ event: 'posting_changed', posting: 'everyone' });
    expect((await read(anna, id)).body.group).toEqual(untouched);
    expect(Object.keys(await chatOf(vera))).toEqual(Object.keys(listed));
  });

  test('that the group has already make no message', async () => {
    const { anna, id } = await family();
    const { lastSeq } = await chatOf(anna);
    const before = await change(anna, id, { posting: 'everyone', slowModeSeconds: 0, name: 'Weekend' });
    expect(before.status).toBe(200);
    expect(before.body.group).not.toHaveProperty('posting');
    await change(anna, id, { posting: 'admins' });
    await change(anna, id, { posting: 'admins' });
    expect((await chatOf(anna)).lastSeq).toBe(lastSeq + 1);
  });

  test('are changed together with the name, which is reported first', async () => {
    const { anna, vera, id } = await family();
    const socket = await connect(vera, id);
    const { body } = await change(anna, id, { name: 'Lake', slowModeSeconds: 3600 });
    expect(body.group).toMatchObject({ name: 'Lake', slowModeSeconds: 3600 });
    const [renamed, changed] = standIn.received(socket);
    expect(renamed?.metadata).toEqual({ event: 'renamed', name: 'Lake' });
    expect(changed?.metadata).toEqual({ event: 'posting_changed', slowModeSeconds: 3600 });
  });

  test.each([
    ['nothing', {}, 'nothing_given'],
    ['a slow mode of more than an hour', { slowModeSeconds: 3601 }, 'too_large'],
    ['a negative slow mode', { slowModeSeconds: -1 }, 'too_small'],
    ['writers that do not exist', { posting: 'owners' }, 'not_allowed_value'],
    ['an empty name', { name: ' ', posting: 'admins' }, 'too_short'],
  ])('are not changed by %s', async (_what, body, rule) => {
    const anna = await newPerson();
    const { id } = await newGroup(anna);
    const refused = await change(anna, id, body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ rule }] } });
  });

  test('do not exist in a direct chat', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const id = await newDirect(anna, boris);
    expect(await change(anna, id, { posting: 'admins' })).toMatchObject({ status: 422, body: { code: 'not_a_group' } });
    expect((await say(anna, id)).status).toBe(200);
  });

  test('are not changed by an admin who stops being one meanwhile', async () => {
    const { anna, boris, id } = await family();
    interceptNext('TransactWriteItems', async (_, go) => {
      await promote(anna, id, boris, 'member');
      return go();
    });
    expect(await change(boris, id, { posting: 'admins' })).toMatchObject(tooLow);
    expect((await read(anna, id)).body.group).not.toHaveProperty('posting');
  });
});

describe('a group in which only admins may write', () => {
  test('refuses the messages of members, over REST and over the socket, and takes those of the owner and admins', async () => {
    const { anna, boris, vera, id } = await family();
    await change(anna, id, { posting: 'admins' });
    const socket = await connect(vera, id);
    const frame = { type: 'message', content: 'Hi', clientId: 'c1' };
    const { lastSeq } = await chatOf(anna);
    expect(await say(vera, id)).toMatchObject(restricted);
    expect(await say(vera, id, { replyToId: 'unknown' })).toMatchObject(restricted);
    await invokeSocket(messageHandler, 'message', socket, { frame });
    expect(standIn.received(socket)).toMatchObject([{ type: 'error', code: 'posting_restricted', clientId: 'c1' }]);
    expect((await chatOf(anna)).lastSeq).toBe(lastSeq);
    expect([(await say(anna, id)).status, (await say(boris, id)).status]).toEqual([200, 200]);
  });

  test('lets members read, react, and change what they have written, and takes a retry of that', async () => {
    const { anna, vera, id } = await family();
    const { message } = (await say(vera, id, { clientId: 'c1' })).body;
    await change(anna, id, { posting: 'admins' });
    const params = { chatId: id, messageId: message.id };
    expect((await say(vera, id, { clientId: 'c1' })).body.message).toMatchObject({ id: message.id });
    expect((await call(editMessage, vera, { params, body: { content: 'Bye' } })).status).toBe(200);
    expect((await call(addReaction, vera, { params: { ...params, emoji: '👍' } })).status).toBe(200);
    expect((await call(deleteMessage, vera, { params })).status).toBe(200);
    expect((await call(listMessages, vera, { params: { chatId: id } })).status).toBe(200);
  });

  test('takes the messages of a member who becomes an admin, and of everyone after it was opened again', async () => {
    const { anna, vera, gleb, id } = await family();
    await change(anna, id, { posting: 'admins' });
    await promote(anna, id, vera, 'admin');
    expect([(await say(vera, id)).status, await say(gleb, id)]).toMatchObject([200, restricted]);
    await change(anna, id, { posting: 'everyone' });
    expect((await say(gleb, id)).status).toBe(200);
  });

  test('is joined and left as ever', async () => {
    const { anna, vera, id, inviteCode } = await family();
    await change(anna, id, { posting: 'admins' });
    const dasha = await newPerson('Dasha');
    expect((await call(joinGroup, dasha, { body: { inviteCode } })).status).toBe(200);
    expect(await say(dasha, id)).toMatchObject(restricted);
    expect((await chatOf(vera)).lastMessage).toContain('Dasha');
  });
});

describe('slow mode', () => {
  const slowFamily = async (slowModeSeconds = 30) => {
    const all = await family();
    await change(all.anna, all.id, { slowModeSeconds });
    return all;
  };

  test('lets each member write once in its time, over REST and over the socket, and admins always', async () => {
    const { anna, boris, vera, gleb, id } = await slowFamily();
    const socket = await connect(vera, id);
    expect((await say(vera, id)).status).toBe(200);
    const refused = await say(vera, id);
    expect(refused).toMatchObject(slow);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(27);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(30);
    await invokeSocket(messageHandler, 'message', socket, {
      frame: { type: 'message', content: 'Hi', clientId: 'c1' },
    });
    const { retryAfter, ...error } = standIn.received(socket).at(-1) ?? {};
    expect(error).toMatchObject({ type: 'error', code: 'too_many_requests', clientId: 'c1' });
    expect(retryAfter).toBeGreaterThan(27);
    const others = [
      await say(gleb, id),
      await say(anna, id),
      await say(anna, id),
      await say(boris, id),
      await say(boris, id),
    ];
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  test('ends after its time, and not a second earlier', async () => {
    const { vera, id } = await slowFamily();
    await say(vera, id);
    later(28);
    expect(await say(vera, id)).toMatchObject({ ...slow, headers: { 'retry-after': expect.stringMatching(/^[12]$/) } });
    later(2);
    expect((await say(vera, id)).status).toBe(200);
    expect(await say(vera, id)).toMatchObject(slow);
  });

  test('takes one of ten messages that come at the same moment', async () => {
    const { vera, id } = await slowFamily();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => say(vera, id, { clientId: `c${n}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(429)]);
    expect(await texts(vera, id)).toHaveLength(1);
  });

  test('takes the same message at the same moment twice, and stores it once', async () => {
    const { vera, id } = await slowFamily();
    const answers = await Promise.all([1, 2, 3].map(() => say(vera, id, { clientId: 'c1' })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await texts(vera, id)).toHaveLength(1);
  });

  test('does not count a message that is refused', async () => {
    const { vera, id } = await slowFamily();
    expect((await say(vera, id, { replyToId: `${id}-99` })).body.code).toBe('unknown_reply');
    expect((await say(vera, id)).status).toBe(200);
  });

  test('lets the retry of a message pass whose storing failed, and no other', async () => {
    const { vera, id } = await slowFamily();
    throttleNext('TransactWriteItems');
    expect((await say(vera, id, { clientId: 'c1' })).status).toBe(503);
    expect(await say(vera, id, { clientId: 'c2' })).toMatchObject(slow);
    expect(await say(vera, id)).toMatchObject(slow);
    expect((await say(vera, id, { clientId: 'c1' })).status).toBe(200);
    expect((await say(vera, id, { clientId: 'c1' })).status).toBe(200);
    expect(await texts(vera, id)).toHaveLength(1);
    expect(await say(vera, id, { clientId: 'c2' })).toMatchObject(slow);
  });

  test('that is made shorter or switched off applies at once', async () => {
    const { anna, vera, id } = await slowFamily(3600);
    await say(vera, id);
    later(20);
    await change(anna, id, { slowModeSeconds: 30 });
    expect(await say(vera, id)).toMatchObject({
      ...slow,
      headers: { 'retry-after': expect.stringMatching(/^(9|10)$/) },
    });
    await change(anna, id, { slowModeSeconds: 0 });
    expect([(await say(vera, id)).status, (await say(vera, id)).status]).toEqual([200, 200]);
  });

  test('writes nothing for a member who is removed meanwhile', async () => {
    const { anna, vera, id } = await slowFamily();
    interceptNext('BatchGetItem', async (_, go) => {
      const author = await go();
      // The turn is the second update, after the allowance.
      interceptNext('UpdateItem', async (_input, count) => {
        const counted = await count();
        interceptNext('UpdateItem', async (_turn, take) => {
          await call(removeMember, anna, { params: { groupId: id, userId: vera.id } });
          return take();
        });
        return counted;
      });
      return author;
    });
    expect(await say(vera, id)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
    expect((await call(listChats, vera)).body.chats).toEqual([]);
    expect(await texts(anna, id)).toEqual([]);
  });

  test('costs one operation for a member’s message, and none for an admin’s or a refused one', async () => {
    const { anna, boris, vera, id } = await family();
    const count = async (person: Person) => (await countOperations(() => say(person, id))).operations;
    // The first message of an hour takes one more operation.
    await Promise.all([say(boris, id), say(vera, id)]);
    later(5);
    const [open, ofAdmin] = [await count(vera), await count(boris)];
    await change(anna, id, { slowModeSeconds: 30 });
    later(5);
    expect(await count(vera)).toEqual([...open, 'UpdateItem'].sort());
    later(5);
    expect(await count(vera)).toEqual(['BatchGetItem', 'UpdateItem']);
    expect(await count(boris)).toEqual(ofAdmin);
  });
});
