/** Where files are in the bucket. The first two parts of a key are what a URL's signature covers. */

/** An upload, which nobody can read. */
export const uploadKey = (userId: string, fileId: string): string => `uploads/${userId}/${fileId}`;

/** A file of a message. The number makes it unique to one attempt to send it. */
export const attachmentKey = (chatId: string, seq: number, fileId: string): string =>
  `chats/${chatId}/${seq}/${fileId}`;

export const pictureKey = (chatId: string, fileId: string): string => `chats/${chatId}/picture/${fileId}`;

export const avatarKey = (userId: string, fileId: string): string => `users/${userId}/${fileId}`;

export const thumbnailOf = (objectKey: string): string => `${objectKey}.thumbnail`;
