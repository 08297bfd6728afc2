import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { User } from '../../client/rest/session.ts';
import type { ChatStore } from '../../state/chat-store.ts';
import { unreadTotal } from '../../state/list/unread-total.ts';
import { useAddress } from '../address.ts';
import { ChatView } from '../chat/chat-view.tsx';
import { useApp } from '../context.ts';
import { closeDialogs } from '../parts/dialog.tsx';
import { Settings } from '../settings/settings.tsx';
import { usePush } from './push/use-push.ts';
import { Sidebar } from './sidebar.tsx';
import { useMe } from './use-me.ts';
import { useAttention, useStore } from './use-store.ts';

interface HomeProps {
  store: ChatStore;
  user: User;
  switches: ComponentChildren;
  onRename(): void;
}

/** The user's chats beside the one that is open. Each change of the store renders all of it: rows skip what is the same. */
export function Home({ store, user, switches, onRename }: HomeProps) {
  const { texts } = useApp();
  const me = useMe(onRename);
  useStore(store);
  useAttention(store);
  useEffect(() => closeDialogs, []);
  useAddress(store);
  useUnreadTitle(store);
  usePush(store);
  const { open, list, selected } = store;
  const isLoading = selected !== null && !list.all;
  return (
    <main class={`home ${open ? 'open' : ''}`}>
      <Sidebar store={store} user={user} me={me} switches={switches} />
      <div class="place">
        {open && <ChatView key={open.chat.id} open={open} store={store} />}
        {!open && (
          <p class="empty">
            {isLoading ? texts.loading : texts.chooseChat}
            {!isLoading && <a href="/docs">{texts.docs}</a>}
          </p>
        )}
      </div>
      <Settings store={store} me={me} />
    </main>
  );
}

/** Shows the number of unread messages in the title of the browser's tab. */
function useUnreadTitle(store: ChatStore): void {
  const { title } = useApp().texts;
  const unread = unreadTotal(store.counted, Date.now());
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
    return () => {
      document.title = title;
    };
  }, [unread, title]);
}
