import type { Attachment } from '#shared/contract/files/attachment.ts';
import type { LocalFile } from './local-file.ts';

/** What a client says about a file when it announces it. */
export type FileDescription = Omit<Attachment, 'id' | 'url' | 'thumbnailUrl'>;

/** A file of a message on its way. */
export interface OutgoingFile extends FileDescription {
  /** Its bytes. They do not outlive the page. */
  local?: LocalFile | undefined;
  /** Bytes that were uploaded so far. */
  loaded?: number | undefined;
  /** The id of the uploaded file. */
  fileId?: string | undefined;
}

export const areUploaded = (files: readonly OutgoingFile[] = []): boolean =>
  files.every(({ fileId }) => fileId !== undefined);

/** Whether the page was closed before a file was uploaded. */
export const areLost = (files: readonly OutgoingFile[] = []): boolean =>
  files.some(({ fileId, local }) => fileId === undefined && !local);
