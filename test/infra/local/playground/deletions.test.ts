import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deletions } from '../../../../infra/local/playground/state/changes/deletions.ts';
import type { Message } from '../../../../shared/contract/chats/message.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const message = (id: string): Message => ({
  id,
  chatId: 'chat',
  userId: 'anna',
  userName: 'Anna',
  content: 'Hello',
  type: 'text',
  createdAt: '2026-03-05T09:00:00.000Z',
  seq: 2,
});

function newDeletions(answer: () => Promise<void> = async () => {}) {
  const sent: string[] = [];
  const deletions = new Deletions({
    send: ({ id }) => {
      sent.push(id);
      return answer();
    },
    onChange: () => {},
  });
  return { deletions, sent };
}

test('sends a deletion after five seconds', async () => {
  const { deletions, sent } = newDeletions();
  const deleted = deletions.delete(message('a'));
  await vi.advanceTimersByTimeAsync(4999);
  expect([deletions.stateOf('a'), sent]).toEqual(['undoable', []]);
  await vi.advanceTimersByTimeAsync(1);
  await deleted;
  expect([deletions.stateOf('a'), sent]).toEqual([undefined, ['a']]);
});

test('sends nothing after an undo', async () => {
  const { deletions, sent } = newDeletions();
  const [deleted, other] = [deletions.delete(message('a')), deletions.delete(message('b'))];
  deletions.undo('a');
  await deleted;
  expect(deletions.stateOf('a')).toBeUndefined();
  await vi.advanceTimersByTimeAsync(60_000);
  await other;
  expect(sent).toEqual(['b']);
});

test('sends all at once when the user leaves, and resolves after the answers', async () => {
  const answer = Promise.withResolvers<void>();
  const { deletions, sent } = newDeletions(() => answer.promise);
  void deletions.delete(message('a'));
  void deletions.delete(message('b'));
  let flushed = false;
  const flush = deletions.flush().then(() => {
    flushed = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect([sent, flushed, deletions.stateOf('a')]).toEqual([['a', 'b'], false, 'sent']);
  answer.resolve();
  await flush;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(['a', 'b']);
});

test('a second press deletes nothing twice', async () => {
  const { deletions, sent } = newDeletions();
  void deletions.delete(message('a'));
  await deletions.delete(message('a'));
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent).toEqual(['a']);
});

test('a refused deletion is over', async () => {
  const { deletions } = newDeletions(() => Promise.reject(new Error('refused')));
  const deleted = deletions.delete(message('a')).catch(String);
  await vi.advanceTimersByTimeAsync(5000);
  expect([await deleted, deletions.stateOf('a')]).toEqual(['Error: refused', undefined]);
});
