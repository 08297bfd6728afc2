import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { type Session, sessionPut } from '#shared/data/accounts/sessions.ts';
import { keys } from '#shared/data/keys.ts';
import { type Write, writeTogether } from '#shared/data/write.ts';
import { inBatches } from '#shared/platform/lists.ts';
import type { Json } from './api-client.ts';
import { call } from './call.ts';
import { countUnits } from './count-operations.ts';
import { newGroup, newPerson, type Person, password } from './people.ts';

/** People with many chats or sessions, large groups, and what an action costs there. The items go straight into the table. */

export const put = (Item: object): Write => ({ Put: { TableName: process.env.CHAT_TABLE, Item } });

export async function putAll(writes: Write[]): Promise<void> {
  for (const some of inBatches(writes, 100)) await writeTogether(some);
}

/** So many groups, with nobody but the user and with a message each. */
export function chatsOf(userId: string, count: number): Write[] {
  const at = new Date().toISOString();
  return Array.from({ length: count }, () => {
    const chatId = randomUUID();
    return [
      put({ ...keys.chat(chatId), id: chatId, name: 'Group', type: 'group', createdAt: at, seq: 1, lastAt: at }),
      put({ ...keys.roster(chatId), participantIds: new Set([userId]) }),
      put({ ...keys.membership(userId, chatId), userId, chatId, role: 'owner', joinedAt: at, readSeq: 0 }),
      put({ ...keys.message(chatId, 1), chatId, seq: 1, userId, type: 'text', content: 'hi', createdAt: at }),
    ];
  }).flat();
}

/** Somebody alone in so many groups with a message each. */
export async function inChats(count: number): Promise<Person> {
  const anna = await newPerson();
  await putAll(chatsOf(anna.id, count));
  return anna;
}

/** Somebody with so many sessions as could be stored at one time. */
export async function withSessions(count: number): Promise<Person> {
  const anna = await newPerson();
  const at = new Date().toISOString();
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  const session = (): Session => ({
    ...{ id: randomUUID(), userId: anna.id, device: 'x', createdAt: at, lastUsedAt: at, rotation: 0 },
    ...{ expiresAt, generation: 0 },
  });
  await putAll(Array.from({ length: count }, () => sessionPut(session())));
  return anna;
}

export interface Group {
  anna: Person;
  member: Person;
  groupId: string;
  inviteCode: string;
}

/** So many more participants of a group, beside those who are in it. */
export function participantsOf(chatId: string, presentIds: string[], count: number): Write[] {
  const joinedAt = new Date().toISOString();
  const others = Array.from({ length: count }, () => randomUUID());
  const membership = { chatId, role: 'member', joinedAt, readSeq: 0 };
  return [
    ...others.map((userId) => put({ ...keys.membership(userId, chatId), userId, ...membership })),
    ...others.map((id) => put({ ...keys.user(id), id, name: 'Somebody', createdAt: joinedAt, sessionGeneration: 0 })),
    put({ ...keys.roster(chatId), participantIds: new Set([...presentIds, ...others]) }),
  ];
}

/** A group of so many participants. */
export async function withParticipants(count: number): Promise<Group> {
  const [anna, member] = await Promise.all([newPerson(), newPerson()]);
  const { id: groupId, inviteCode } = await newGroup(anna, member);
  await putAll(participantsOf(groupId, [anna.id, member.id], count - 2));
  return { anna, member, groupId, inviteCode };
}

/** All pages of an endpoint with a cursor. */
export async function readAll(endpoint: Endpoint, person: Person, input: { params?: Record<string, string> } = {}) {
  const pages: Json[] = [];
  do {
    const cursor = pages.at(-1)?.cursor;
    const { status, body } = await call(endpoint, person, { ...input, ...(cursor && { query: { cursor } }) });
    expect(status).toBe(200);
    pages.push(body);
  } while (pages.at(-1)?.cursor);
  return pages;
}

/** Whoever is in very many chats repeats the request until it succeeds. */
export async function deleteAccount(person: Person): Promise<void> {
  const remove = () => call(deleteMe, person, { body: { password } });
  let answer = await remove();
  while (answer.body.code === 'deletion_unfinished') answer = await remove();
  expect(answer.status).toBe(200);
}

type Cost = Awaited<ReturnType<typeof countUnits>>;

/** Measures the action on what `make` returns for each size. Ten times the size may cost ten times as much, and a fixed part. */
export async function expectLinear<T>(
  sizes: readonly number[],
  make: (size: number) => Promise<T>,
  action: (made: T) => Promise<unknown>,
): Promise<void> {
  const costs: (Cost & { size: number })[] = [];
  for (const size of sizes) {
    const made = await make(size);
    costs.push({ size, ...(await countUnits(() => action(made))) });
  }
  const table = costs.map(({ size, operations, units }) => `${size}: ${operations} operations, ${units} units`);
  for (const [n, cost] of costs.entries()) {
    const before = costs[n - 1] ?? cost;
    const growth = Math.max(cost.operations / before.operations, cost.units / before.units);
    expect(growth, table.join('\n')).toBeLessThan(11);
  }
}
