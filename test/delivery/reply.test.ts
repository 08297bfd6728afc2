import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { reply } from '#shared/delivery/reply.ts';
import { linesOf } from '../support/log-lines.ts';
import { standIn } from '../support/stand-ins/connections.ts';

const frame = { type: 'synced', seq: 1 };

/** Replies to a connection that behaves like this. Returns whether it arrived, and what was logged. */
async function replyTo(...behaviors: Parameters<typeof standIn.behave>[1][]) {
  const connectionId = randomUUID();
  standIn.behave(connectionId, ...behaviors);
  let arrived = false;
  const lines = await linesOf(async () => {
    arrived = await reply(connectionId, frame);
  });
  return { arrived, received: standIn.received(connectionId), warnings: lines.map(({ message }) => message) };
}

test.each([429, 500, 'broken'] as const)('a reply is repeated after %s', async (fault) => {
  expect(await replyTo(fault, fault, 200)).toEqual({ arrived: true, received: [frame], warnings: [] });
});

test('a reply to a socket that is gone is not worth a warning', async () => {
  expect(await replyTo(410)).toEqual({ arrived: false, received: [], warnings: [] });
});

test('a reply that is refused is given up with a warning', async () => {
  expect(await replyTo(403)).toEqual({ arrived: false, received: [], warnings: ['reply given up'] });
});
