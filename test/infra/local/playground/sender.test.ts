import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { maxCharacters } from '../../../../infra/local/playground/client/realtime/message-length.ts';
import { Outbox } from '../../../../infra/local/playground/client/realtime/outbox.ts';
import { Sender } from '../../../../infra/local/playground/client/realtime/sender.ts';
import { times } from '../../../../infra/local/playground/client/realtime/times.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // Each wait that is a random part of a limit lasts for all of it.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function newSender() {
  const outbox = new Outbox();
  const posted: string[] = [];
  const connection = { isOpen: true };
  const post = ({ content = '' }: { content?: string | undefined }) => {
    if (connection.isOpen) posted.push(content);
    return connection.isOpen;
  };
  const sender = new Sender(outbox, { post, onChange: () => {} });
  const idOf = (content: string) => outbox.all.find((message) => message.content === content)?.clientId ?? '';
  return { sender, outbox, posted, connection, idOf };
}

test('a message that API Gateway did not handle goes out again after a second, then after twice as long', () => {
  const { sender, posted, outbox } = newSender();
  sender.add('Hello');
  for (const seconds of [1, 2, 4, 8]) {
    expect(outbox.all).toMatchObject([{ state: 'sending' }]);
    posted.splice(0);
    sender.unhandled();
    expect(outbox.all).toMatchObject([{ state: 'waiting' }]);
    vi.advanceTimersByTime(seconds * 1000 - 1);
    expect(posted).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(posted).toEqual(['Hello']);
  }
});

test('the waits start again with the next message', () => {
  const { sender, posted, idOf } = newSender();
  for (const content of ['One', 'Two']) sender.add(content);
  for (let n = 0; n < 3; n++) {
    sender.unhandled();
    vi.advanceTimersByTime(times.repeat.max);
  }
  sender.remove([idOf('One')]);
  posted.splice(0);
  sender.unhandled();
  vi.advanceTimersByTime(times.repeat.first);
  expect(posted).toEqual(['Two']);
});

test('the backend’s temporary refusal postpones the message, a final one ends it', () => {
  const { sender, posted, outbox, idOf } = newSender();
  for (const content of ['One', 'Two']) sender.add(content);
  sender.refused(idOf('One'), { code: 'unavailable' });
  vi.advanceTimersByTime(times.repeat.first);
  const errors = [{ path: 'content', message: 'must be visible', rule: 'invisible' as const }];
  const refusal = { code: 'invalid_input', errors };
  sender.refused(idOf('One'), refusal);
  expect(posted).toEqual(['One', 'One', 'Two']);
  expect(outbox.all).toMatchObject([
    { content: 'One', state: 'failed', refusal },
    { content: 'Two', state: 'sending' },
  ]);
});

test('a throttled message waits as long as the server says, also over a reconnect, and nothing overtakes it', () => {
  const { sender, posted, outbox, connection, idOf } = newSender();
  for (const content of ['One', 'Two', 'Three']) sender.add(content);
  sender.refused(idOf('One'), { code: 'too_many_requests', retryAfter: 120 });
  posted.splice(0);
  vi.advanceTimersByTime(60_000);
  connection.isOpen = false;
  sender.disconnected();
  connection.isOpen = true;
  sender.transmit();
  vi.advanceTimersByTime(59_999);
  expect(posted).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(posted).toEqual(['One']);
  for (const content of ['One', 'Two', 'Three']) sender.remove([idOf(content)]);
  expect(posted).toEqual(['One', 'Two', 'Three']);
  expect(outbox.all).toEqual([]);
});

test('says until when the server takes no message, while one waits', () => {
  const { sender, idOf } = newSender();
  sender.add('One');
  sender.unhandled();
  expect(sender.heldBackUntil).toBe(0);
  const until = Date.now() + 300_000;
  sender.refused(idOf('One'), { code: 'too_many_requests', retryAfter: 300 });
  expect(sender.heldBackUntil).toBe(until);
  sender.remove([idOf('One')]);
  expect(sender.heldBackUntil).toBe(0);
});

test('a frame that API Gateway did not handle does not shorten the wait of a throttled message', () => {
  const { sender, posted, idOf } = newSender();
  sender.add('One');
  sender.refused(idOf('One'), { code: 'too_many_requests', retryAfter: 60 });
  posted.splice(0);
  sender.unhandled();
  vi.advanceTimersByTime(59_999);
  expect(posted).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(posted).toEqual(['One']);
});

test.each(['too_many_requests', 'unavailable', 'maintenance', 'switched_off'])(
  'a message waits for the end of %s, in its place',
  (code) => {
    const { sender, posted, outbox, idOf } = newSender();
    for (const content of ['One', 'Two']) sender.add(content);
    const end = Date.now() + 10 * 60_000;
    while (Date.now() < end) {
      posted.splice(0);
      sender.refused(idOf('One'), { code });
      vi.advanceTimersByTime(times.repeat.max);
      expect(posted).toEqual(['One']);
    }
    expect(outbox.all).toMatchObject([{ content: 'One' }, { content: 'Two', state: 'waiting' }]);
  },
);

test('a message that the server fails on five times ends, and the next one goes out', () => {
  const { sender, posted, outbox, idOf } = newSender();
  for (const content of ['One', 'Two']) sender.add(content);
  for (let n = 0; n < 5; n++) {
    expect(posted.splice(0)).toEqual(['One']);
    sender.refused(idOf('One'), { code: 'internal' });
    vi.advanceTimersByTime(times.repeat.max - 1);
  }
  expect(outbox.all).toMatchObject([
    { content: 'One', state: 'failed', refusal: { code: 'internal' } },
    { content: 'Two', state: 'sending' },
  ]);
  expect(posted).toEqual(['Two']);
});

test('each message is sent when the one before is stored, however late that is', () => {
  const { sender, posted, outbox, idOf } = newSender();
  const contents = ['1', '2', '3', '4', '5', '6', '7', '8'];
  for (const content of contents) sender.add(content);
  for (const content of contents) {
    vi.advanceTimersByTime(60 * 60_000);
    expect(new Set(posted.splice(0))).toEqual(new Set([content]));
    sender.remove([idOf(content)]);
  }
  expect(outbox.all).toEqual([]);
});

test('messages that wait for a connection go out in order when it returns, however long that takes', () => {
  const { sender, posted, outbox, connection, idOf } = newSender();
  connection.isOpen = false;
  const contents = ['1', '2', '3', '4', '5', '6', '7', '8'];
  for (const content of contents) sender.add(content);
  vi.advanceTimersByTime(60 * 60_000);
  expect(outbox.all.map(({ state }) => state)).toEqual(contents.map(() => 'waiting'));
  connection.isOpen = true;
  sender.transmit();
  for (const content of contents) sender.remove([idOf(content)]);
  expect(posted).toEqual(contents);
});

test('a late refusal of a message that is stored does not disturb the next one', () => {
  const { sender, posted, outbox, idOf } = newSender();
  for (const content of ['One', 'Two']) sender.add(content);
  const one = idOf('One');
  sender.remove([one]);
  sender.refused(one, { code: 'client_id_reused' });
  expect(posted).toEqual(['One', 'Two']);
  expect(outbox.all).toMatchObject([{ content: 'Two', state: 'sending' }]);
});

test('a message that is too long fails without being sent, and the next one goes out', () => {
  const { sender, posted, outbox } = newSender();
  const longest = '😀'.repeat(maxCharacters);
  sender.add(`${longest}😀`);
  sender.add(longest);
  expect(posted).toEqual([longest]);
  const errors = [{ path: 'content', rule: 'too_long', limit: maxCharacters }];
  expect(outbox.all[0]).toMatchObject({ state: 'failed', refusal: { code: 'invalid_input', errors } });
});

test('the longest message is the one that the server takes', () => {
  const { body } = sendMessage;
  expect(body.safeParse({ content: 'x'.repeat(maxCharacters) }).success).toBe(true);
  expect(body.safeParse({ content: 'x'.repeat(maxCharacters + 1) }).success).toBe(false);
});

test('a message that could not be sent for a day fails, and goes out when the user says so, for another day', () => {
  const { sender, posted, outbox, connection, idOf } = newSender();
  connection.isOpen = false;
  sender.add('One');
  vi.advanceTimersByTime(times.unsent - times.answer);
  sender.add('Two');
  expect(outbox.all).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
  vi.advanceTimersByTime(2 * times.answer);
  const [one, two] = [idOf('One'), idOf('Two')];
  expect(outbox.all).toMatchObject([{ state: 'failed', refusal: { code: 'no_answer' } }, { state: 'waiting' }]);
  sender.retry(one);
  vi.advanceTimersByTime(times.unsent - 2 * times.answer);
  connection.isOpen = true;
  sender.transmit();
  expect(posted).toEqual(['One']);
  sender.remove([one]);
  expect(posted).toEqual(['One', 'Two']);
  expect(idOf('Two')).toBe(two);
});

test('each message has a later time than the one before, also when the clock is set back', () => {
  const { sender, outbox } = newSender();
  sender.add('One');
  vi.setSystemTime(Date.now() - 60_000);
  for (const content of ['Two', 'Three']) sender.add(content);
  const written = outbox.all.map(({ writtenAt }) => writtenAt);
  expect(new Set(written).size).toBe(3);
  expect(written.toSorted((a, b) => a - b)).toEqual(written);
});
