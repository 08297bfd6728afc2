import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { OpenChat } from '../../state/open-chat.ts';

/** There, the focus in a text field opens a keyboard over what the user reads. */
export const isTouchScreen = (): boolean => matchMedia('(pointer: coarse)').matches;

/** Gives the focus to the message box when a chat is opened, when its purpose changes, and when a file comes or goes. */
export function useBoxFocus(
  box: RefObject<HTMLTextAreaElement | null>,
  { editing, unsent }: OpenChat,
  isAsking: boolean,
): void {
  useLayoutEffect(() => {
    if (!isTouchScreen()) box.current?.focus();
  }, [box]);

  const about = editing.message?.id ?? unsent.replyTo?.messageId;
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (about !== undefined && !isFirst.current) box.current?.focus();
  }, [box, about]);
  useLayoutEffect(() => {
    if (!isFirst.current) box.current?.focus();
    isFirst.current = false;
  }, [box, isAsking]);

  const fileCount = unsent.tray.chosen.length;
  const countBefore = useRef(fileCount);
  useLayoutEffect(() => {
    // What the user has pressed to add or remove one may be gone.
    if (fileCount !== countBefore.current && !isTouchScreen()) box.current?.focus();
    countBefore.current = fileCount;
  }, [box, fileCount]);
}
