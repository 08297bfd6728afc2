import type { ResponseOf } from '#shared/contract/endpoint.ts';
import type { createFile } from '#shared/contract/files/create-file.ts';

/** A small JPEG that stands for a picture or a video. */
export interface Thumbnail {
  blob: Blob;
  width: number;
  height: number;
}

/** Where a file may be uploaded, and until when: milliseconds since the epoch. */
export interface Announced extends ResponseOf<typeof createFile> {
  until: number;
}

/** The bytes of a file on this device, which the page shows before they are uploaded. */
export class LocalFile {
  readonly url: string;
  readonly thumbnailUrl: string | undefined;
  announced: Announced | undefined;
  readonly blob: Blob;
  readonly thumbnail: Thumbnail | undefined;
  private readonly released = new AbortController();

  constructor(blob: Blob, thumbnail?: Thumbnail) {
    this.blob = blob;
    this.thumbnail = thumbnail;
    this.url = URL.createObjectURL(blob);
    this.thumbnailUrl = thumbnail && URL.createObjectURL(thumbnail.blob);
  }

  /** Aborted when nobody wants the file any more. */
  get signal(): AbortSignal {
    return this.released.signal;
  }

  /** The message is in the chat, or the user has removed the file. */
  release(): void {
    this.released.abort();
    for (const url of [this.url, this.thumbnailUrl]) if (url) URL.revokeObjectURL(url);
  }
}
