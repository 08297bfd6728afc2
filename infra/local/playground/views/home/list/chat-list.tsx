import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import { arranged } from '../../../state/list/arranged.ts';
import { unreadTotal } from '../../../state/list/unread-total.ts';
import { isNamed } from '../../../state/search/named.ts';
import { useApp } from '../../context.ts';
import { chatName } from '../../message-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { ChatMenus } from './chat-menus.tsx';
import { ChatRow } from './chat-row.tsx';
import { NoChats, NoHits } from './empty-lists.tsx';

interface ListProps {
  store: ChatStore;
  /** Shows only the chats whose names have these words, the archived ones too. */
  query: string;
  /** Whether their messages are searched for the same words. */
  isSearched: boolean;
  /** What follows the chats. */
  children: ComponentChildren;
}

/** The user's chats: first those that are pinned, last the archived ones behind a line that unfolds them. */
export function ChatList({ store, query, isSearched, children }: ListProps) {
  const { texts } = useApp();
  const keysId = useId();
  const { all } = store.list;
  const named = query ? all?.filter((chat) => isNamed(chatName(chat, texts), query)) : all;
  const { shown, archived } = query ? { shown: named ?? [], archived: [] } : arranged(all ?? []);
  const rows = (chats: readonly Chat[]) => chats.map((chat) => <ChatRow key={chat.id} chat={chat} store={store} />);
  return (
    <ChatMenus store={store}>
      <div class="chats">
        <ul aria-label={texts.chats} aria-describedby={keysId}>
          {rows(shown)}
          {!all && <li class="empty">{texts.loading}</li>}
          {named?.length === 0 && !isSearched && (
            <li class="empty">{query ? <NoHits /> : <NoChats store={store} />}</li>
          )}
        </ul>
        {archived.length > 0 && (
          <details>
            <summary>
              <Icon name="archive" />
              <span>{texts.home.archived(archived.length)}</span>
              <UnreadOf chats={archived.filter(({ id }) => id !== store.open?.chat.id)} />
              <Icon name="forward" />
            </summary>
            <ul aria-label={texts.home.archived(archived.length)}>{rows(archived)}</ul>
          </details>
        )}
        {children}
        <p id={keysId} class="hidden">
          {texts.home.chatKeys}
        </p>
      </div>
    </ChatMenus>
  );
}

/** What the title of the tab counts of these chats. */
function UnreadOf({ chats }: { chats: readonly Chat[] }) {
  const { texts } = useApp();
  const unread = unreadTotal(chats, Date.now());
  if (unread === 0) return null;
  return (
    <span class="badge" role="img" aria-label={texts.home.unread(unread)}>
      {unread}
    </span>
  );
}
