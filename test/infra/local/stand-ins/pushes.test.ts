import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { setPush } from '#shared/contract/users/set-push.ts';
import { Runner } from '../../../../infra/local/runner.ts';
import { Pushes } from '../../../../infra/local/stand-ins/pushes.ts';
import { type Json, request } from '../../../support/api-client.ts';
import { newPerson, type Person } from '../../../support/people.ts';
import { aws } from '../../../support/stand-ins/aws.ts';

/** From a message to the notification of a device, through the queue, the function and the stand-in for FCM. */

let runner: Runner;
/** Milliseconds for a second of the queue's. */
let second = 5;
const said: string[] = [];
beforeAll(async () => {
  runner = await Runner.start({
    port: 0,
    dynamodb: inject('dynamodb'),
    secrets: aws.secrets,
    context: () => ({ stage: 'dev', stages: { dev: { push: true } } }),
    queueDelay: (seconds) => seconds * second,
    say: (line) => said.push(line),
    log: () => {},
  });
});
afterAll(() => runner.close());

async function ask(person: Person, { method, path }: Endpoint, body: object, chatId = ''): Promise<Json> {
  const answer = await request(runner.url, method, path.replace('{chatId}', chatId), { token: person.token, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

/** Two people with a chat. `say` lets the first one write to the second one, whose device has the token. */
async function chatWith(token: string) {
  const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
  await ask(boris, setPush, { token, platform: 'android', locale: 'en' });
  const { chat } = await ask(anna, openDirect, { userId: boris.id });
  const say = (content: string) => ask(anna, sendMessage, { content, clientId: content }, chat.id);
  return { anna, boris, chatId: chat.id, say };
}

const pushesOf = async (user?: string) =>
  (await request(runner.url, 'GET', `/_local/push${user ? `?user=${user}` : ''}`)).body.pushes;

/** The events of a user's stream, as they come. */
async function follow(user: string) {
  const response = await fetch(`${runner.url}/_local/push?user=${user}`, { headers: { accept: 'text/event-stream' } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let got = '';
  const next = async (): Promise<Json> => {
    for (;;) {
      const [, event] = /data: (.*)\n\n/.exec(got) ?? [];
      if (event !== undefined) return JSON.parse(event);
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done) return 'ended';
      got += value;
    }
  };
  return { response, next };
}

test('a message is pushed to the user who did not read it, and shown under that user', async () => {
  const token = 'a-phone-of-boris';
  const { anna, boris, chatId, say } = await chatWith(token);
  const stream = await follow(boris.id);
  await say('Hello\u001b[2J');
  await runner.queues.idle();
  const push = {
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    token,
    platform: 'android',
    title: 'Anna',
    body: expect.stringContaining('Hello'),
    data: expect.objectContaining({ chatId, seq: '1' }),
  };
  expect(await pushesOf(boris.id)).toEqual([push]);
  expect(await pushesOf(anna.id)).toEqual([]);
  expect(await pushesOf()).toContainEqual(push);
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
  expect(await stream.next()).toEqual(push);
  expect(said).toContainEqual(expect.stringMatching(/Push to android …oris: Anna: Hello/));
  expect(said.join('')).not.toContain('\u001b[2J');
});

test('a device that FCM cannot serve at first gets the message later', async () => {
  const { boris, say } = await chatWith('busy-phone');
  await say('Are you there?');
  await runner.queues.idle();
  expect(await pushesOf(boris.id)).toEqual([expect.objectContaining({ body: 'Are you there?' })]);
});

test('a stream of one user has nothing of another one', async () => {
  const [first, second] = [await chatWith('phone-1'), await chatWith('phone-2')];
  const stream = await follow(second.boris.id);
  await first.say('one');
  await runner.queues.idle();
  await second.say('two');
  expect(await stream.next()).toMatchObject({ body: 'two', token: 'phone-2' });
});

test('a reload keeps what is in the queue', async () => {
  const { boris, say } = await chatWith('phone-3');
  // Longer than a reload takes.
  second = 600;
  await say('before');
  second = 5;
  await runner.reload();
  await runner.queues.idle();
  expect(await pushesOf(boris.id)).toEqual([expect.objectContaining({ body: 'before' })]);
});

test('a stream ends with the server', async () => {
  const stream = await follow('nobody');
  await runner.close();
  await expect(stream.next()).rejects.toThrow(/terminated/);
});

test('a stream without pushes has a comment every 15 seconds, until the client goes', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const written: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    writeHead: () => {},
    write: (text: string) => written.push(text),
  });
  const incoming = { url: '/_local/push', headers: { accept: 'text/event-stream' } };
  new Pushes(
    async () => undefined,
    () => {},
  ).show(incoming as IncomingMessage, response as never);
  vi.advanceTimersByTime(30_000);
  expect(written).toEqual([':\n\n', ':\n\n', ':\n\n']);
  response.emit('close');
  expect(vi.getTimerCount()).toBe(0);
});
