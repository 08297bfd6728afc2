import { useId } from 'preact/hooks';
import type { ChatStore } from '../../../state/chat-store.ts';
import { useApp } from '../../context.ts';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menus/menu.tsx';
import { StartButtons } from './start-buttons.tsx';

/** The button above the list, or at the bottom of a narrow screen, with the ways to a new chat. */
export function NewChatMenu({ store }: { store: ChatStore }) {
  const { home } = useApp().texts;
  const id = useId();
  return (
    <>
      <button type="button" class="round new-chat" popovertarget={id} aria-label={home.newChat} title={home.newChat}>
        <Icon name="plus" />
      </button>
      <Menu id={id}>
        <StartButtons store={store} />
      </Menu>
    </>
  );
}
