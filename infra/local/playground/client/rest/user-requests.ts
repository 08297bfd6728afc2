import type { RequestOf } from '#shared/contract/endpoint.ts';
import type { blockUser } from '#shared/contract/users/block-user.ts';
import type { deleteAvatar } from '#shared/contract/users/delete-avatar.ts';
import type { deletePush } from '#shared/contract/users/delete-push.ts';
import type { findUsers } from '#shared/contract/users/find-users.ts';
import type { getMe } from '#shared/contract/users/get-me.ts';
import type { getUser } from '#shared/contract/users/get-user.ts';
import type { listBlocks } from '#shared/contract/users/list-blocks.ts';
import type { setAvatar } from '#shared/contract/users/set-avatar.ts';
import type { setPush } from '#shared/contract/users/set-push.ts';
import type { unblockUser } from '#shared/contract/users/unblock-user.ts';
import type { updateMe } from '#shared/contract/users/update-me.ts';
import type { Call } from './call.ts';

/** The requests about the user and other people. */
export function userRequests(call: Call) {
  return {
    me: () => call<typeof getMe>('/users/me'),
    /** What is left out stays as it is. */
    updateMe: (fields: RequestOf<typeof updateMe>['body']) => call<typeof updateMe>('/users/me', fields, 'PATCH'),
    /** Registers this browser, as the device of its session, for push notifications. */
    setPush: (token: string, locale: string) =>
      call<typeof setPush>('/users/me/push', { token, platform: 'web', locale }, 'PUT'),
    deletePush: () => call<typeof deletePush>('/users/me/push', {}, 'DELETE'),
    setAvatar: (fileId: string) => call<typeof setAvatar>('/users/me/avatar', { fileId }, 'PUT'),
    deleteAvatar: () => call<typeof deleteAvatar>('/users/me/avatar', undefined, 'DELETE'),
    get: (userId: string) => call<typeof getUser>(`/users/${userId}`),
    find: (contacts: { emails: string[] } | { phones: string[] }) => call<typeof findUsers>('/users/lookup', contacts),
    listBlocks: () => call<typeof listBlocks>('/users/me/blocks'),
    block: (userId: string) => call<typeof blockUser>(`/users/${userId}/block`, undefined, 'PUT'),
    unblock: (userId: string) => call<typeof unblockUser>(`/users/${userId}/block`, undefined, 'DELETE'),
  };
}
