import { randomFrom } from '../../../infra/local/random.ts';

/** Draws from ranges and lists, the same for the same seed. */
export class Draw {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** From 0 to `limit` results of `make`. */
  some<T>(limit: number, make: () => T): T[] {
    return Array.from({ length: this.below(limit + 1) }, make);
  }

  bytes(limit: number): Buffer {
    return Buffer.from(this.some(limit, () => this.below(256)));
  }
}
