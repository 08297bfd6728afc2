import type { ComponentChildren, TargetedKeyboardEvent, TargetedMouseEvent, TargetedPointerEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Point } from './action-menu.tsx';

/** Milliseconds that a finger rests on a row before its menu opens. */
const longPressMs = 500;
/** A finger that moves further scrolls. Pixels. */
const restingWithin = 10;

interface Press {
  at: Point;
  timer: ReturnType<typeof setTimeout>;
}

interface RowMenusProps {
  /** The rows are text: the browser's own menu copies what is selected and opens the links in it. */
  isText?: boolean;
  /** Opens the menu of the row with this element. Returns false if it has none. */
  onOpen(element: Element, at: Point): boolean;
  onKeyDown?(event: TargetedKeyboardEvent<HTMLElement>): void;
  children: ComponentChildren;
}

/** Opens the menus of the rows inside: by a row's button of the class `opens-actions`, a right click or a long press. */
export function RowMenus({ isText = false, onOpen, onKeyDown, children }: RowMenusProps) {
  const press = useRef<Press | undefined>(undefined);
  const hadSelection = useRef(false);
  const endPress = () => clearTimeout(press.current?.timer);
  useEffect(() => endPress, []);

  const onClick = ({ target }: TargetedMouseEvent<HTMLElement>) => {
    const button = target instanceof Element && target.closest('.opens-actions');
    if (button) onOpen(button, below(button));
  };
  const onContextMenu = (event: TargetedMouseEvent<HTMLElement>) => {
    const { target, clientX: x, clientY: y } = event;
    if (!(target instanceof Element) || (isText && (isLink(target) || hadSelection.current))) return;
    if (onOpen(target, { x, y })) event.preventDefault();
  };
  // iOS has no `contextmenu` event.
  const onPointerDown = ({ pointerType, target, clientX: x, clientY: y }: TargetedPointerEvent<HTMLElement>) => {
    endPress();
    // Before the browser selects the word that is clicked.
    hadSelection.current = String(getSelection()) !== '';
    if (pointerType !== 'touch' || !(target instanceof Element) || (isText && isLink(target))) return;
    const at = { x, y };
    press.current = { at, timer: setTimeout(() => onOpen(target, at), longPressMs) };
  };
  const onPointerMove = ({ clientX, clientY }: TargetedPointerEvent<HTMLElement>) => {
    const { x = 0, y = 0 } = press.current?.at ?? {};
    if (Math.hypot(clientX - x, clientY - y) > restingWithin) endPress();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what happens in the list inside
    <div
      class="menus"
      onClick={onClick}
      onContextMenu={onContextMenu}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endPress}
      onPointerCancel={endPress}
    >
      {children}
    </div>
  );
}

/** Where the menu of an element opens. */
export function below(element: Element): Point {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}

const isLink = (element: Element): boolean => element.closest('a') !== null;
