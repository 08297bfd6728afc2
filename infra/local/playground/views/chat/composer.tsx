import { useId, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { lengthOf, maxCharacters, maxOfQuestion } from '../../client/realtime/message-length.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';

/** The message box: for the chat or for the assistant, which also suggests what to write. */
export function Composer({ open }: { open: OpenChat }) {
  const { api, texts, attempt, notify } = useApp();
  const box = useRef<HTMLTextAreaElement>(null);
  const [suggestions, setSuggestions] = useState<string[]>([]);
  const id = useId();
  const [, measure] = useReducer((count: number) => count + 1, 0);
  const length = lengthOf(open.unsent.text);
  // That of a question from when one was refused for its length until it fits.
  const [max, setMax] = useState(maxCharacters);
  if (max === maxOfQuestion && length <= max) setMax(maxCharacters);
  const isTooLong = length > max;
  useLayoutEffect(() => {
    // On a touch screen the keyboard would cover what the user came to read.
    if (!matchMedia('(pointer: coarse)').matches) box.current?.focus();
  }, []);

  const submit = <Result,>(longest: number, send: (text: string) => Result): Result | undefined => {
    const { text } = open.unsent;
    setMax(longest);
    // Blank text is not sent. What is too long stays in the box, where the user can shorten it.
    if (!text.trim() || lengthOf(text) > longest) return undefined;
    setSuggestions([]);
    open.write('');
    return send(text);
  };
  const sendMessage = (event: Event) => {
    event.preventDefault();
    submit(maxCharacters, (content) => open.realtime.send(content));
  };
  const ask = () => {
    if (open.unsent.text.trim()) return submit(maxOfQuestion, (question) => attempt(() => open.ask(question)));
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
        <div class="box">
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
          <button type="submit" class="primary" aria-label={texts.send}>
            <Icon name="send" />
          </button>
        </div>
        <p id={id} class="complaint" role="alert">
          {isTooLong && texts.tooLong(length, max)}
        </p>
        <div class="buttons">
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
