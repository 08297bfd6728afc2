import { useEffect } from 'preact/hooks';
import type { Api } from '../client/rest/api.ts';
import { ApiProblem } from '../client/rest/api-problem.ts';
import type { ChatStore } from '../state/chat-store.ts';
import { useApp } from './context.ts';
import { wordsFor } from './problem-text.ts';

/** Sockets belong to chats, not to users, so the list of chats is polled. */
const refreshEveryMs = 5000;
/** While the tab is in the background: its title still shows how many messages are unread. */
const hiddenRefreshEveryMs = 60_000;

const inAddress = (name: 'chat' | 'join') => new URLSearchParams(location.hash.slice(1)).get(name);

export const chatAddress = (chatId: string) => `#chat=${chatId}`;

/** Opens the user's newest chat, unless the address has one of theirs already or a group to join. */
export async function openNewestChat(api: Api): Promise<void> {
  if (inAddress('join')) return;
  const { chats } = await api.listChats();
  const [newest] = chats;
  if (newest && !chats.some(({ id }) => id === inAddress('chat'))) location.replace(chatAddress(newest.id));
}

/** Opens the chat of an address with `#chat=ID`, joins the group of one with `#join=CODE`, and refreshes the list. */
export function useAddress(store: ChatStore): void {
  const { api, attempt, notify } = useApp();
  useEffect(() => {
    // What the server asked for with Retry-After, in milliseconds since the epoch.
    let notBefore = 0;
    let refreshedAt = 0;
    let running = 0;
    const refresh = async () => {
      if (Date.now() < notBefore) return;
      refreshedAt = Date.now();
      running++;
      try {
        const dropped = await store.refresh();
        if (dropped > 0) notify((texts) => texts.droppedUnsent(dropped));
      } catch (error) {
        const { retryAfter = 0 } = error instanceof ApiProblem ? error : {};
        notBefore = Date.now() + retryAfter * 1000;
        // An open chat shows the state of the connection itself.
        if (!store.closed && !store.open) notify(wordsFor(error));
      } finally {
        running--;
      }
    };
    const poll = () =>
      running > 0 || (document.hidden && Date.now() - refreshedAt < hiddenRefreshEveryMs) || void refresh();
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
    const timer = setInterval(poll, refreshEveryMs);
    window.addEventListener('hashchange', follow);
    void follow();
    return () => {
      clearInterval(timer);
      window.removeEventListener('hashchange', follow);
    };
  }, [store, api, attempt, notify]);
}
