import type { Group } from '#shared/contract/groups/group.ts';
import type { ChatWithParticipants } from '#shared/data/chats/chats.ts';
import { changeGroup } from '#shared/data/chats/groups.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import { type CheckedFile, checkFiles, usedMeanwhile } from '#shared/files/check.ts';
import { enqueueFiles } from '#shared/files/erasure.ts';
import { keepFiles } from '#shared/files/keep.ts';
import { pictureKey } from '#shared/files/object-keys.ts';
import { Problem } from '#shared/platform/problem.ts';
import { requireRole } from './access.ts';
import { readGroup, toGroup } from './groups.ts';
import { storeSystemMessage } from './messages/system-messages.ts';

/**
 * Makes an uploaded file the picture of a group, with a system message. Throws `not_a_participant`, `not_a_group`,
 * `role_too_low`, `file_refused` and `files_not_configured`.
 */
export async function choosePicture(userId: string, groupId: string, fileId: string): Promise<Group> {
  const actor = await requireRole(userId, groupId, 'admin');
  const group = await readGroup(groupId);
  // The answer to the first request may have been lost.
  if (group.pictureId === fileId) return toGroup(group);
  const [file] = await checkFiles(userId, [fileId], { purpose: 'picture', pathOf: () => 'fileId' });
  await enqueueFiles({ pictureOf: groupId, fileIds: [fileId, ...idsOf(group)] });
  await keepFiles([file as CheckedFile], (id) => pictureKey(groupId, id));
  return change(actor, group, { file });
}

/** Removes the picture of a group, with a system message if it had one. */
export async function removePicture(userId: string, groupId: string): Promise<Group> {
  const actor = await requireRole(userId, groupId, 'admin');
  const group = await readGroup(groupId);
  if (!group.pictureId) return toGroup(group);
  await enqueueFiles({ pictureOf: groupId, fileIds: idsOf(group) });
  return change(actor, group, {});
}

const idsOf = ({ pictureId }: ChatWithParticipants): string[] => (pictureId ? [pictureId] : []);

async function change(
  actor: Membership,
  group: ChatWithParticipants,
  { file }: { file?: CheckedFile | undefined },
): Promise<Group> {
  const changed = { pictureId: file?.id ?? '' };
  const about = { chatId: group.id, userId: actor.userId, event: 'picture_changed' } as const;
  const refusal = await storeSystemMessage(about, (message) => changeGroup(actor, changed, message, file));
  if (refusal === 'role changed') throw new Problem('role_too_low');
  if (refusal === 'file used') throw usedMeanwhile('fileId');
  return toGroup({ ...group, ...changed });
}
