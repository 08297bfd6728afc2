import type { RefObject } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';
import { lengthOf, maxCharacters, maxOfQuestion } from '../../client/realtime/message-length.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { useApp } from '../context.ts';
import type { Purpose } from './subject.tsx';
import { isTouchScreen } from './use-box-focus.ts';

interface Composing {
  box: RefObject<HTMLTextAreaElement | null>;
  isAsking: boolean;
  onAsking(isAsking: boolean): void;
}

/** The text in the message box, what it is for, and how it is sent. */
export function useComposer(open: OpenChat, { box, isAsking, onAsking }: Composing) {
  const { attempt } = useApp();
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const { editing, unsent } = open;
  const purpose: Purpose = editing.message ? 'edit' : isAsking ? 'question' : 'message';
  const draft = purpose === 'edit' ? editing : unsent;
  const length = lengthOf(draft.text);
  const max = purpose === 'question' ? maxOfQuestion : maxCharacters;
  const isBlank = !draft.text.trim();

  const isMessage = purpose === 'message';
  const replyTo = isMessage && unsent.replyTo ? open.current(unsent.replyTo) : undefined;
  const answered = unsent.replyTo?.messageId;
  const files = unsent.tray.chosen.length;
  // A reply and files go to the chat, not to the assistant.
  useEffect(() => {
    if (answered !== undefined || files > 0) onAsking(false);
  }, [answered, files, onAsking]);

  const onText = (text: string) => {
    draft.text = text;
    if (text && isMessage) open.typing.typed();
    rerender(0);
  };

  const sendMessage = async () => {
    const { tray } = unsent;
    await tray.ready();
    const { text } = unsent;
    // Blank text is sent only with files. What is too long stays in the box, where the user can shorten it.
    if ((!text.trim() && tray.chosen.length === 0) || lengthOf(text) > maxCharacters) return;
    open.send(text.trim() ? text : '');
    open.write('');
  };

  const sendQuestion = async () => {
    const { text } = unsent;
    if (isBlank || length > max) return;
    onAsking(false);
    open.write('');
    await attempt(() => open.ask(text));
  };

  const saveEdit = async () => {
    const { message } = editing;
    // Blank text is no message, but a caption may go.
    if ((!isBlank || message?.attachments) && length <= max && !message?.deletedAt) await attempt(() => editing.save());
  };

  const submit = async () => {
    if (!isTouchScreen()) box.current?.focus();
    if (purpose === 'edit') await saveEdit();
    else await (purpose === 'question' ? sendQuestion() : sendMessage());
  };

  /** The text is a message to the chat again. */
  const cancel = () => {
    if (purpose === 'edit') editing.cancel();
    else if (purpose === 'question') onAsking(false);
    else open.reply(undefined);
    box.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      box.current?.form?.requestSubmit();
    } else if (event.key === 'Escape' && (!isMessage || replyTo)) cancel();
    else if (event.key === 'ArrowUp' && !event.altKey && isMessage && !draft.text) {
      event.preventDefault();
      open.editLast();
    }
  };

  const hasContent = !isMessage || !isBlank || files > 0;
  return { purpose, draft, length, max, replyTo, hasContent, onText, submit, cancel, onKeyDown };
}
