/**
 * Values that were read elsewhere, each until it expires. Lives as long as the function instance. Our own, because
 * lru-cache would add 19 KB to every bundle for what is a Map with a time.
 */
export class Cached<Value> {
  private readonly entries = new Map<string, { value: Value; expiresAt: number }>();
  private readonly ttlMs: number;
  private readonly maxEntries: number;

  /** A value is kept for `ttlMs` milliseconds, or until newer ones take its place among `maxEntries`. */
  constructor({ ttlMs, maxEntries = Infinity }: { ttlMs: number; maxEntries?: number }) {
    this.ttlMs = ttlMs;
    this.maxEntries = maxEntries;
  }

  /** Returns undefined if there is no value, or if it has expired. */
  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry.value : undefined;
  }

  set(key: string, value: Value, ttlMs = this.ttlMs): void {
    // Map keeps the order of insertion: the first entry is the oldest.
    this.entries.delete(key);
    this.entries.set(key, { value, expiresAt: Date.now() + ttlMs });
    if (this.entries.size > this.maxEntries) this.entries.delete(this.entries.keys().next().value as string);
  }
}
