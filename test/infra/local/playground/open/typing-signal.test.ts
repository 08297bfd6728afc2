import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TypingSignal } from '../../../../../infra/local/playground/state/open/typing-signal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('says that the user writes when they begin, every ten seconds, and anew after a message', () => {
  const send = vi.fn();
  const signal = new TypingSignal(send);
  for (let seconds = 0; seconds < 20; seconds++) {
    signal.typed();
    vi.advanceTimersByTime(1000);
  }
  expect(send).toHaveBeenCalledTimes(2);
  signal.typed();
  signal.typed();
  expect(send).toHaveBeenCalledTimes(3);
  signal.sent();
  signal.typed();
  expect(send).toHaveBeenCalledTimes(4);
});
