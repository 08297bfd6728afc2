import type { Chat } from '#shared/contract/chats/chat.ts';
import { levelAt } from '../../../state/list/muting.ts';
import { useApp } from '../../context.ts';
import { Mark } from '../../parts/mark.tsx';

export function MutedMark({ chat }: { chat: Chat }) {
  const { texts } = useApp();
  const level = levelAt(chat, Date.now());
  if (level === 'all') return null;
  return <Mark class="mark" icon="muted" label={level === 'none' ? texts.home.muted : texts.home.mentionsOnly} />;
}

/** How many messages of a chat are unread, grey where they do not notify; a dot if the user has only marked the chat. */
export function UnreadBadges({ chat }: { chat: Chat }) {
  const { texts } = useApp();
  const { unreadCount, mentionCount, markedUnread } = chat;
  const level = levelAt(chat, Date.now());
  return (
    <>
      {mentionCount > 0 && (
        <span class={badge(level === 'none')} role="img" aria-label={texts.home.mentions(mentionCount)}>
          @{mentionCount > 1 && mentionCount}
        </span>
      )}
      {unreadCount > 0 && (
        <span class={badge(level !== 'all')} role="img" aria-label={texts.home.unread(unreadCount)}>
          {unreadCount}
        </span>
      )}
      {unreadCount === 0 && markedUnread && (
        <span class={`${badge(level !== 'all')} dot`} role="img" aria-label={texts.home.markedUnread} />
      )}
    </>
  );
}

const badge = (isQuiet: boolean): string => (isQuiet ? 'badge quiet' : 'badge');
