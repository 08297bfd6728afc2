import { useId } from 'preact/hooks';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import { arranged } from '../../../state/list/arranged.ts';
import { unreadTotal } from '../../../state/list/unread-total.ts';
import { useApp } from '../../context.ts';
import { ChatMenus } from './chat-menus.tsx';
import { ChatRow } from './chat-row.tsx';

/** The user's chats: first those that are pinned, last the archived ones behind a line that unfolds them. */
export function ChatList({ store }: { store: ChatStore }) {
  const { texts } = useApp();
  const keysId = useId();
  const { all } = store.list;
  const { shown, archived } = arranged(all ?? []);
  const rows = (chats: readonly Chat[]) => chats.map((chat) => <ChatRow key={chat.id} chat={chat} store={store} />);
  return (
    <ChatMenus store={store}>
      <div class="chats">
        <ul aria-label={texts.chats} aria-describedby={keysId}>
          {rows(shown)}
          {!all && <li class="empty">{texts.loading}</li>}
          {all?.length === 0 && <li class="empty">{texts.noChats}</li>}
        </ul>
        {archived.length > 0 && (
          <details>
            <summary>
              <span>{texts.archived(archived.length)}</span>
              <UnreadOf chats={archived.filter(({ id }) => id !== store.open?.chat.id)} />
            </summary>
            <ul aria-label={texts.archived(archived.length)}>{rows(archived)}</ul>
          </details>
        )}
        <p id={keysId} class="hidden">
          {texts.chatKeys}
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
    <span class="badge" role="img" aria-label={texts.unread(unread)}>
      {unread}
    </span>
  );
}
