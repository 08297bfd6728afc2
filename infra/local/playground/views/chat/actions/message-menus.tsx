import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '#shared/contract/chats/message.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { authorName } from '../../message-words.ts';
import { ActionMenu, type Point } from '../../parts/menus/action-menu.tsx';
import { RowMenus } from '../../parts/menus/row-menus.tsx';
import { messageActions } from './message-actions.ts';
import { ReactionPicker } from './reaction-picker.tsx';

/** Opens the menu of a message in the list inside. The rows need `data-seq`. */
export function MessageMenus({ open, children }: { open: OpenChat; children: ComponentChildren }) {
  const app = useApp();
  const [menu, setMenu] = useState<{ seq: number; at: Point }>();
  // As it is now: it may change while the menu is open.
  const message = menu && messageWith(menu.seq, open);

  const show = (element: Element, at: Point): boolean => {
    const seq = Number(element.closest<HTMLElement>('[data-seq]')?.dataset.seq);
    if (!messageWith(seq, open)) return false;
    setMenu({ seq, at });
    return true;
  };

  return (
    <>
      <RowMenus isText onOpen={show}>
        {children}
      </RowMenus>
      {message && (
        <ActionMenu
          label={app.texts.message.actionsOn(authorName(message, app.texts))}
          at={menu.at}
          target={{ message, open, app }}
          actions={messageActions}
          onClose={() => setMenu(undefined)}
          above={(choose) => (
            <ReactionPicker
              message={message}
              open={open}
              onPick={(emoji) => choose(() => app.attempt(() => open.reactions.toggle(message, emoji)))}
            />
          )}
        />
      )}
    </>
  );
}

/** Undefined also for a deleted message: there is nothing to do with it. */
const messageWith = (seq: number, open: OpenChat): Message | undefined =>
  open.timeline.messages.find((message) => message.seq === seq && !open.isDeleted(message));
