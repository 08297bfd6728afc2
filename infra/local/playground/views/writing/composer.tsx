import { useCallback, useId, useRef } from 'preact/hooks';
import type { OpenChat } from '../../state/open-chat.ts';
import { EditingBar } from '../chat/actions/editing-bar.tsx';
import { useApp } from '../context.ts';
import { EmojiButton } from '../emoji/emoji-button.tsx';
import { Icon } from '../parts/icon.tsx';
import { AskingLine } from './asking-line.tsx';
import { AttachMenu } from './attach-menu.tsx';
import { FileTray } from './files/file-tray.tsx';
import { RecordButton } from './files/record-button.tsx';
import { insertAtCaret } from './insert-at-caret.ts';
import { MessageBox } from './message-box.tsx';
import { ReplyLine } from './reply-line.tsx';
import { Suggestions, useSuggestions } from './suggestions.tsx';
import { useBoxFocus } from './use-box-focus.ts';
import { useComposer } from './use-composer.ts';

export interface ComposerProps {
  open: OpenChat;
  /** Whether the text in the box is a question to the assistant. */
  isAsking: boolean;
  onAsking(isAsking: boolean): void;
}

/** The message box, in one line with what belongs to it: attaching, emojis, and sending or recording. */
export function Composer({ open, isAsking, onAsking }: ComposerProps) {
  const { texts } = useApp();
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const { purpose, draft, length, max, isBlank, onText, submit } = useComposer(open, { box, isAsking, onAsking });
  const suggestions = useSuggestions(open);
  useBoxFocus(box, open, isAsking);
  const { editing, unsent } = open;
  const isMessage = purpose === 'message';
  const replyTo = isMessage ? unsent.replyTo : undefined;
  const isTooLong = length > max;
  const hasFiles = isMessage && unsent.tray.chosen.length > 0;

  const cancelReply = () => {
    open.reply(undefined);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      box.current?.form?.requestSubmit();
    } else if (event.key === 'Escape' && purpose === 'edit') editing.cancel();
    else if (event.key === 'Escape' && purpose === 'question') onAsking(false);
    else if (event.key === 'Escape' && replyTo) cancelReply();
    else if (event.key === 'ArrowUp' && isMessage && !draft.text) {
      event.preventDefault();
      open.editLast();
    }
  };
  const insert = useCallback((emoji: string) => insertAtCaret(box.current, emoji), []);

  return (
    <div class="composer">
      <Suggestions
        {...suggestions}
        onTake={(suggestion) => {
          open.write(suggestion);
          box.current?.focus();
        }}
      />
      <form
        class="box"
        onSubmit={(event) => {
          event.preventDefault();
          suggestions.hide();
          void submit();
        }}
      >
        {purpose !== 'edit' && <AttachMenu open={open} onAsk={() => onAsking(true)} onSuggest={suggestions.suggest} />}
        <div class="field-box">
          <EditingBar editing={editing} />
          {purpose === 'question' && <AskingLine id={`${id}-about`} onCancel={() => onAsking(false)} />}
          {replyTo && <ReplyLine id={`${id}-about`} quote={open.current(replyTo)} onCancel={cancelReply} />}
          {isMessage && <FileTray open={open} />}
          <div class="line">
            <MessageBox
              box={box}
              open={open}
              label={purpose === 'question' ? texts.chat.question : texts.write}
              isInvalid={isTooLong}
              describedBy={isMessage && !replyTo ? id : `${id} ${id}-about`}
              text={draft.text}
              onText={onText}
              onMention={(named) => draft.mention(named)}
              onKeyDown={onKeyDown}
            />
            <EmojiButton onPick={insert} />
          </div>
          <p id={id} class="complaint" role="alert">
            {isTooLong && texts.tooLong(length, max)}
          </p>
        </div>
        {isMessage && isBlank && !hasFiles ? <RecordButton open={open} /> : <SendButton purpose={purpose} />}
      </form>
    </div>
  );
}

function SendButton({ purpose }: Pick<ReturnType<typeof useComposer>, 'purpose'>) {
  const { texts } = useApp();
  const label = { message: texts.send, question: texts.chat.sendQuestion, edit: texts.save }[purpose];
  return (
    // Pressing it leaves the focus in the box, so that the keyboard of a phone stays open.
    <button
      type="submit"
      class="primary"
      aria-label={label}
      title={label}
      onMouseDown={(event) => event.preventDefault()}
    >
      <Icon name={purpose === 'edit' ? 'check' : 'send'} />
    </button>
  );
}
