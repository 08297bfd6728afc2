import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import { isOffered, type Muting, mutings, notificationsFor } from '../../../state/list/muting.ts';
import { leaveChat } from '../../address.ts';
import type { AppContext } from '../../context.ts';
import type { Action } from '../../parts/menus/action-menu.tsx';

/** The chat that a menu was opened for. */
interface Target {
  chat: Chat;
  store: ChatStore;
  app: AppContext;
}

type ChatAction = Action<Target>;

const isOpen = ({ chat, store }: Target): boolean => chat.id === store.open?.chat.id;

const markUnread: ChatAction = {
  icon: 'unread',
  label: ({ app }) => app.texts.home.markUnread,
  // The list may not know yet that the open chat is read.
  offered: (target) => {
    const { lastSeq, unreadCount, markedUnread } = target.chat;
    return lastSeq > 0 && (isOpen(target) || (unreadCount === 0 && !markedUnread));
  },
  run: (target) => {
    const { app, chat, store } = target;
    const marking = app.attempt(() => store.markUnread(chat.id));
    if (store.selected === null) leaveChat();
    return marking;
  },
};

const markRead: ChatAction = {
  icon: 'read',
  label: ({ app }) => app.texts.home.markRead,
  offered: (target) => !isOpen(target) && (target.chat.unreadCount > 0 || target.chat.markedUnread === true),
  run: ({ app, chat, store }) =>
    app.attempt(async () => {
      await app.api.markRead(chat.id, chat.lastSeq);
      await store.list.refresh(chat.id);
    }),
};

const pin: ChatAction = {
  icon: 'pin',
  label: ({ app, chat }) => (chat.place?.pinned ? app.texts.unpin : app.texts.pin),
  offered: () => true,
  run: ({ app, chat, store }) => app.attempt(() => store.setPlace(chat.id, { pinned: !chat.place?.pinned })),
};

const archive: ChatAction = {
  icon: 'archive',
  label: ({ app, chat }) => (chat.place?.archived ? app.texts.home.unarchive : app.texts.home.archive),
  offered: () => true,
  run: ({ app, chat, store }) => app.attempt(() => store.setPlace(chat.id, { archived: !chat.place?.archived })),
};

const mute = (muting: Muting): ChatAction => ({
  icon: muting === 'off' ? 'bell' : muting === 'mentions' ? 'mention' : 'muted',
  label: ({ app }) => app.texts.home.mutings[muting],
  offered: ({ chat }) => isOffered(muting, chat, Date.now()),
  run: ({ app, chat, store }) =>
    app.attempt(() => store.setNotifications(chat.id, notificationsFor(muting, chat, new Date()))),
});

/** What changes how the list shows a chat, in the order of the menu. */
export const placeActions: readonly ChatAction[] = [pin, markUnread, markRead, archive];

/** What changes which messages of a chat notify the user. */
export const muteActions: readonly ChatAction[] = mutings.map(mute);

/** In the order of the menu. */
export const chatActions: readonly ChatAction[] = [...placeActions, ...muteActions];
