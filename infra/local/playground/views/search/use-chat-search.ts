import { useCallback, useRef, useState } from 'preact/hooks';
import type { OpenChat } from '../../state/open-chat.ts';
import { ChatSearch } from '../../state/search/chat-search.ts';
import { useSearchInAddress } from '../address.ts';
import { useApp } from '../context.ts';
import { useSearch } from './use-search.ts';

/** The search in a chat, and whether the user sees it. `button` is the one that opens it, and gets the focus back. */
export function useChatSearch(open: OpenChat) {
  const { api, attempt } = useApp();
  const search = useSearch((onChange) => new ChatSearch(api, open.chat.id, onChange));
  const [isShown, setShown] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  const close = () => {
    search.stop();
    setShown(false);
    button.current?.focus();
  };
  const begin = useCallback(
    (query: string) => {
      setShown(true);
      search.author = undefined;
      void search.search(query);
    },
    [search],
  );
  useSearchInAddress(open, begin);
  return {
    search,
    isShown,
    button,
    close,
    show: () => setShown(true),
    toggle: () => (isShown ? close() : setShown(true)),
    jump: (seq: number) => attempt(() => open.timeline.jump(seq, true)),
  };
}
