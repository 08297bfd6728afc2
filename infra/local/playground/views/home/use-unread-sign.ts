import { useEffect } from 'preact/hooks';
import type { ChatStore } from '../../state/chat-store.ts';
import { unreadTotal } from '../../state/list/unread-total.ts';
import { useApp } from '../context.ts';

/** Shows in the browser's tab that there are unread messages: their number in the title, a dot on the logo. */
export function useUnreadSign(store: ChatStore): void {
  const { title } = useApp().texts;
  const unread = unreadTotal(store.counted, Date.now());
  const isUnread = unread > 0;
  useEffect(() => {
    document.title = isUnread ? `(${unread}) ${title}` : title;
    return () => {
      document.title = title;
    };
  }, [unread, isUnread, title]);
  useEffect(() => {
    showDot(isUnread);
    return () => showDot(false);
  }, [isUnread]);
}

/** The page names both logos with their versions, so that the service worker has them. */
function showDot(isShown: boolean): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const { read, unread } = icon?.dataset ?? {};
  icon?.setAttribute('href', (isShown ? unread : read) ?? '');
}
