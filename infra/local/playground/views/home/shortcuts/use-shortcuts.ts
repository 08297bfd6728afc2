import { useEffect } from 'preact/hooks';
import type { ChatStore } from '../../../state/chat-store.ts';
import { arranged } from '../../../state/list/arranged.ts';
import { chatAddress, openPanel } from '../../address.ts';

/** The shortcuts that work wherever the focus is, except in dialogs: these have keys of their own. */
export function useShortcuts(store: ChatStore): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = event.defaultPrevented || document.querySelector('dialog[open]') ? undefined : actionOf(event, store);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [store]);
}

/** Letters by their place on the keyboard, so that they work in Russian too. */
function actionOf(event: KeyboardEvent, store: ChatStore): (() => void) | undefined {
  const { key, code, altKey, shiftKey } = event;
  const isMod = event.ctrlKey !== event.metaKey;
  if (isMod && !altKey && !shiftKey && code === 'KeyK') return focusSearch;
  if (isMod && !altKey && code === 'Slash') return showShortcuts;
  if (!isMod && !altKey && key === '?' && !isWriting(event.target)) return showShortcuts;
  if (altKey && !isMod && !shiftKey && key === 'ArrowUp') return () => openNeighbour(store, -1);
  if (altKey && !isMod && !shiftKey && key === 'ArrowDown') return () => openNeighbour(store, 1);
  return undefined;
}

const focusSearch = () => document.querySelector<HTMLInputElement>('.sidebar [type="search"]')?.select();

const showShortcuts = () => openPanel('shortcuts');

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Opens the chat above or below the open one; without one, the first. */
function openNeighbour({ list, open }: ChatStore, step: 1 | -1): void {
  const { shown } = arranged(list.all ?? []);
  const now = shown.findIndex(({ id }) => id === open?.chat.id);
  const next = now < 0 ? shown[0] : shown[now + step];
  if (next) location.hash = chatAddress(next.id);
}
