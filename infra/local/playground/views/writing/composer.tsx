import { useCallback, useId, useRef } from 'preact/hooks';
import type { OpenChat } from '../../state/open-chat.ts';
import { useApp } from '../context.ts';
import { EmojiButton } from '../emoji/emoji-button.tsx';
import { AttachMenu } from './attach-menu.tsx';
import { RecordButton } from './files/record-button.tsx';
import { insertAtCaret, insertWords } from './insert-at-caret.ts';
import { MessageBox } from './message-box.tsx';
import { SendButton } from './send-button.tsx';
import { Subject } from './subject.tsx';
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
  const composing = useComposer(open, { box, isAsking, onAsking });
  const { purpose, draft, length, max, replyTo, hasContent } = composing;
  const suggestions = useSuggestions(open);
  useBoxFocus(box, open, isAsking);
  const isTooLong = length > max;
  const isAboutSomething = purpose === 'question' || replyTo !== undefined;
  const insert = useCallback((emoji: string) => insertAtCaret(box.current, emoji), []);

  return (
    <div class="composer">
      <Suggestions
        {...suggestions}
        onTake={(suggestion) => {
          insertWords(box.current, suggestion);
          box.current?.focus();
        }}
      />
      <form
        class="box"
        onSubmit={(event) => {
          event.preventDefault();
          suggestions.hide();
          void composing.submit();
        }}
      >
        {purpose !== 'edit' && <AttachMenu open={open} onAsk={() => onAsking(true)} onSuggest={suggestions.suggest} />}
        <div class="field-box">
          <Subject id={`${id}-subject`} open={open} purpose={purpose} replyTo={replyTo} onCancel={composing.cancel} />
          <div class="line">
            <MessageBox
              box={box}
              open={open}
              label={purpose === 'question' ? texts.chat.question : texts.composer.write}
              isInvalid={isTooLong}
              describedBy={isAboutSomething ? `${id} ${id}-subject` : id}
              text={draft.text}
              onText={composing.onText}
              onMention={(named) => draft.mention(named)}
              onKeyDown={composing.onKeyDown}
            />
            <EmojiButton onPick={insert} />
          </div>
          <p id={id} class="complaint" role="alert">
            {isTooLong && texts.composer.tooLong(length, max)}
          </p>
        </div>
        {hasContent ? <SendButton purpose={purpose} /> : <RecordButton open={open} />}
      </form>
    </div>
  );
}
