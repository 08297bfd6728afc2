import { randomUUID } from 'node:crypto';
import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { updateUser } from '#shared/data/accounts/users.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { deleteItems, getItems } from '#shared/data/table.ts';
import { type Write, writeTogether } from '#shared/data/write.ts';

/** DynamoDB Local neither lets transactions collide nor leaves keys unread, so the client injects these faults. */

const TableName = process.env.CHAT_TABLE as string;
const put = (id: string): Write => ({ Put: { TableName, Item: { ...keys.user(id), id } } });

afterEach(() => void db.middlewareStack.remove('fault'));

function answerFirst(times: number, answer: (output: unknown) => unknown): () => number {
  let calls = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      calls++;
      const result = await next(args);
      return calls <= times ? { ...result, output: answer(result.output) as typeof result.output } : result;
    },
    { step: 'initialize', name: 'fault' },
  );
  return () => calls;
}

const cancelled = (reason: string) => () => {
  throw new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: [{ Code: 'None' }, { Code: reason }],
  });
};

test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
  'a transaction that is cancelled by %s is retried',
  async (reason) => {
    const id = randomUUID();
    const calls = answerFirst(2, cancelled(reason));
    expect(await writeTogether([put(id)])).toBeUndefined();
    expect(calls()).toBe(3);
  },
);

test('a transaction that keeps conflicting throws a conflict', async () => {
  answerFirst(99, cancelled('TransactionConflict'));
  await expect(writeTogether([put(randomUUID())])).rejects.toMatchObject({ name: 'TransactionConflictException' });
});

test('keys that a batch left unread are retried', async () => {
  const ids = [randomUUID(), randomUUID()];
  await writeTogether(ids.map(put));
  const [first, second] = ids.map(keys.user);
  answerFirst(1, (output) => ({
    ...(output as object),
    Responses: { [TableName]: [{ ...first, id: ids[0] }] },
    UnprocessedKeys: { [TableName]: { Keys: [second] } },
  }));
  const items = await getItems<{ id: string }>(TableName, ids.map(keys.user));
  expect(items.map(({ id }) => id).sort()).toEqual([...ids].sort());
});

test('more keys than fit into a batch are read in several', async () => {
  const ids = Array.from({ length: 150 }, () => randomUUID());
  await writeTogether(ids.slice(0, 100).map(put));
  await writeTogether(ids.slice(100).map(put));
  expect(await getItems(TableName, ids.map(keys.user))).toHaveLength(150);
});

/** Keys of so many items, which need not exist. */
const someKeys = (count: number) => Array.from({ length: count }, () => keys.user(randomUUID()));

test('a bulk deletion sends eight batches at a time', async () => {
  let underWay = 0;
  let highest = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      highest = Math.max(highest, ++underWay);
      try {
        return await next(args);
      } finally {
        underWay--;
      }
    },
    { step: 'initialize', name: 'fault' },
  );
  await deleteItems(TableName, someKeys(25 * 20));
  expect(highest).toBe(8);
});

test('a bulk deletion that fails leaves no batch running, and deletes the rest', async () => {
  let begun = 0;
  let ended = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      if (++begun === 2) throw new Error('a batch failed');
      const result = await next(args);
      ended++;
      return result;
    },
    { step: 'initialize', name: 'fault' },
  );
  await expect(deleteItems(TableName, someKeys(25 * 20))).rejects.toThrow('a batch failed');
  expect([begun, ended]).toEqual([20, 19]);
});

test('a single write that conflicts with a transaction is retried', async () => {
  const id = randomUUID();
  await writeTogether([put(id)]);
  let calls = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      if (++calls < 3) throw new TransactionConflictException({ message: 'conflict', $metadata: {} });
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'fault' },
  );
  expect(await updateUser(id, { name: 'Anna' })).toMatchObject({ name: 'Anna' });
  expect(calls).toBe(3);
});

test('a transaction returns the name of the first refusal, and throws if the refused write has none', async () => {
  const id = randomUUID();
  await writeTogether([put(id)]);
  const isGone = { ConditionCheck: { TableName, Key: keys.user(id), ConditionExpression: 'attribute_not_exists(pk)' } };
  const other = put(randomUUID());
  const named = [other, { ...isGone, otherwise: 'exists' }, { ...isGone, otherwise: 'too late' }] as const;
  expect(await writeTogether(named)).toBe('exists');
  expect(await writeTogether([{ ...isGone, otherwise: 'too late' }, other])).toBe('too late');
  await expect(writeTogether([other, isGone])).rejects.toThrow('has no name for its refusal');
});
