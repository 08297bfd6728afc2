import { useId, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { lengthOf, maxCharacters, tooLong } from '../../client/message-length.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { useApp } from '../context.ts';
import { Button } from '../controls.tsx';

/** The message box: for the chat or for the assistant, which also suggests what to write. */
export function Composer({ open }: { open: OpenChat }) {
  const { api, texts, attempt } = useApp();
  const box = useRef<HTMLTextAreaElement>(null);
  const [suggestions, setSuggestions] = useState<string[]>([]);
  const id = useId();
  const [, measure] = useReducer((count: number) => count + 1, 0);
  const length = lengthOf(open.unsent.text);
  const isTooLong = length > maxCharacters;
  useLayoutEffect(() => box.current?.focus(), []);

  const submit = <Result,>(send: (text: string) => Result): Result | undefined => {
    const { text } = open.unsent;
    // Blank text is not sent. What is too long stays in the box, where the user can shorten it.
    if (!text.trim() || tooLong(text)) return undefined;
    setSuggestions([]);
    open.write('');
    return send(text);
  };
  const sendMessage = (event: Event) => {
    event.preventDefault();
    submit((content) => open.realtime.send(content));
  };
  const ask = () => submit((question) => attempt(() => open.ask(question)));
  const suggest = () =>
    attempt(async () => {
      const answer = await api.listSuggestions(open.chat.id);
      setSuggestions([...new Set(answer.suggestions.map(({ content }) => content))]);
    });
  const take = (suggestion: string) => {
    open.write(suggestion);
    box.current?.focus();
  };

  return (
    <div class="composer">
      <div class="chips">
        {suggestions.map((suggestion) => (
          <Button key={suggestion} onPress={() => take(suggestion)}>
            {suggestion}
          </Button>
        ))}
      </div>
      <form onSubmit={sendMessage}>
        <textarea
          ref={box}
          rows={1}
          aria-label={texts.write}
          aria-invalid={isTooLong || undefined}
          aria-describedby={id}
          placeholder={texts.write}
          value={open.unsent.text}
          onInput={({ currentTarget }) => {
            open.unsent.text = currentTarget.value;
            measure(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) sendMessage(event);
          }}
        />
        <p id={id} class="complaint" role="alert">
          {isTooLong && texts.tooLong(length, maxCharacters)}
        </p>
        <div class="buttons">
          <Button onPress={suggest}>{texts.suggest}</Button>
          <Button onPress={ask}>{texts.ask}</Button>
          <button type="submit" class="primary">
            {texts.send}
          </button>
        </div>
      </form>
    </div>
  );
}
