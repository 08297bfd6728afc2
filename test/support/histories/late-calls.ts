/** Calls that are held up on their way to the database, until everything else that was under way has ended. */
export class LateCalls {
  private waiting: { arrive: () => void; answered: Promise<unknown> }[] = [];

  /** Makes the call when it is let go. */
  hold<T>(call: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const answered = promise.then(call);
    this.waiting.push({ arrive: resolve, answered });
    return answered;
  }

  async allArrive(): Promise<void> {
    for (const { arrive } of this.waiting) arrive();
    await Promise.allSettled(this.waiting.map(({ answered }) => answered));
    this.waiting = [];
  }
}
