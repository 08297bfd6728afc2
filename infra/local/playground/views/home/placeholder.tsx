import type { ChatStore } from '../../state/chat-store.ts';
import { useApp } from '../context.ts';
import { Logo } from '../parts/logo.tsx';
import { StartButtons } from './new-chat/start-buttons.tsx';

/** What is beside the list while no chat is open. */
export function Placeholder({ store }: { store: ChatStore }) {
  const { texts } = useApp();
  const { list, selected } = store;
  const { home } = texts;
  if (selected !== null && !list.all) return <p class="empty">{texts.loading}</p>;
  // The list itself says what to do if it is empty.
  const hasChats = list.all !== undefined && list.all.length > 0;
  return (
    <div class="placeholder">
      <Logo />
      <h2>{hasChats ? texts.home.chooseChat : texts.title}</h2>
      {hasChats && <p>{home.chooseHint}</p>}
      {hasChats && (
        <div class="ways">
          <StartButtons store={store} />
        </div>
      )}
      <p class="with-keyboard">{home.shortcutsHint('?')}</p>
      <a href="/docs">{texts.settings.docs}</a>
    </div>
  );
}
