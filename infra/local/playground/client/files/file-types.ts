import { type FileType, fileTypes, kindOf } from '#shared/contract/files/types.ts';

/** The default limits of the server, in bytes. A stage may have others, so the server has the last word. */
const maxBytes = { image: 10_000_000, other: 25_000_000 };

/** Other names that systems have for the types. */
const aliases = new Map<string, FileType>([
  ['application/x-zip-compressed', 'application/zip'],
  ['audio/m4a', 'audio/mp4'],
  ['audio/mp3', 'audio/mpeg'],
  ['audio/x-m4a', 'audio/mp4'],
  ['image/heif', 'image/heic'],
]);

/** For files whose type some browsers do not know. */
const byEnding = new Map<string, FileType>([
  ['heic', 'image/heic'],
  ['heif', 'image/heic'],
  ['m4a', 'audio/mp4'],
]);

/** The type of a file as the contract writes it; undefined if such files are not accepted. */
export function typeOf({ type, name }: Pick<File, 'type' | 'name'>): FileType | undefined {
  const plain = type.split(';')[0]?.toLowerCase() ?? '';
  if (isFileType(plain)) return plain;
  return aliases.get(plain) ?? (plain ? undefined : byEnding.get(name.split('.').at(-1)?.toLowerCase() ?? ''));
}

export const isFileType = (type: unknown): type is FileType =>
  typeof type === 'string' && Object.hasOwn(fileTypes, type);

export const maxBytesOf = (type: FileType): number => (kindOf(type) === 'image' ? maxBytes.image : maxBytes.other);
