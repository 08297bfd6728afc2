import type { TargetedKeyboardEvent } from 'preact';
import { useId } from 'preact/hooks';
import type { Message } from '#shared/contract/chats/message.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import type { ChatSearch } from '../../state/search/chat-search.ts';
import { currentHits } from '../../state/search/current-hits.ts';
import type { Texts } from '../../texts/en/index.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { AuthorSelect } from './author-select.tsx';
import { onHitKey } from './hit-keys.ts';
import { HitText } from './hit-text.tsx';
import { SearchBox } from './search-box.tsx';
import { SearchProgress } from './search-progress.tsx';

interface PanelProps {
  open: OpenChat;
  search: ChatSearch;
  onJump(seq: number): unknown;
  onClose(): void;
}

/** Below the title: a search in the open chat. The focus stays here while the user goes from hit to hit. */
export function ChatSearchPanel({ open, search, onJump, onClose }: PanelProps) {
  const { texts } = useApp();
  const keysId = useId();
  const hits = currentHits(search.hits, open);

  const show = (hit: Message) => {
    search.choose(hit);
    void onJump(hit.seq);
  };
  /** Searches, and then goes from hit to hit. */
  const enter = () => {
    const next = hits[hits.findIndex(({ id }) => id === search.chosen) + 1];
    if (!search.isCurrent) void search.search();
    else if (next) show(next);
    else if (search.reached || search.error) void search.further();
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') onClose();
    else onHitKey(event, '.hit');
  };
  return (
    <search class="chat-search" aria-label={texts.search.inChat} onKeyDown={onKeyDown}>
      <div class="line">
        <SearchBox
          label={texts.search.inChat}
          text={search.text}
          keysId={keysId}
          takesFocus
          onWrite={(text) => search.write(text)}
          onEnter={enter}
        />
        <Button class="quiet" aria-label={texts.search.close} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <p id={keysId} class="hidden">
        {texts.search.keys}
      </p>
      <div class="line">
        <AuthorSelect open={open} search={search} />
        <p class="count" role="status">
          {statusText(search, hits.length, texts)}
        </p>
      </div>
      <div class="hits">
        <ul aria-label={texts.search.results}>
          {hits.map((hit) => (
            <li key={hit.id}>
              <button type="button" class="hit" aria-current={hit.id === search.chosen} onClick={() => show(hit)}>
                <HitText message={hit} query={search.query} userId={open.userId} texts={texts} />
              </button>
            </li>
          ))}
        </ul>
        <SearchProgress search={search} further={search.reached ? texts.search.further : ''} />
      </div>
    </search>
  );
}

function statusText({ query, isSearching, reached, error }: ChatSearch, count: number, texts: Texts): string {
  const { searching, messages, noMessages, searchedBackTo } = texts.search;
  if (isSearching) return searching;
  if (query === '' || (error && count === 0)) return '';
  const found = count === 0 ? noMessages : messages(count);
  return reached?.time ? `${found}, ${searchedBackTo(texts.date(new Date(reached.time)))}` : found;
}
