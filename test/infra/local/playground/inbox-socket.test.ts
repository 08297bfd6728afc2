import { beforeEach, expect, test, vi } from 'vitest';
import { InboxSocket } from '../../../../infra/local/playground/client/realtime/inbox/inbox-socket.ts';
import { times } from '../../../../infra/local/playground/client/realtime/times.ts';

/** A socket that is open and says what the test says. */
class FakeSocket {
  static readonly OPEN = 1;
  static last: FakeSocket;
  readonly readyState = FakeSocket.OPEN;
  onopen = () => {};
  onmessage = (_event: { data: string }) => {};
  onclose = (_event: { wasClean: boolean }) => {};
  send = () => {};
  close = () => {};

  constructor() {
    FakeSocket.last = this;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

function opened() {
  const onDead = vi.fn();
  const socket = new InboxSocket('ws://localhost', { onOpen: () => {}, onData: () => {}, onDead });
  FakeSocket.last.onopen();
  return { socket, onDead };
}

test('is dead without an answer in time, also while more is sent', () => {
  const { socket, onDead } = opened();
  socket.ask({ type: 'message' });
  vi.advanceTimersByTime(times.answer / 2);
  socket.ask({ type: 'message' });
  vi.advanceTimersByTime(times.answer / 2);
  expect(onDead).toHaveBeenCalledTimes(1);
});

test('is alive while the server says anything', () => {
  const { socket, onDead } = opened();
  for (let n = 0; n < 3; n++) {
    socket.ask({ type: 'message' });
    vi.advanceTimersByTime(times.answer - 1);
    FakeSocket.last.onmessage({ data: '{}' });
  }
  vi.advanceTimersByTime(times.answer);
  expect(onDead).not.toHaveBeenCalled();
});
