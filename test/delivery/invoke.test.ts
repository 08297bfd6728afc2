import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import { invokeDeliver } from '#shared/delivery/invoke.ts';
import { aws } from '../support/stand-ins/aws.ts';

afterEach(() => aws.fail(undefined));

/** A delivery that no other test makes. */
function newDelivery() {
  const message: Message = {
    id: randomUUID(),
    chatId: 'c',
    userId: 'u',
    userName: 'Anna',
    content: 'hi',
    type: 'text',
    createdAt: new Date().toISOString(),
    seq: 1,
  };
  return { message, firstShard: 0, shardCount: 1 };
}

const invokedWith = (id: string) => aws.invocations.filter(({ event }) => event.message.id === id);

test('an invocation is repeated when Lambda fails', async () => {
  const delivery = newDelivery();
  aws.failNext(500);
  await expect(invokeDeliver(delivery)).resolves.toBeUndefined();
  expect(invokedWith(delivery.message.id)).toHaveLength(1);
});

test('an invocation that Lambda keeps refusing throws', async () => {
  const delivery = newDelivery();
  aws.fail(500);
  await expect(invokeDeliver(delivery)).rejects.toThrow('Lambda answered 500');
  expect(invokedWith(delivery.message.id)).toEqual([]);
});
