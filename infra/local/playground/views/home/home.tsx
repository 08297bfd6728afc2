import { useEffect } from 'preact/hooks';
import type { User } from '../../client/rest/session.ts';
import type { ChatStore } from '../../state/chat-store.ts';
import { languages, loadTexts } from '../../texts/load-texts.ts';
import { useAddress, usePanel } from '../address.ts';
import { ChatView } from '../chat/chat-view.tsx';
import { lazy, useLazyScripts } from '../parts/lazy.tsx';
import { closeDialogs } from '../parts/sheets/dialog.tsx';
import { Placeholder } from './placeholder.tsx';
import { usePush } from './push/use-push.ts';
import { ShortcutsSheet } from './shortcuts/shortcuts-sheet.tsx';
import { useShortcuts } from './shortcuts/use-shortcuts.ts';
import { Sidebar } from './sidebar.tsx';
import { useMe } from './use-me.ts';
import { useAttention, useStore } from './use-store.ts';
import { useUnreadSign } from './use-unread-sign.ts';

const Settings = lazy(async () => (await import('../settings/settings.tsx')).Settings);

interface HomeProps {
  store: ChatStore;
  user: User;
  onRename(): void;
}

/** The user's chats beside the one that is open. Each change of the store renders all of it: rows skip what is the same. */
export function Home({ store, user, onRename }: HomeProps) {
  const me = useMe(onRename);
  useStore(store);
  useAttention(store);
  useEffect(() => closeDialogs, []);
  useAddress(store);
  useUnreadSign(store);
  usePush(store);
  useShortcuts(store);
  useLazyScripts(() => Promise.all(languages.map(loadTexts)));
  const { open } = store;
  return (
    <main class={`home ${open ? 'open' : ''}`}>
      <Sidebar store={store} user={user} me={me} />
      <div class="place">
        {open ? <ChatView key={open.chat.id} open={open} store={store} /> : <Placeholder store={store} />}
      </div>
      {usePanel()?.startsWith('settings') && <Settings store={store} me={me} />}
      <ShortcutsSheet />
    </main>
  );
}
