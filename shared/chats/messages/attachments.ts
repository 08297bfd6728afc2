import type { Attachment } from '#shared/contract/files/attachment.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { FileInfo } from '#shared/data/files.ts';
import { attachmentKey, thumbnailOf } from '#shared/files/object-keys.ts';
import { fileUrl } from '#shared/files/urls.ts';

/** A message's files with their current URLs; nothing if it has none, or in a stage that has files no longer. */
export function attachmentsOf({ chatId, seq, files = [] }: StoredMessage): { attachments?: Attachment[] } {
  const attachments = files.flatMap(({ thumbnailSize, ...file }: FileInfo): Attachment[] => {
    const key = attachmentKey(chatId, seq, file.id);
    const [url, thumbnailUrl] = [fileUrl(key), thumbnailSize ? fileUrl(thumbnailOf(key)) : undefined];
    return url === undefined ? [] : [{ ...file, url, ...(thumbnailUrl && { thumbnailUrl }) }];
  });
  return attachments.length > 0 ? { attachments } : {};
}
