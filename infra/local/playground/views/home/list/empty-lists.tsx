import type { ChatStore } from '../../../state/chat-store.ts';
import { useApp } from '../../context.ts';
import { Icon } from '../../parts/icon.tsx';
import { StartButtons } from '../new-chat/start-buttons.tsx';

/** What somebody without chats can do. */
export function NoChats({ store }: { store: ChatStore }) {
  const { home } = useApp().texts;
  return (
    <>
      <Icon name="chat" />
      <h2>{home.noChatsTitle}</h2>
      <p>{home.noChatsHint}</p>
      <div class="ways">
        <StartButtons store={store} />
      </div>
    </>
  );
}

/** No chat has the words of the search in its name. */
export function NoHits() {
  const { search, home } = useApp().texts;
  return (
    <>
      <Icon name="search" />
      <h2>{search.noChats}</h2>
      <p>{home.noHitsHint}</p>
    </>
  );
}
