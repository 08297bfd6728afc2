import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Endpoint, Limit } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { call } from '../support/call.ts';
import { newGroup, newPerson } from '../support/people.ts';

/** Every limit of the contract is enforced. The tests are made from the contract, so that a new limit is covered, too. */

const declared = endpoints.flatMap((endpoint) =>
  // Elsewhere: the stack's counter, which tests share, is covered by one-time-codes.test.ts; additions by additions.test.ts, large pages by growth.test.ts.
  (endpoint.limits ?? [])
    .filter(({ per }) => !['stack', 'added user', 'large page'].includes(per))
    .map((limit) => [endpoint.name, limit, endpoint] as const),
);

/** Fills a counter. */
async function exhaust({ name }: Endpoint, { per, within }: Limit, who: string): Promise<void> {
  const full = { used: 1e9, windowEnd: Date.now() + 30_000, expiresAt: Math.ceil(Date.now() / 1000) + 30 };
  const key = keys.limit(`${name}:${per}:${within}`, who);
  await db.send(new PutCommand({ TableName: process.env.CHAT_TABLE, Item: { ...key, ...full } }));
}

describe('a request above the limit of', () => {
  test.each(declared)('%s %o is refused with 429 and Retry-After', async (_name, limit, endpoint) => {
    const anna = await newPerson();
    const { id } = await newGroup(anna);
    const params = { chatId: id, groupId: id, userId: randomUUID(), sessionId: 's' };
    const phone = `+7916${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
    const email = `${randomUUID()}@example.com`;
    const body = { ...endpoint.example?.body, ...(endpoint.name.startsWith('auth/') && { phone, email }) };
    if (endpoint.name === 'auth/login') delete (body as { phone?: string }).phone;
    const ip = randomUUID();
    const login = endpoint.name === 'auth/login' ? email : phone;
    const elsewhere = { stack: '', participant: '', 'added user': '', 'large page': '' };
    const counted = { ip, network: `${ip}/24`, user: anna.id, email, phone, 'login+ip': `${login}#${ip}` };
    const who = { ...counted, ...elsewhere }[limit.per];
    const query = endpoint.example?.query;
    const ask = () => call(endpoint, anna, { ip, params, body, ...(query && { query }) });
    if (limit.per === 'participant') {
      const answers = await Promise.all(Array.from({ length: 3 * (limit.allow as number) }, ask));
      expect(answers.some(({ status }) => status === 429)).toBe(true);
      return;
    }
    await exhaust(endpoint, limit, who);
    const answer = await ask();
    expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(20);
    expect(endpoint.problems).toContain('too_many_requests');
  });
});
