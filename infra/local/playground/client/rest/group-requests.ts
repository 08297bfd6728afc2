import type { RequestOf } from '#shared/contract/endpoint.ts';
import type { addMembers } from '#shared/contract/groups/add-members.ts';
import type { deletePicture } from '#shared/contract/groups/delete-picture.ts';
import type { getGroup } from '#shared/contract/groups/get-group.ts';
import type { removeMember } from '#shared/contract/groups/remove-member.ts';
import type { renameGroup } from '#shared/contract/groups/rename-group.ts';
import type { renewInvite } from '#shared/contract/groups/renew-invite.ts';
import type { revokeInvite } from '#shared/contract/groups/revoke-invite.ts';
import type { setPicture } from '#shared/contract/groups/set-picture.ts';
import type { setRole } from '#shared/contract/groups/set-role.ts';
import type { Call } from './call.ts';

/** The requests about one group: its settings, its members and its invite code. */
export function groupRequests(call: Call) {
  return {
    /** A page of the members, of up to 200. */
    get: (groupId: string, cursor?: string) =>
      call<typeof getGroup>(`/groups/${groupId}${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`),
    /** What is left out stays as it is. */
    update: (groupId: string, fields: RequestOf<typeof renameGroup>['body']) =>
      call<typeof renameGroup>(`/groups/${groupId}`, fields, 'PATCH'),
    setPicture: (groupId: string, fileId: string) =>
      call<typeof setPicture>(`/groups/${groupId}/picture`, { fileId }, 'PUT'),
    deletePicture: (groupId: string) => call<typeof deletePicture>(`/groups/${groupId}/picture`, undefined, 'DELETE'),
    /** Up to 45 people. If one can't be added, nobody is. */
    addMembers: (groupId: string, userIds: readonly string[]) =>
      call<typeof addMembers>(`/groups/${groupId}/members`, { userIds }),
    removeMember: (groupId: string, userId: string) =>
      call<typeof removeMember>(`/groups/${groupId}/members/${userId}`, undefined, 'DELETE'),
    setRole: (groupId: string, userId: string, role: RequestOf<typeof setRole>['body']['role']) =>
      call<typeof setRole>(`/groups/${groupId}/members/${userId}/role`, { role }, 'PUT'),
    /** Replaces the invite code. */
    renewInvite: (groupId: string, limits: RequestOf<typeof renewInvite>['body']) =>
      call<typeof renewInvite>(`/groups/${groupId}/invite`, limits),
    revokeInvite: (groupId: string) => call<typeof revokeInvite>(`/groups/${groupId}/invite`, undefined, 'DELETE'),
  };
}
