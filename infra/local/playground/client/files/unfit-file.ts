/** Why a file is not sent: its type, its size, nothing in it, broken, or its position can't be removed here. */
export type Unfitness = 'type' | 'size' | 'empty' | 'broken' | 'position';

/** A file that is not sent as it is. */
export class UnfitFile extends Error {
  readonly reason: Unfitness;
  readonly fileName: string;
  /** The maximum size in bytes, when that is the reason. */
  readonly limit: number | undefined;

  constructor(reason: Unfitness, fileName: string, limit?: number) {
    super(`${fileName}: ${reason}`);
    this.reason = reason;
    this.fileName = fileName;
    this.limit = limit;
  }
}
