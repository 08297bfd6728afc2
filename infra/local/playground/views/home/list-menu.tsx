import { useId } from 'preact/hooks';
import type { ChatStore } from '../../state/chat-store.ts';
import { openPanel } from '../address.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menus/menu.tsx';
import { useReadAll } from '../use-read-all.ts';

/** What concerns all chats of the list. */
export function ListMenu({ store }: { store: ChatStore }) {
  const { home, settings } = useApp().texts;
  const readAll = useReadAll(store);
  const id = useId();
  return (
    <>
      <button type="button" class="round" popovertarget={id} aria-label={home.more} title={home.more}>
        <Icon name="more" />
      </button>
      <Menu id={id}>
        <Button onPress={readAll}>
          <Icon name="read" />
          {settings.readAll}
        </Button>
        <Button class="with-keyboard" onPress={() => openPanel('shortcuts')}>
          <Icon name="keyboard" />
          {home.shortcuts}
        </Button>
      </Menu>
    </>
  );
}
