import type { RefObject } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';
import { lengthOf, maxCharacters, maxOfQuestion } from '../../client/realtime/message-length.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { useApp } from '../context.ts';
import { isTouchScreen } from './use-box-focus.ts';

/** What becomes of the text in the message box. */
type Purpose = 'message' | 'question' | 'edit';

interface Composing {
  box: RefObject<HTMLTextAreaElement | null>;
  isAsking: boolean;
  onAsking(isAsking: boolean): void;
}

/** The text in the message box, what it is for, and how it is sent. */
export function useComposer(open: OpenChat, { box, isAsking, onAsking }: Composing) {
  const { attempt } = useApp();
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const { editing, unsent, questions } = open;
  const purpose: Purpose = editing.message ? 'edit' : isAsking ? 'question' : 'message';
  const draft = purpose === 'edit' ? editing : unsent;
  const length = lengthOf(draft.text);
  const max = purpose === 'question' ? maxOfQuestion : maxCharacters;
  const isBlank = !draft.text.trim();

  const answered = unsent.replyTo?.messageId;
  // Who replies to a message writes to the chat.
  useEffect(() => {
    if (answered !== undefined) onAsking(false);
  }, [answered, onAsking]);

  const onText = (text: string) => {
    draft.text = text;
    if (text && purpose === 'message') open.typing.typed();
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
    await attempt(() => questions.ask(text));
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

  return { purpose, draft, length, max, isBlank, onText, submit };
}
