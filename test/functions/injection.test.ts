import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { endpoints } from '#shared/contract/index.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { queryItems } from '#shared/data/table.ts';
import type { Json } from '../support/api-client.ts';
import { call } from '../support/call.ts';
import { newGroup, newPerson, type Person } from '../support/people.ts';

/** Texts and ids that mean something to DynamoDB or in our keys are stored and looked up as they are. */

const table = process.env.CHAT_TABLE as string;

/** What is said between Anna and Boris, and what Eve is after. */
const secret = 'between the two of us';

const texts = [
  '#',
  ':name',
  '#name',
  'attribute_exists(pk)',
  'x, #role = :owner',
  "' OR '1'='1",
  '{"S":"x"}',
  'USER#1#PROFILE',
  '$(id) `id` ${1} {{1}}',
  '__proto__',
];

const partition = (pk: string) =>
  queryItems({ TableName: table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } });

/** All that is stored about Anna, Boris and their chat. */
async function stateOf(people: Person[], chatId: string) {
  const parts = [...people.map(({ id }) => `USER#${id}`), `CHAT#${chatId}`, `LOG#${chatId}`];
  return (await Promise.all(parts.map(partition))).flat();
}

describe('what people write', () => {
  test.each(texts)('is stored as it is: %s', async (text) => {
    const anna = await newPerson();
    expect((await call(updateMe, anna, { body: { name: text } })).body.user.name).toBe(text);
    expect((await call(getMe, anna)).body.user.name).toBe(text);
    const { body } = await call(createGroup, anna, { body: { name: text, participantIds: [] } });
    const { id: groupId } = body.group;
    expect((await call(getGroup, anna, { params: { groupId } })).body.group.name).toBe(text);
    expect((await call(renameGroup, anna, { params: { groupId }, body: { name: `${text} 2` } })).status).toBe(200);
    expect((await call(getGroup, anna, { params: { groupId } })).body.group.name).toBe(`${text} 2`);

    const message = { content: text, clientId: text };
    const sent = await call(sendMessage, anna, { params: { chatId: groupId }, body: message });
    expect(sent.body.message).toMatchObject(message);
    // A second time with the same clientId it is found, not stored again.
    const again = await call(sendMessage, anna, { params: { chatId: groupId }, body: message });
    expect(again.body.message).toEqual(sent.body.message);
    const history = (await call(listMessages, anna, { params: { chatId: groupId } })).body.messages;
    expect(history.filter(({ content }: Json) => content === text)).toEqual([sent.body.message]);

    const report = { chatId: groupId, messageId: sent.body.message.id, reason: text };
    expect((await call(reportMessage, anna, { body: report })).status).toBe(200);
    const month = new Date().toISOString().slice(0, 7);
    const Key = keys.report(month, report.messageId, anna.id);
    const { Item } = await db.send(new GetCommand({ TableName: table, Key }));
    expect(Item).toMatchObject({ reason: text, content: text, ...Key });
  });
});

/** Ids that would name another item, or all items, if they were pasted into a key or an expression. */
const evilIds = (anna: Person, chatId: string): string[] => [
  '#',
  'CHAT',
  ':pk',
  'attribute_exists(pk)',
  `${chatId}#`,
  `#${chatId}`,
  `x#${chatId}`,
  `CHAT#${chatId}`.slice(0, 64),
  `${anna.id}#PROFILE`,
  `USER#${anna.id}`,
  `${anna.id}' OR 'a'='a`,
];

/** The contract's example, with the id wherever it takes one. */
function withIds({ example, ...endpoint }: (typeof endpoints)[number], id: string) {
  const ids = JSON.stringify(example ?? {}).replace(/"(chat-id|user-id|message-id)"/g, JSON.stringify(id));
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, id]);
  return { params: Object.fromEntries(names), ...JSON.parse(ids) };
}

const takesIds = endpoints.filter(
  ({ path, example }) => path.includes('{') || /"(chat|user|message)-id"/.test(JSON.stringify(example ?? '')),
);

/** What succeeds whether or not there is anything with this id. */
const takesAnyId = ['users/unblock-user'];

describe('an id with separators or expressions', () => {
  test.each(takesIds)('reaches no item of others by $method $path', async (endpoint) => {
    const [anna, boris, eve] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Eve')]);
    const { id: chatId } = await newGroup(anna, boris);
    await newGroup(eve);
    await call(sendMessage, anna, { params: { chatId }, body: { content: secret, clientId: randomUUID() } });
    const before = await stateOf([anna, boris], chatId);
    for (const id of evilIds(anna, chatId)) {
      const answer = await call(endpoint, eve, withIds(endpoint, id));
      expect(JSON.stringify(answer.body), id).not.toContain(secret);
      const isRefused = answer.status !== 200;
      expect(isRefused, `${id}: ${answer.status}`).toBe(!takesAnyId.includes(endpoint.name));
      expect(answer.status, id).toBeLessThan(500);
      expect(await stateOf([anna, boris], chatId), id).toEqual(before);
    }
  });
});
