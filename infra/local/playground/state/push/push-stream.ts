import { fieldsOf, isText } from '../../client/realtime/frames.ts';
import type { PushDevice } from './push-device.ts';

/** A push notification about a message. */
export interface Push {
  token: string;
  title: string;
  body: string;
  chatId: string;
  seq: number;
}

interface Listener {
  userId: string;
  device: Pick<PushDevice, 'token'>;
  /** The document. */
  page: EventTarget & { hidden: boolean };
  onPush(push: Push): void;
}

/** Listens for pushes to this browser while the page is hidden. Returns a function that stops it. */
export function listenWhileHidden(listener: Listener): () => void {
  const { page, device } = listener;
  let listening: AbortController | undefined;
  const follow = () => {
    listening?.abort();
    listening = undefined;
    if (!page.hidden || device.token === undefined) return;
    listening = new AbortController();
    listen(listener, listening.signal);
  };
  page.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    page.removeEventListener('visibilitychange', follow);
    listening?.abort();
  };
}

/** One hidden tab listens for all, because a stream takes one of the six connections of a browser to a server. */
function listen({ userId, device, onPush }: Listener, signal: AbortSignal): void {
  const untilAborted = () =>
    new Promise<void>((resolve) => {
      const source = new EventSource(`/_local/push?user=${userId}`);
      source.onmessage = ({ data }) => {
        const push = readPush(data);
        // The user's other devices have tokens of their own.
        if (push && push.token === device.token) onPush(push);
      };
      signal.addEventListener('abort', () => {
        source.close();
        resolve();
      });
    });
  // Rejects when the page is shown before its turn.
  navigator.locks.request('pushes', { signal }, untilAborted).catch(() => {});
}

/** Undefined for a push without a title or a message to open. */
export function readPush(json: string): Push | undefined {
  const { token, title, body, data } = fieldsOf(json);
  const { chatId, seq }: Record<string, unknown> = { ...(typeof data === 'object' ? data : {}) };
  if (!isText(token) || !isText(title) || !isText(chatId) || !isText(seq)) return undefined;
  return { token, title, body: isText(body) ? body : '', chatId, seq: Number(seq) };
}
