import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Outbox } from '../../../../infra/local/playground/client/outbox.ts';
import { Sender } from '../../../../infra/local/playground/client/sender.ts';
import { times } from '../../../../infra/local/playground/client/times.ts';

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
  const post = ({ content }: { content: string }) => {
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
  sender.stored([idOf('One')]);
  posted.splice(0);
  sender.unhandled();
  vi.advanceTimersByTime(times.repeat.first);
  expect(posted).toEqual(['Two']);
});

test('the backend’s temporary refusal postpones the message, a final one ends it', () => {
  const { sender, posted, outbox, idOf } = newSender();
  for (const content of ['One', 'Two']) sender.add(content);
  sender.refused(idOf('One'), 'too_many_requests');
  vi.advanceTimersByTime(times.repeat.first);
  sender.refused(idOf('One'), 'invalid_input');
  expect(posted).toEqual(['One', 'One', 'Two']);
  expect(outbox.all).toMatchObject([
    { content: 'One', state: 'failed', code: 'invalid_input' },
    { content: 'Two', state: 'sending' },
  ]);
});

test('a message that is refused for 30 seconds fails with the reason, and the next one goes out', () => {
  const { sender, posted, outbox, idOf } = newSender();
  for (const content of ['One', 'Two']) sender.add(content);
  while (outbox.all[0]?.state !== 'failed') {
    sender.refused(idOf('One'), 'too_many_requests');
    vi.advanceTimersByTime(times.repeat.max);
  }
  expect(outbox.all[0]?.code).toBe('too_many_requests');
  expect(Date.now() - outbox.all[0].since).toBeGreaterThanOrEqual(times.timeoutMs);
  expect(posted.at(-1)).toBe('Two');
});

test('a message does not fail while those before it are being stored', () => {
  const { sender, outbox, idOf } = newSender();
  const contents = ['One', 'Two', 'Three', 'Four', 'Five'];
  for (const content of contents) sender.add(content);
  for (const content of contents) {
    vi.advanceTimersByTime(times.answer);
    expect(outbox.all[0]).toMatchObject({ content, state: 'sending' });
    sender.stored([idOf(content)]);
  }
  expect(outbox.all).toEqual([]);
});

test('messages wait for the connection, and a new one gives them the whole time again', () => {
  const { sender, posted, outbox, connection } = newSender();
  sender.add('Hello');
  connection.isOpen = false;
  sender.disconnected();
  expect(outbox.all).toMatchObject([{ state: 'waiting' }]);
  vi.advanceTimersByTime(times.timeoutMs - 1);
  connection.isOpen = true;
  sender.connected();
  vi.advanceTimersByTime(times.timeoutMs - 1);
  expect(outbox.all).toMatchObject([{ state: 'sending' }]);
  expect(posted.length).toBeGreaterThan(2);
  vi.advanceTimersByTime(times.answer);
  expect(outbox.all).toMatchObject([{ state: 'failed', code: 'no_answer' }]);
});

test('a message waits for the end of maintenance, however long it takes', () => {
  const { sender, posted, idOf } = newSender();
  sender.add('Hello');
  const end = Date.now() + 10 * 60_000;
  while (Date.now() < end) {
    posted.splice(0);
    sender.refused(idOf('Hello'), 'maintenance');
    vi.advanceTimersByTime(times.repeat.max);
    expect(posted).toEqual(['Hello']);
  }
});
