import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../client/rest/api.ts';
import type { ChatStore } from '../state/chat-store.ts';
import type { OpenChat } from '../state/open-chat.ts';
import { useApp } from './context.ts';
import { addressBefore, goBackTo, replaceAddress } from './trail.ts';

type Part = 'chat' | 'seq' | 'search' | 'join' | 'panel';

const partOf = (address: string, name: Part): string | null => new URLSearchParams(address.slice(1)).get(name);

const inAddress = (name: Part) => partOf(location.hash, name);

/** The address of a chat, or of one of its messages. */
export const chatAddress = (chatId: string, seq?: number) =>
  seq === undefined ? `#chat=${chatId}` : `#chat=${chatId}&seq=${seq}`;

/** Returns what navigates after a request, unless the user has gone elsewhere meanwhile. Call this before the request. */
export function fromHere(): (go: () => void) => void {
  const { hash } = location;
  return (go) => {
    if (location.hash === hash) go();
  };
}

/** Opens the chat whose ID a request returns, unless the user has gone elsewhere or signed out meanwhile. Returns the ID. */
export async function openWhenKnown(store: ChatStore, request: () => Promise<string | undefined>) {
  const thenGo = fromHere();
  const chatId = await request();
  if (chatId !== undefined && !store.closed)
    thenGo(() => {
      location.hash = chatAddress(chatId);
    });
  return chatId;
}

/** The address of a search in a chat. */
export const searchAddress = (chatId: string, query: string) => `#chat=${chatId}&search=${encodeURIComponent(query)}`;

/** Opens the user's newest chat, unless the address has one of theirs already, a sheet or a group to join. */
export async function openNewestChat(api: Api): Promise<void> {
  if (inAddress('join') || inAddress('panel')) return;
  const thenGo = fromHere();
  const { chats } = await api.listChats();
  const newest = chats.find(({ place }) => !place?.archived);
  if (newest && !chats.some(({ id }) => id === inAddress('chat')))
    thenGo(() => {
      location.hash = chatAddress(newest.id);
    });
}

/** Opens the chat of an address with `#chat=ID`, and joins the group of one with `#join=CODE`. */
export function useAddress(store: ChatStore): void {
  const { api, attempt } = useApp();
  useEffect(() => {
    const follow = async () => {
      store.select(inAddress('chat'));
      const inviteCode = inAddress('join');
      if (!inviteCode) return;
      const thenGo = fromHere();
      let next = '#';
      await attempt(async () => {
        next = chatAddress((await api.joinGroup(inviteCode)).group.id);
      });
      if (!store.closed) thenGo(() => replaceAddress(next));
    };
    window.addEventListener('hashchange', follow);
    void follow();
    return () => window.removeEventListener('hashchange', follow);
  }, [store, api, attempt]);
}

/** Goes to the message of an address with `#chat=ID&seq=N` when the chat is loaded, once: the address is then the chat's. */
export function useMessageInAddress({ chat, realtime, timeline }: OpenChat): void {
  const { attempt } = useApp();
  const isLoaded = realtime.reader.messages.length > 0;
  const seq = isLoaded && inAddress('chat') === chat.id ? Number(inAddress('seq')) : 0;
  useEffect(() => {
    if (!(seq > 0)) return;
    history.replaceState(history.state, '', chatAddress(chat.id));
    void attempt(() => timeline.jump(seq));
  }, [attempt, chat.id, timeline, seq]);
}

/** Whether the address is in this chat, or in a sheet beside it. */
export const isInChat = (chatId: string): boolean => inAddress('chat') === chatId;

/** Goes back from the open chat to the list. */
export const leaveChat = (): void => goBackTo((address) => !partOf(address, 'chat') && !partOf(address, 'join'), '#');

/** Begins the search of an address with `#chat=ID&search=QUERY`, once: the address is then that of the search's panel. */
export function useSearchInAddress({ chat }: OpenChat, begin: (query: string) => void): void {
  const query = inAddress('chat') === chat.id ? inAddress('search') : undefined;
  useEffect(() => {
    if (!query) return;
    replaceAddress(withPanel(searchPanel));
    begin(query);
  }, [query, begin]);
}

/** The search in the open chat, below its title. */
export const searchPanel = 'search';

/**
 * The sheet that the address names, such as "settings/devices", beside the chat that is open; or the search in it. Each one
 * that opens is an entry of the browser's history, so that the back button of a phone closes it.
 */
export function usePanel(): string | undefined {
  const [panel, setPanel] = useState(() => inAddress('panel') ?? undefined);
  useEffect(() => {
    const follow = () => setPanel(inAddress('panel') ?? undefined);
    window.addEventListener('hashchange', follow);
    // The address may have changed since the page was drawn.
    follow();
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return panel;
}

const withPanel = (panel: string | undefined): string => {
  const chat = inAddress('chat');
  const parts = [...(chat === null ? [] : [`chat=${chat}`]), ...(panel === undefined ? [] : [`panel=${panel}`])];
  return `#${parts.join('&')}`;
};

/** Opens a sheet, or a part of the one that is open. */
export function openPanel(panel: string): void {
  location.hash = withPanel(panel);
}

/** Goes from a part of a sheet back to the part from which the user came, or else up to `parent`. */
export function backToPanel(parent: string): void {
  const before = addressBefore();
  const rootOf = (panel: string | null) => panel?.split('/')[0];
  const isSameSheet =
    rootOf(partOf(before, 'panel')) === rootOf(parent) && partOf(before, 'chat') === inAddress('chat');
  if (isSameSheet) history.back();
  else replaceAddress(withPanel(parent));
}

/** Closes the sheet that is open, with all its parts, or the search. What is below it stays open: the chat, or the search. */
export function closePanel(): void {
  const [chat, panel] = [inAddress('chat'), inAddress('panel')];
  const isBelow = (other: string | null) => other === null || (other === searchPanel && panel !== searchPanel);
  goBackTo((address) => isBelow(partOf(address, 'panel')) && partOf(address, 'chat') === chat, withPanel(undefined));
}

/** Goes back from a part of a sheet to the one above it. */
export const goUpTo = (panel: string): void =>
  goBackTo((address) => partOf(address, 'panel') === panel, withPanel(panel));

/** Takes the sheet out of the address of a user who leaves, so that it does not open for the one who comes. */
export function forgetPanel(): void {
  history.replaceState(history.state, '', withPanel(undefined));
}
