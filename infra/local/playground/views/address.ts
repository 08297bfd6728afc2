import { useEffect } from 'preact/hooks';
import type { ChatStore } from '../state/chat-store.ts';
import { useApp } from './context.ts';
import { problemText } from './problem-text.ts';

/** Sockets belong to chats, not to users, so the list of chats is polled. */
const refreshEveryMs = 5000;

const inAddress = (name: 'chat' | 'join') => new URLSearchParams(location.hash.slice(1)).get(name);

export const chatAddress = (chatId: string) => `#chat=${chatId}`;

/** Opens the chat of an address with `#chat=ID`, joins the group of one with `#join=CODE`, and refreshes the list. */
export function useAddress(store: ChatStore): void {
  const { api, attempt, notify } = useApp();
  useEffect(() => {
    const refresh = () =>
      store.refresh().catch((error: unknown) => {
        // An open chat shows the state of the connection itself.
        if (!store.closed && !store.open) notify((texts) => problemText(texts, error));
      });
    const follow = async () => {
      store.select(inAddress('chat'));
      const inviteCode = inAddress('join');
      if (!inviteCode) return refresh();
      let next = '#';
      await attempt(async () => {
        next = chatAddress((await api.joinGroup(inviteCode)).group.id);
      });
      if (!store.closed) location.replace(next);
    };
    const timer = setInterval(() => document.hidden || void refresh(), refreshEveryMs);
    window.addEventListener('hashchange', follow);
    void follow();
    return () => {
      clearInterval(timer);
      window.removeEventListener('hashchange', follow);
    };
  }, [store, api, attempt, notify]);
}
