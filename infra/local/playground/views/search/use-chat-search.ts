import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { OpenChat } from '../../state/open-chat.ts';
import { ChatSearch } from '../../state/search/chat-search.ts';
import { closePanel, openPanel, searchPanel, usePanel, useSearchInAddress } from '../address.ts';
import { useApp } from '../context.ts';
import { useSearch } from './use-search.ts';

/** The search in a chat, and whether the user sees it. `button` is the one that opens it, and gets the focus back. */
export function useChatSearch(open: OpenChat) {
  const { api, attempt } = useApp();
  const search = useSearch((onChange) => new ChatSearch(api, open.chat.id, onChange));
  const isShown = usePanel() === searchPanel;
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isShown) return;
    return () => {
      search.stop();
      // A sheet that has opened has the focus.
      if (document.activeElement === document.body) button.current?.focus();
    };
  }, [isShown, search]);
  const begin = useCallback(
    (query: string) => {
      search.author = undefined;
      void search.search(query);
    },
    [search],
  );
  useSearchInAddress(open, begin);
  const show = () => openPanel(searchPanel);
  return {
    search,
    isShown,
    button,
    close: closePanel,
    show,
    toggle: () => (isShown ? closePanel() : show()),
    jump: (seq: number) => attempt(() => open.timeline.jump(seq, true)),
  };
}
