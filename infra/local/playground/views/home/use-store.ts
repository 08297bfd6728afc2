import { useEffect, useLayoutEffect, useReducer } from 'preact/hooks';
import type { ChatStore } from '../../state/chat-store.ts';
import { useApp } from '../context.ts';
import { wordsFor } from '../problem-text.ts';

/** What time alone changes is rendered this often: a chat that is muted for an hour, the day of a message. */
const tickMs = 60_000;

/** Renders the view again with each change of the store, and tells the user what went wrong. */
export function useStore(store: ChatStore): void {
  const { notify } = useApp();
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => {
    const { listener } = store;
    store.listener = {
      onChange: () => rerender(0),
      // An open chat shows the state of the connection itself.
      onTrouble: (error) => store.open || notify(wordsFor(error)),
      onDropped: (messages) => notify((texts) => texts.delivery.droppedUnsent(messages)),
    };
    return () => {
      store.listener = listener;
    };
  }, [store, notify]);
  useEffect(() => {
    const timer = setInterval(() => rerender(0), tickMs);
    return () => clearInterval(timer);
  }, []);
}

/** Tells the store when the user or the network comes and goes, and what other tabs have saved. */
export function useAttention(store: ChatStore): void {
  useEffect(() => {
    const wake = () => (document.hidden ? store.open?.sleep() : store.wake());
    // Instead of waiting for an answer. It may succeed: a server on the same machine needs no network.
    const offline = () => store.inbox.reconnect();
    const hear = ({ key }: StorageEvent) => store.unsent.hear(key);
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    window.addEventListener('offline', offline);
    window.addEventListener('storage', hear);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
      window.removeEventListener('offline', offline);
      window.removeEventListener('storage', hear);
    };
  }, [store]);
}
