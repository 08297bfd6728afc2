import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { invokeDeliver } from '#shared/delivery/invoke.ts';
import { aws } from '../support/stand-ins/aws.ts';

afterEach(() => aws.fail(undefined));

/** A delivery that no other test makes. */
const newDelivery = () => ({ chatId: randomUUID(), seq: 1, userId: 'u', firstShard: 0, shardCount: 1 });

const invokedWith = (chatId: string) => aws.invocations.filter(({ event }) => event.chatId === chatId);

test('an invocation is repeated when Lambda fails', async () => {
  const delivery = newDelivery();
  aws.failNext(500);
  await expect(invokeDeliver(delivery)).resolves.toBeUndefined();
  expect(invokedWith(delivery.chatId)).toHaveLength(1);
});

test('an invocation that Lambda keeps refusing throws', async () => {
  const delivery = newDelivery();
  aws.fail(500);
  await expect(invokeDeliver(delivery)).rejects.toThrow('Lambda answered 500');
  expect(invokedWith(delivery.chatId)).toEqual([]);
});
