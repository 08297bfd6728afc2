import { useId, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { lengthOf, maxCharacters, maxOfQuestion } from '../../client/realtime/message-length.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { EditingBar } from '../chat/actions/editing-bar.tsx';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { AttachButton } from './files/attach-button.tsx';
import { FileTray } from './files/file-tray.tsx';
import { RecordButton } from './files/record-button.tsx';
import { MessageBox } from './message-box.tsx';
import { ReplyLine } from './reply-line.tsx';

/** The message box: for the chat or for the assistant, which also suggests what to write. */
export function Composer({ open }: { open: OpenChat }) {
  const { api, texts, attempt, notify } = useApp();
  const box = useRef<HTMLTextAreaElement>(null);
  const [suggestions, setSuggestions] = useState<string[]>([]);
  const id = useId();
  const [, measure] = useReducer((count: number) => count + 1, 0);
  const { editing } = open;
  const isEditing = editing.message !== undefined;
  /** What the box contains. */
  const draft = isEditing ? editing : open.unsent;
  const replyTo = isEditing ? undefined : open.unsent.replyTo;
  const length = lengthOf(draft.text);
  // That of a question from when one was refused for its length until it fits.
  const [max, setMax] = useState(maxCharacters);
  if (max === maxOfQuestion && length <= max) setMax(maxCharacters);
  const isTooLong = length > max;
  useLayoutEffect(() => {
    // On a touch screen the keyboard would cover what the user came to read.
    if (!matchMedia('(pointer: coarse)').matches) box.current?.focus();
  }, []);
  const about = editing.message?.id ?? replyTo?.messageId;
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (about !== undefined && !isFirst.current) box.current?.focus();
    isFirst.current = false;
  }, [about]);

  const fileCount = open.unsent.tray.chosen.length;
  const countBefore = useRef(fileCount);
  useLayoutEffect(() => {
    // What the user has pressed to add or remove one may be gone.
    if (fileCount !== countBefore.current && !matchMedia('(pointer: coarse)').matches) box.current?.focus();
    countBefore.current = fileCount;
  }, [fileCount]);

  const submit = <Result,>(longest: number, send: (text: string) => Result, hasMore = false): Result | undefined => {
    const { text } = open.unsent;
    setMax(longest);
    // Blank text is sent only with files. What is too long stays in the box, where the user can shorten it.
    if ((!text.trim() && !hasMore) || lengthOf(text) > longest) return undefined;
    setSuggestions([]);
    const sent = send(text.trim() ? text : '');
    open.write('');
    return sent;
  };
  const { tray } = open.unsent;
  const hasFiles = !isEditing && fileCount > 0;
  const sendMessage = async (event: Event) => {
    event.preventDefault();
    if (isEditing) return save();
    await tray.ready();
    submit(maxCharacters, (content) => open.send(content), tray.chosen.length > 0);
  };
  const save = async () => {
    // Blank text is no message, but a caption may go.
    if ((draft.text.trim() || editing.message?.attachments) && length <= maxCharacters && !editing.message?.deletedAt)
      await attempt(() => editing.save());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) void sendMessage(event);
    else if (event.key === 'Escape' && isEditing) editing.cancel();
    else if (event.key === 'Escape' && replyTo) cancelReply();
    else if (event.key === 'ArrowUp' && !isEditing && !draft.text) {
      event.preventDefault();
      open.editLast();
    }
  };
  const cancelReply = () => {
    open.reply(undefined);
    box.current?.focus();
  };
  const ask = () => {
    if (open.unsent.text.trim())
      return submit(maxOfQuestion, (question) => attempt(() => open.questions.ask(question)));
    notify((current) => current.writeQuestion);
    box.current?.focus();
    return undefined;
  };
  const suggest = () =>
    attempt(async () => {
      const answer = await api.listSuggestions(open.chat.id);
      setSuggestions([...new Set(answer.suggestions.map(({ content }) => content))]);
    });
  const take = (suggestion: string) => {
    open.write(suggestion);
    setSuggestions([]);
    box.current?.focus();
  };

  return (
    <div class="composer">
      <div class="chips" hidden={suggestions.length === 0}>
        {suggestions.map((suggestion) => (
          <Button key={suggestion} onPress={() => take(suggestion)}>
            {suggestion}
          </Button>
        ))}
        <Button class="quiet" aria-label={texts.hideSuggestions} onPress={() => setSuggestions([])}>
          <Icon name="close" />
        </Button>
      </div>
      <form onSubmit={sendMessage}>
        <EditingBar editing={editing} />
        {replyTo && <ReplyLine id={`${id}-reply`} quote={open.current(replyTo)} onCancel={cancelReply} />}
        {!isEditing && <FileTray open={open} />}
        <div class="box">
          <MessageBox
            box={box}
            open={open}
            isInvalid={isTooLong}
            describedBy={`${id} ${replyTo ? `${id}-reply` : ''}`}
            text={draft.text}
            onText={(text) => {
              draft.text = text;
              if (text && !isEditing) open.typing.typed();
              measure(0);
            }}
            onMention={(named) => draft.mention(named)}
            onKeyDown={onKeyDown}
          />
          {!isEditing && <AttachButton open={open} />}
          {isEditing || hasFiles || draft.text.trim() ? (
            <button type="submit" class="primary" aria-label={isEditing ? texts.save : texts.send}>
              <Icon name={isEditing ? 'check' : 'send'} />
            </button>
          ) : (
            <RecordButton open={open} />
          )}
        </div>
        <p id={id} class="complaint" role="alert">
          {isTooLong && texts.tooLong(length, max)}
        </p>
        <div class={isEditing ? 'hidden' : 'buttons'}>
          <Button onPress={ask}>
            <Icon name="spark" />
            {texts.ask}
          </Button>
          <Button onPress={suggest}>
            <Icon name="bulb" />
            {texts.suggest}
          </Button>
        </div>
      </form>
    </div>
  );
}
