import { getUser } from '#shared/data/accounts/users.ts';
import { getChatsAlone } from '#shared/data/chats/chats.ts';
import { getMessage } from '#shared/data/chats/messages.ts';
import { deleteObject, listObjects } from '#shared/platform/aws/s3.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import type { FileEvent } from './erasure.ts';
import { attachmentKey, avatarKey, pictureKey, thumbnailOf } from './object-keys.ts';

/** Requests to S3 at the same time. */
const concurrency = 20;

/** Deletes the objects of an event that nothing uses. Returns how many there were at most. */
export async function deleteUnused(event: FileEvent): Promise<number> {
  if ('closedChatId' in event) return deleteClosed(event.closedChatId);
  const used = new Set(await usedBy(event));
  const unused = event.fileIds.filter((id) => !used.has(id)).map((id) => keyOf(event, id));
  // There may be no thumbnail, which S3 does not mind.
  await deleteAll(unused.flatMap((key) => [key, thumbnailOf(key)]));
  return unused.length;
}

type UseEvent = Exclude<FileEvent, { closedChatId: string }>;

/** The ids of the files that are used where the event says. */
async function usedBy(event: UseEvent): Promise<(string | undefined)[]> {
  if ('avatarOf' in event) return [(await getUser(event.avatarOf))?.avatarId];
  if ('pictureOf' in event) return (await getChatsAlone([event.pictureOf])).map(({ pictureId }) => pictureId);
  const message = await getMessage(event.chatId, event.seq);
  return message?.deletedAt === undefined ? (message?.files ?? []).map(({ id }) => id) : [];
}

function keyOf(event: UseEvent, fileId: string): string {
  if ('avatarOf' in event) return avatarKey(event.avatarOf, fileId);
  if ('pictureOf' in event) return pictureKey(event.pictureOf, fileId);
  return attachmentKey(event.chatId, event.seq, fileId);
}

/** Everything of a chat, page by page, unless somebody has joined so that it was not closed. */
async function deleteClosed(chatId: string): Promise<number> {
  if ((await getChatsAlone([chatId])).length > 0) return 0;
  let count = 0;
  for (
    let found = await listObjects(`chats/${chatId}/`);
    found.length > 0;
    found = await listObjects(`chats/${chatId}/`)
  ) {
    await deleteAll(found);
    count += found.length;
  }
  return count;
}

const deleteAll = (objectKeys: string[]) => mapConcurrently(objectKeys, concurrency, deleteObject);
