import { randomUUID } from 'node:crypto';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test } from 'vitest';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { db } from '#shared/data/client.ts';
import { type Key, keys } from '#shared/data/keys.ts';
import { call } from '../support/call.ts';
import { countApart, countTogether } from '../support/limits.ts';
import { newGroup, newPerson, newPhone } from '../support/people.ts';
import { securityPage } from '../support/requirements.ts';

/**
 * Every limit of docs/security.md is enforced exactly: the last use within it passes and the next one is refused. The
 * numbers are those of the document, because a test with the contract's own would pass whatever they are. Those of an added
 * user and of large pages have tests of their own: groups/additions.test.ts and growth.test.ts.
 */

const written = securityPage.matchAll(/^\| `([A-Z]+ \S+)` \| ([\w+]+) \| (\w+) in (\d+) s \| (.+) \|$/gm);
const limits = [...written].map(([, what = '', per = '', allow = '', within = '', counts = '']) => ({
  what,
  per,
  allow,
  within,
  counts,
}));
type Limit = (typeof limits)[number];

const table = process.env.CHAT_TABLE;
const monthlyCap = process.env.SMS_MONTHLY_CAP;

afterEach(() => {
  process.env.SMS_MONTHLY_CAP = monthlyCap;
  countTogether();
});

const counterKey = ({ name }: Endpoint, { per, within }: { per: string; within: string | number }, who: string) =>
  keys.limit(`${name}:${per}:${within}`, who);

/** Sets a counter, with a window that is open for half a minute. A membership has several, by name. */
async function setUsed(key: Key, used: number, counter?: string): Promise<void> {
  const windowEnd = Date.now() + 30_000;
  await db.send(
    new UpdateCommand({
      TableName: table,
      Key: key,
      UpdateExpression: counter
        ? `SET ${counter}Used = :used, ${counter}WindowEnd = :end`
        : 'SET used = :used, windowEnd = :end',
      ExpressionAttributeValues: { ':used': used, ':end': windowEnd },
    }),
  );
}

/** What a monthly cap of 80 allows. */
const ofStack: Record<string, number> = { monthlyTextMessages: 80, dailyTextMessages: 16, hourlyTextMessages: 4 };

/** Makes the endpoint's example a wrong guess. */
const wrong: Record<string, string> = {
  password: 'wrong horse',
  currentPassword: 'wrong horse',
  inviteCode: 'NEVERSET',
};

const wrongGuess = (body: object): object =>
  Object.fromEntries(Object.entries(body).map(([field, value]) => [field, wrong[field] ?? value]));

/** A request that counts, and the key of its counter. */
async function requestOf(limit: Limit, endpoint: Endpoint) {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const [ip, phone, email] = [randomUUID(), newPhone(), `${randomUUID()}@example.com`];
  const { query, body: example = {} } = endpoint.example ?? {};
  const { phone: _, ...named } = { phone: '', ...example, ...(endpoint.name.startsWith('auth/') && { email }) };
  const ofPhone = endpoint.name === 'auth/send-code' ? { phone } : 'phone' in example && { phone: example.phone };
  const body = { ...named, ...(endpoint.name !== 'auth/login' && ofPhone) };
  const input = {
    ip,
    params: { chatId: id, groupId: id, userId: randomUUID(), sessionId: 's', messageId: `${id}-1`, emoji: '👍' },
    body: limit.counts.startsWith('every request') ? body : wrongGuess(body),
    ...(query && { query }),
  };
  const login = endpoint.name === 'auth/login' ? email : phone;
  const known: Record<string, string> = { ip, network: `${ip}/24`, user: anna.id, email, phone, stack: 'all' };
  const subjects: Record<string, string> = { ...known, 'login+ip': `${login}#${ip}` };
  const who = subjects[limit.per] ?? '';
  const key = limit.per === 'participant' ? keys.membership(anna.id, id) : counterKey(endpoint, limit, who);
  const others = (endpoint.limits ?? []).filter(
    ({ per, within }) => per !== limit.per || String(within) !== limit.within,
  );
  const { counter } =
    (endpoint.limits ?? []).find(({ per, within }) => per === limit.per && String(within) === limit.within) ?? {};
  return {
    ask: () => call(endpoint, anna, input),
    setUsed: (used: number) => setUsed(key, used, counter),
    /** The endpoint's other limits begin anew. */
    forgetOthers: async () => {
      for (const other of others) {
        const Key = counterKey(endpoint, other, subjects[other.per] ?? '');
        await db.send(new DeleteCommand({ TableName: table, Key }));
      }
    },
  };
}

test.each(limits.map((limit) => [limit.what, limit.allow, limit.per, limit.within, limit] as const))(
  '%s allows %s per %s in %s s and refuses the next with 429 and Retry-After',
  async (_what, _allow, _per, _within, limit) => {
    const endpoint = endpoints.find(({ method, path }) => `${method} ${path}` === limit.what) as Endpoint;
    if (limit.per === 'stack') countApart();
    const allow = ofStack[limit.allow] ?? Number(limit.allow);
    process.env.SMS_MONTHLY_CAP = limit.per === 'stack' ? String(ofStack.monthlyTextMessages) : monthlyCap;
    const { ask, setUsed, forgetOthers } = await requestOf(limit, endpoint);
    if (allow > 1) await setUsed(allow - 1);
    expect((await ask()).body.code).not.toBe('too_many_requests');
    await forgetOthers();
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(Math.min(20, Number(limit.within) - 1));
  },
);
