import type { Notifications, Place } from '#shared/contract/chats/own-settings.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';

export const toNotifications = ({ level, mutedUntil }: Membership): Notifications => ({
  level: level ?? 'all',
  ...(mutedUntil !== undefined && { mutedUntil }),
});

export const toPlace = ({ pinned, archived }: Membership): Place => ({
  pinned: pinned ?? false,
  archived: archived ?? false,
});

/** What the user has set in a chat, without what is as in every new chat. */
export const toOwnSettings = (membership: Membership): { notifications?: Notifications; place?: Place } => ({
  ...((membership.level || membership.mutedUntil) && { notifications: toNotifications(membership) }),
  ...((membership.pinned || membership.archived) && { place: toPlace(membership) }),
});
