import type { Attachment } from '#shared/contract/files/attachment.ts';
import { kindOf } from '#shared/contract/files/types.ts';
import { here } from '../../client/browser/here.ts';
import type { FileDescription, OutgoingFile } from '../../client/files/outgoing-file.ts';
import type { Texts } from '../../texts/en/index.ts';

/** A file of a message as a view of it needs it, whether the message is in the chat or on its way. */
export interface ShownFile extends FileDescription {
  key: string;
  /** Undefined for a file whose bytes are gone. */
  url: string | undefined;
  thumbnailUrl: string | undefined;
  /** From 0 to 1, while it is being uploaded. */
  progress?: number | undefined;
}

/** What every view of a file gets. */
export interface FileProps {
  file: ShownFile;
  texts: Texts;
  /** It could not be loaded. */
  onFailed(): void;
}

export const ofAttachment = ({ id, url, thumbnailUrl, ...file }: Attachment): ShownFile => ({
  ...file,
  key: id,
  url: here(url),
  thumbnailUrl: thumbnailUrl && here(thumbnailUrl),
});

export const ofOutgoing = ({ local, loaded = 0, fileId, ...file }: OutgoingFile, n: number): ShownFile => ({
  ...file,
  key: String(n),
  url: local?.url,
  thumbnailUrl: local?.thumbnailUrl,
  progress: local && fileId === undefined ? Math.min(1, loaded / file.size) : undefined,
});

export type FileLook = 'picture' | 'video' | 'voice' | 'audio' | 'file';

/** As what a file is shown. */
export function lookOf(file: ShownFile): FileLook {
  const kind = file.url === undefined ? 'file' : kindOf(file.mimeType);
  if (kind === 'image') return 'picture';
  return kind === 'audio' && file.waveform ? 'voice' : kind;
}

/** What a message that has only these files is called: after its first one. */
export function placeholderOf([first]: readonly OutgoingFile[] = []): 'photo' | Exclude<FileLook, 'picture'> {
  if (!first) return 'file';
  const look = lookOf({ ...first, key: '', url: '', thumbnailUrl: undefined });
  return look === 'picture' ? 'photo' : look;
}
