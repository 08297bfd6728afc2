import { setAvatar, type User, updateUser } from '#shared/data/accounts/users.ts';
import { checkFiles, usedMeanwhile } from '#shared/files/check.ts';
import { enqueueFiles } from '#shared/files/erasure.ts';
import { keepFiles } from '#shared/files/keep.ts';
import { avatarKey } from '#shared/files/object-keys.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Makes an uploaded file the user's avatar. Throws `file_refused`, `files_not_configured` and `session_ended`. */
export async function chooseAvatar(user: User, fileId: string): Promise<User> {
  const { id: userId } = user;
  // The answer to the first request may have been lost.
  if (user.avatarId === fileId) return user;
  const files = await checkFiles(userId, [fileId], { purpose: 'avatar', pathOf: () => 'fileId' });
  await enqueueFiles({ avatarOf: userId, fileIds: [fileId, ...idsOf(user)] });
  await keepFiles(files, (id) => avatarKey(userId, id));
  const refusal = await setAvatar({ userId, id: fileId });
  if (refusal === 'file used') throw usedMeanwhile('fileId');
  if (refusal === 'no such user') throw new Problem('session_ended');
  return { ...user, avatarId: fileId };
}

/** Throws `session_ended` if the account is gone. */
export async function removeAvatar(user: User): Promise<User> {
  if (!user.avatarId) return user;
  await enqueueFiles({ avatarOf: user.id, fileIds: idsOf(user) });
  const updated = await updateUser(user.id, { avatarId: '' });
  if (!updated) throw new Problem('session_ended');
  return updated;
}

const idsOf = ({ avatarId }: User): string[] => (avatarId ? [avatarId] : []);
