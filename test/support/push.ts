import { randomUUID } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import { setPush } from '#shared/contract/users/set-push.ts';
import type { PushEvent } from '#shared/delivery/push.ts';
import { handler } from '../../functions/push.ts';
import type { Json } from './api-client.ts';
import { call } from './call.ts';
import { context } from './invoke.ts';
import type { Person } from './people.ts';
import { aws } from './stand-ins/aws.ts';
import { fcm } from './stand-ins/fcm.ts';

/** Registers a device of the person's session. Returns its token. */
export async function newDevice(person: Pick<Person, 'token'>, more: object = {}): Promise<string> {
  const token = `token-${randomUUID()}`;
  const { status } = await call(setPush, person, { body: { token, platform: 'android', ...more } });
  if (status !== 200) throw new Error(`PUT /users/me/push answered ${status}`);
  return token;
}

/** Takes the events of a chat from the queue. */
export function takeQueued(chatId: string): { event: PushEvent; delaySeconds: number }[] {
  const mine = aws.enqueued.filter(
    ({ queueUrl, message }) => queueUrl === 'the push queue' && message.chatId === chatId,
  );
  for (const taken of mine) aws.enqueued.splice(aws.enqueued.indexOf(taken), 1);
  return mine.map(({ message, delaySeconds }) => ({ event: message as PushEvent, delaySeconds }));
}

/** Has the worker handle these events. Returns those that failed. */
export async function work(...events: PushEvent[]): Promise<PushEvent[]> {
  const Records = events.map((event, n) => ({ messageId: String(n), body: JSON.stringify(event) }));
  const { batchItemFailures } = await handler({ Records }, context);
  return batchItemFailures.map(({ itemIdentifier }) => events[Number(itemIdentifier)] as PushEvent);
}

/** Has the worker handle the events of a chat in the queue, as if the delay had passed. */
export async function workOff(chatId: string): Promise<void> {
  await work(...takeQueued(chatId).map(({ event }) => event));
}

/** Moves the clock forward until the test ends. */
export function pass(seconds: number): void {
  const now = Date.now() + seconds * 1000;
  vi.useFakeTimers({ toFake: ['Date'] }).setSystemTime(now);
  onTestFinished(() => void vi.useRealTimers());
}

/** What the device with a token has got since the last call, as "title: body". */
export const shown = (token: string): string[] =>
  fcm.take(token).map(({ notification: { title, body } }: Json) => (body === undefined ? title : `${title}: ${body}`));
