import type { ChatStore } from '../../state/chat-store.ts';
import type { AllSearch } from '../../state/search/all-search.ts';
import type { Texts } from '../../texts/en/index.ts';
import { chatAddress, searchAddress } from '../address.ts';
import { useApp } from '../context.ts';
import { chatName } from '../message-words.ts';
import { Button } from '../parts/controls.tsx';
import { HitText } from './hit-text.tsx';
import { SearchProgress } from './search-progress.tsx';

interface FoundProps {
  search: AllSearch;
  store: ChatStore;
  onSearch(): void;
}

/** The messages that were found in all chats, by chat. Before the search, a button that begins it. */
export function FoundMessages({ search, store, onSearch }: FoundProps) {
  const { texts } = useApp();
  const { query, found, leftCount } = search;
  return (
    <div class="found-messages">
      <p class="count" role="status">
        {statusText(search, texts)}
      </p>
      {query === '' && (
        <Button class="further" onPress={onSearch}>
          {texts.search.inMessages}
        </Button>
      )}
      {found.map(({ chatId, hits, hasMore }) => {
        const chat = store.list.get(chatId);
        if (!chat) return null;
        const name = chatName(chat, texts);
        return (
          <section key={chatId} aria-label={name}>
            <h3>{name}</h3>
            {hits.map((hit) => (
              <a key={hit.id} class="hit" href={chatAddress(chatId, hit.seq)}>
                <HitText message={hit} query={query} userId={store.userId} texts={texts} />
              </a>
            ))}
            {hasMore && (
              <a class="hit more" href={searchAddress(chatId, query)}>
                {texts.search.moreInChat}
              </a>
            )}
          </section>
        );
      })}
      <SearchProgress search={search} further={query && leftCount > 0 ? texts.search.moreChats(leftCount) : ''} />
    </div>
  );
}

function statusText({ query, isSearching, found, error }: AllSearch, { search }: Texts): string {
  const count = found.reduce((sum, { hits }) => sum + hits.length, 0);
  if (isSearching) return search.searching;
  if (query === '' || (error && count === 0)) return '';
  return count === 0 ? search.noMessages : search.messages(count);
}
