import { useState } from 'preact/hooks';
import type { OpenChat } from '../../state/open-chat.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';

/** What the assistant suggests to write. */
export function useSuggestions(open: OpenChat) {
  const { api, attempt, notify } = useApp();
  const [suggested, setSuggested] = useState<string[] | 'loading'>([]);
  const suggest = async () => {
    setSuggested('loading');
    let found: string[] = [];
    const isAnswered = await attempt(async () => {
      const answer = await api.listSuggestions(open.chat.id);
      found = [...new Set(answer.suggestions.map(({ content }) => content))];
    });
    setSuggested(found);
    if (isAnswered && found.length === 0) notify(({ chat }) => chat.noSuggestions);
  };
  return { suggested, suggest, hide: () => setSuggested([]) };
}

type SuggestionsProps = Omit<ReturnType<typeof useSuggestions>, 'suggest'> & { onTake(suggestion: string): void };

/** Above the message box: replies to choose from. */
export function Suggestions({ suggested, hide, onTake }: SuggestionsProps) {
  const { texts } = useApp();
  if (suggested === 'loading')
    return (
      <p class="chips loading" role="status">
        <Icon name="spark" />
        {texts.chat.asking}
      </p>
    );
  if (suggested.length === 0) return null;
  const take = (suggestion: string) => {
    hide();
    onTake(suggestion);
  };
  return (
    <div class="chips">
      {suggested.map((suggestion) => (
        <Button key={suggestion} onPress={() => take(suggestion)}>
          {suggestion}
        </Button>
      ))}
      <Button class="quiet" aria-label={texts.composer.hideSuggestions} onPress={hide}>
        <Icon name="close" />
      </Button>
    </div>
  );
}
