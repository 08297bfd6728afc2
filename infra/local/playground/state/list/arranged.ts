import type { Place } from '#shared/contract/chats/own-settings.ts';

interface Arranged<C> {
  shown: C[];
  archived: C[];
}

/** The chats in two parts, in each those that are pinned first and else in the order given. */
export function arranged<C extends { id: string; place?: Place | undefined }>(chats: readonly C[]): Arranged<C> {
  const pinnedFirst = [...chats.filter(({ place }) => place?.pinned), ...chats.filter(({ place }) => !place?.pinned)];
  return {
    shown: pinnedFirst.filter(({ place }) => !place?.archived),
    archived: pinnedFirst.filter(({ place }) => place?.archived),
  };
}
