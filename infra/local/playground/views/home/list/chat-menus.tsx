import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { ChatStore } from '../../../state/chat-store.ts';
import { useApp } from '../../context.ts';
import { chatName } from '../../message-words.ts';
import { ActionMenu, type Point } from '../../parts/menus/action-menu.tsx';
import { below, RowMenus } from '../../parts/menus/row-menus.tsx';
import { chatActions } from './chat-actions.ts';

/** Opens the menu of a chat in the list inside, also by the key M. The rows need `data-chat`. */
export function ChatMenus({ store, children }: { store: ChatStore; children: ComponentChildren }) {
  const app = useApp();
  const [menu, setMenu] = useState<{ chatId: string; at: Point }>();
  const chat = menu && store.list.get(menu.chatId);

  const show = (element: Element, at: Point): boolean => {
    const { chat: chatId } = element.closest<HTMLElement>('[data-chat]')?.dataset ?? {};
    if (chatId === undefined) return false;
    setMenu({ chatId, at });
    return true;
  };
  // By its place on the keyboard, so that it works in Russian too.
  const onKeyDown = ({ code, target, ctrlKey, metaKey, altKey }: TargetedKeyboardEvent<HTMLElement>) => {
    if (code === 'KeyM' && target instanceof Element && !ctrlKey && !metaKey && !altKey) show(target, below(target));
  };
  return (
    <>
      <RowMenus onOpen={show} onKeyDown={onKeyDown}>
        {children}
      </RowMenus>
      {chat && (
        <ActionMenu
          label={app.texts.home.actionsOnChat(chatName(chat, app.texts))}
          at={menu.at}
          target={{ chat, store, app }}
          actions={chatActions}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}
