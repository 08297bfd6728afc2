import { useEffect } from 'preact/hooks';
import type { Api } from '../client/rest/api.ts';
import type { ChatStore } from '../state/chat-store.ts';
import { useApp } from './context.ts';

const inAddress = (name: 'chat' | 'join') => new URLSearchParams(location.hash.slice(1)).get(name);

export const chatAddress = (chatId: string) => `#chat=${chatId}`;

/** Opens the user's newest chat, unless the address has one of theirs already or a group to join. */
export async function openNewestChat(api: Api): Promise<void> {
  if (inAddress('join')) return;
  const { chats } = await api.listChats();
  const [newest] = chats;
  if (newest && !chats.some(({ id }) => id === inAddress('chat'))) location.replace(chatAddress(newest.id));
}

/** Opens the chat of an address with `#chat=ID`, and joins the group of one with `#join=CODE`. */
export function useAddress(store: ChatStore): void {
  const { api, attempt } = useApp();
  useEffect(() => {
    const follow = async () => {
      store.select(inAddress('chat'));
      const inviteCode = inAddress('join');
      if (!inviteCode) return;
      let next = '#';
      await attempt(async () => {
        next = chatAddress((await api.joinGroup(inviteCode)).group.id);
      });
      if (!store.closed) location.replace(next);
    };
    window.addEventListener('hashchange', follow);
    void follow();
    return () => window.removeEventListener('hashchange', follow);
  }, [store, api, attempt]);
}
