import type { getChat } from '#shared/contract/chats/get-chat.ts';
import type { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import type { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { listPresence } from '#shared/contract/chats/list-presence.ts';
import type { listUnread } from '#shared/contract/chats/list-unread.ts';
import type { markUnread } from '#shared/contract/chats/mark-unread.ts';
import type { Notifications, Place } from '#shared/contract/chats/own-settings.ts';
import type { readAll } from '#shared/contract/chats/read-all.ts';
import type { reportMessage } from '#shared/contract/chats/report-message.ts';
import type { searchMessages } from '#shared/contract/chats/search-messages.ts';
import type { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import type { setPlace } from '#shared/contract/chats/set-place.ts';
import type { Call } from './call.ts';

/** What to search for, and how many hits to return at most. With `before`, the search goes on before this number. */
export interface SearchQuery {
  q: string;
  /** Only messages of this author. */
  from?: string | undefined;
  before?: number | undefined;
  limit: number;
}

/** The requests that search a chat, those that change how it is listed, and those that leave it or report its messages. */
export function chatRequests(call: Call) {
  return {
    get: (chatId: string) => call<typeof getChat>(`/chats/${chatId}`),
    setNotifications: (chatId: string, notifications: Notifications) =>
      call<typeof setNotifications>(`/chats/${chatId}/notifications`, notifications, 'PUT'),
    /** What `place` leaves out stays as it is. */
    setPlace: (chatId: string, place: Partial<Place>) => call<typeof setPlace>(`/chats/${chatId}/place`, place, 'PUT'),
    search: (chatId: string, { q, from, before, limit }: SearchQuery) => {
      const query = new URLSearchParams({ q, limit: String(limit) });
      if (from !== undefined) query.set('from', from);
      if (before !== undefined) query.set('before', String(before));
      return call<typeof searchMessages>(`/chats/${chatId}/search?${query}`);
    },
    /** The message with this number, or the one that is nearest to it. */
    listNearest: (chatId: string, seq: number) =>
      call<typeof listMessages>(`/chats/${chatId}/messages?limit=1&around=${seq}`),
    listPresence: (chatId: string) => call<typeof listPresence>(`/chats/${chatId}/presence`),
    /** With `more` in the answer, some chats are left. */
    readAll: () => call<typeof readAll>('/chats/read-all', {}),
    listUnread: () => call<typeof listUnread>('/chats/unread'),
    /** Messages from this number on count as unread again. */
    markUnread: (chatId: string, seq: number) => call<typeof markUnread>(`/chats/${chatId}/unread`, { seq }),
    /** Leaves a group, or takes a direct chat out of the list until its next message. */
    leave: (chatId: string) => call<typeof leaveChat>(`/chats/${chatId}`, undefined, 'DELETE'),
    /** `reason` is for the operator. */
    report: (chatId: string, messageId: string, reason: string) =>
      call<typeof reportMessage>('/messages/report', { chatId, messageId, reason }),
  };
}
