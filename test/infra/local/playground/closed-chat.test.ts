import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClosedChat } from '../../../../infra/local/playground/client/realtime/closed-chat.ts';
import { Outbox } from '../../../../infra/local/playground/client/realtime/outbox.ts';
import { times } from '../../../../infra/local/playground/client/realtime/times.ts';
import { Api } from '../../../../infra/local/playground/client/rest/api.ts';
import { Session, type Tokens } from '../../../../infra/local/playground/client/rest/session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const tokensOf = (id: string): Tokens => ({ user: { id, name: id }, accessToken: `token of ${id}`, refreshToken: 'r' });

/** A closed chat of Anna with two messages, whose requests get these answers, the last one again and again. */
function newChat(...answers: (() => Promise<Response>)[]) {
  let tokens: Tokens | undefined = tokensOf('anna');
  const session = new Session({
    load: () => tokens,
    save: (saved) => {
      tokens = saved;
    },
  });
  const bodies: object[] = [];
  const sent: { content: string; token: string }[] = [];
  vi.stubGlobal('fetch', (_url: string, { body, headers }: { body: string; headers: { authorization: string } }) => {
    bodies.push(JSON.parse(body));
    sent.push({ content: JSON.parse(body).content, token: headers.authorization.replace('Bearer ', '') });
    return (answers.length > 1 ? answers.shift() : answers[0])?.();
  });
  const outbox = new Outbox();
  for (const content of ['One', 'Two']) outbox.add(content);
  const chat = new ClosedChat(new Api('http://backend', session), { chatId: 'c', userId: 'anna', outbox }, () => {});
  return { chat, outbox, bodies, sent, session, contents: () => sent.map(({ content }) => content) };
}

const stored = async () => Response.json({ message: {} });
const refuses = (status: number, code?: string) => async () => Response.json({ code }, { status });
const noAnswer = () => Promise.reject(new TypeError('Failed to fetch'));

test('sends what a message replies to and whom it mentions', async () => {
  const { chat, outbox, bodies } = newChat(stored);
  for (const { clientId } of outbox.all) outbox.remove(clientId);
  outbox.add('Yes', { mentions: ['boris'], everyone: true });
  const { clientId } = outbox.all[0] ?? {};
  chat.transmit();
  await vi.advanceTimersByTimeAsync(0);
  expect(bodies).toEqual([{ content: 'Yes', clientId, mentions: ['boris'], everyone: true }]);
});

test('sends one message after the other', async () => {
  const first = Promise.withResolvers<Response>();
  const { chat, outbox, contents } = newChat(() => first.promise, stored);
  for (let n = 0; n < 3; n++) chat.transmit();
  await vi.advanceTimersByTimeAsync(3 * times.answer);
  expect(contents()).toEqual(['One']);
  first.resolve(await stored());
  await vi.advanceTimersByTimeAsync(0);
  expect(contents()).toEqual(['One', 'Two']);
  expect(outbox.all).toEqual([]);
});

test.each([
  ['no answer', noAnswer],
  ['the end of the session', refuses(401, 'session_ended')],
  ['maintenance', refuses(503, 'maintenance')],
  ['a feature that is switched off', refuses(403, 'switched_off')],
  ['a firewall', refuses(403)],
])('%s is no reason to give a message up', async (_why, refuse) => {
  const { chat, outbox, contents } = newChat(refuse);
  chat.transmit();
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(outbox.all).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
  expect(new Set(contents())).toEqual(new Set(['One']));
});

test('a refusal of the backend ends a message, and the next one goes out', async () => {
  const { chat, outbox } = newChat(refuses(409, 'client_id_reused'), stored);
  chat.transmit();
  await vi.advanceTimersByTimeAsync(0);
  expect(outbox.all).toMatchObject([{ content: 'One', state: 'failed', refusal: { code: 'client_id_reused' } }]);
});

test('nothing goes out for somebody else who has signed in since', async () => {
  const { chat, outbox, sent, session } = newChat(stored);
  session.begin(tokensOf('boris'));
  chat.transmit();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([]);
  session.begin(tokensOf('anna'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(outbox.all).toEqual([]);
  expect(sent.map(({ token }) => token)).toEqual(['token of anna', 'token of anna']);
});
