import type { OutgoingFile } from '../client/files/outgoing-file.ts';
import { newId } from '../client/new-id.ts';

/** Files of a message at most. */
export const maxFiles = 10;

/** A file that the user has chosen. */
export interface ChosenFile {
  key: string;
  name: string;
  size: number;
  /** Undefined while it is being made ready. */
  file: OutgoingFile | undefined;
}

interface Adding {
  /** Makes a file ready, or throws. */
  prepare(file: File): Promise<OutgoingFile>;
  /** A file is there, or ready. */
  onChange(): void;
  /** A file can't be sent. */
  onRefused(error: unknown): void;
}

/** The files that go with the text in the message box. */
export class Tray {
  chosen: readonly ChosenFile[] = [];
  private readonly preparing = new Map<string, Promise<void>>();

  /** Adds files as far as there is room. */
  add(files: readonly File[], { prepare, onChange, onRefused }: Adding): void {
    for (const file of files.slice(0, maxFiles - this.chosen.length)) {
      const key = newId();
      this.chosen = [...this.chosen, { key, name: file.name, size: file.size, file: undefined }];
      const preparing = this.prepare(key, prepare(file))
        .catch((error: unknown) => {
          this.remove(key);
          onRefused(error);
        })
        .finally(() => {
          this.preparing.delete(key);
          onChange();
        });
      this.preparing.set(key, preparing);
    }
    onChange();
  }

  remove(key: string): void {
    this.chosen.find((one) => one.key === key)?.file?.local?.release();
    this.chosen = this.chosen.filter((one) => one.key !== key);
  }

  /** Resolves when every file is ready or refused, also those that the user adds meanwhile. */
  async ready(): Promise<void> {
    while (this.preparing.size > 0) await Promise.all(this.preparing.values());
  }

  /** Takes the files that are ready, which are those of a message now. */
  take(): OutgoingFile[] {
    const files = this.chosen.flatMap(({ file }) => file ?? []);
    this.chosen = this.chosen.filter(({ file }) => !file);
    return files;
  }

  clear(): void {
    for (const { key } of this.chosen) this.remove(key);
  }

  private async prepare(key: string, preparing: Promise<OutgoingFile>): Promise<void> {
    const prepared = await preparing;
    // The user may have removed it meanwhile.
    if (!this.chosen.some((one) => one.key === key)) return prepared.local?.release();
    const ready = { key, name: prepared.name, size: prepared.size, file: prepared };
    this.chosen = this.chosen.map((one) => (one.key === key ? ready : one));
  }
}
