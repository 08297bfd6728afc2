/** What a client shows a file as. */
export type FileKind = 'image' | 'video' | 'audio' | 'file';

const office = 'application/vnd.openxmlformats-officedocument';

/**
 * The types of files that may be uploaded. Nothing that a browser would run: no HTML, no SVG, no scripts. Everything of the
 * kind "file" is only ever downloaded.
 */
export const fileTypes = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'image/gif': 'image',
  'image/heic': 'image',
  'video/mp4': 'video',
  'video/webm': 'video',
  'audio/mp4': 'audio',
  'audio/webm': 'audio',
  'audio/ogg': 'audio',
  'audio/mpeg': 'audio',
  'application/pdf': 'file',
  'application/zip': 'file',
  'application/msword': 'file',
  'application/vnd.ms-excel': 'file',
  'application/vnd.ms-powerpoint': 'file',
  [`${office}.wordprocessingml.document`]: 'file',
  [`${office}.spreadsheetml.sheet`]: 'file',
  [`${office}.presentationml.presentation`]: 'file',
  'text/plain': 'file',
} as const satisfies Record<string, FileKind>;

export type FileType = keyof typeof fileTypes;

export const mimeTypes = Object.keys(fileTypes) as [FileType, ...FileType[]];

export const kindOf = (mimeType: FileType): FileKind => fileTypes[mimeType];

/** The types of avatars and of the pictures of groups: those that every client can show. */
export const pictureTypes: readonly FileType[] = ['image/jpeg', 'image/png', 'image/webp'];

/** Thumbnails are JPEGs of at most so many bytes. */
export const thumbnailType: FileType = 'image/jpeg';
export const maxThumbnailBytes = 100_000;
