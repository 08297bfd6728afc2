import type { TargetedKeyboardEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ChatStore } from '../../../state/chat-store.ts';
import { AllSearch } from '../../../state/search/all-search.ts';
import { useApp } from '../../context.ts';
import { FoundMessages } from '../../search/found-messages.tsx';
import { onHitKey } from '../../search/hit-keys.ts';
import { SearchBox } from '../../search/search-box.tsx';
import { useSearch } from '../../search/use-search.ts';
import { ChatList } from './chat-list.tsx';

/**
 * The list of chats below a search box. What is typed filters the chats by name at once; Enter searches their messages. A
 * pause would not do: each search takes a request for each chat, and the server accepts 20 in a minute.
 */
export function ChatFinder({ store }: { store: ChatStore }) {
  const { api, texts } = useApp();
  const keysId = useId();
  const [text, setText] = useState('');
  const search = useSearch((onChange) => new AllSearch(api, onChange));
  const query = text.trim();
  const { all } = store.list;

  const write = (written: string) => {
    setText(written);
    if (written.trim() !== search.query) search.clear();
  };
  const start = () => {
    if (all && query && query !== search.query)
      void search.search(
        query,
        all.map(({ id }) => id),
      );
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' && text && event.target instanceof HTMLInputElement) write('');
    else onHitKey(event, '.chats a');
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of what is in it
    <div class="menus" onKeyDown={onKeyDown}>
      <search>
        <SearchBox label={texts.search.inAll} text={text} keysId={keysId} onWrite={write} onEnter={start} />
        <p id={keysId} class="hidden">
          {texts.search.keys}
        </p>
      </search>
      <ChatList store={store} query={query} isSearched={search.query !== ''}>
        {all && query && <FoundMessages search={search} store={store} onSearch={start} />}
      </ChatList>
    </div>
  );
}
