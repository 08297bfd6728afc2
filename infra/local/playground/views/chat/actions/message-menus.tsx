import type { ComponentChildren, TargetedMouseEvent, TargetedPointerEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '#shared/contract/chats/message.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { MessageMenu, type Point } from './message-menu.tsx';

/** Milliseconds that a finger rests on a message before its menu opens. */
const longPressMs = 500;
/** A finger that moves further scrolls. Pixels. */
const restingWithin = 10;

interface Press {
  at: Point;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * Opens the menu of a message in the list inside: by the row's button, a right click or a long press. The rows need
 * `data-seq`, and the button the class `opens-actions`.
 */
export function MessageMenus({ open, children }: { open: OpenChat; children: ComponentChildren }) {
  const app = useApp();
  const [menu, setMenu] = useState<{ seq: number; at: Point }>();
  // As it is now: it may change while the menu is open.
  const message = menu && messageWith(menu.seq, open);
  const press = useRef<Press | undefined>(undefined);
  const hadSelection = useRef(false);
  const endPress = () => clearTimeout(press.current?.timer);
  useEffect(() => endPress, []);

  const show = (element: EventTarget | null, at: Point): boolean => {
    const seq = seqAt(element);
    if (!messageWith(seq, open)) return false;
    setMenu({ seq, at });
    return true;
  };
  const onClick = ({ target }: TargetedMouseEvent<HTMLElement>) => {
    const button = target instanceof Element && target.closest('.opens-actions');
    if (!button) return;
    const { left, bottom } = button.getBoundingClientRect();
    show(button, { x: left, y: bottom });
  };
  const onContextMenu = (event: TargetedMouseEvent<HTMLElement>) => {
    // The browser's own menu copies what is selected and opens links.
    if (isLink(event.target) || hadSelection.current) return;
    if (show(event.target, { x: event.clientX, y: event.clientY })) event.preventDefault();
  };
  // iOS has no `contextmenu` event.
  const onPointerDown = ({ pointerType, target, clientX, clientY }: TargetedPointerEvent<HTMLElement>) => {
    endPress();
    // Before the browser selects the word that is clicked.
    hadSelection.current = String(getSelection()) !== '';
    if (pointerType !== 'touch' || isLink(target)) return;
    const at = { x: clientX, y: clientY };
    press.current = { at, timer: setTimeout(() => show(target, at), longPressMs) };
  };
  const onPointerMove = ({ clientX, clientY }: TargetedPointerEvent<HTMLElement>) => {
    const { x = 0, y = 0 } = press.current?.at ?? {};
    if (Math.hypot(clientX - x, clientY - y) > restingWithin) endPress();
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears what happens in the list inside */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key on a button is a click */}
      <div
        class="menus"
        onClick={onClick}
        onContextMenu={onContextMenu}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={endPress}
        onPointerCancel={endPress}
      >
        {children}
      </div>
      {message && (
        <MessageMenu message={message} at={menu.at} open={open} app={app} onClose={() => setMenu(undefined)} />
      )}
    </>
  );
}

const isLink = (element: EventTarget | null): boolean => element instanceof Element && element.closest('a') !== null;

function seqAt(element: EventTarget | null): number {
  const row = element instanceof Element ? element.closest<HTMLElement>('[data-seq]') : null;
  return Number(row?.dataset.seq);
}

/** Undefined also for a deleted message: there is nothing to do with it. */
const messageWith = (seq: number, open: OpenChat): Message | undefined =>
  open.timeline.messages.find((message) => message.seq === seq && !open.isDeleted(message));
