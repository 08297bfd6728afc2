/** Calls that are held up on their way to the database until others have followed: the repeated call, and one more. */
export class LateCalls {
  private calls: { after: number; arrive: () => void }[] = [];
  private updates = 0;

  hold(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.calls.push({ after: this.updates + 2, arrive: resolve });
    return promise;
  }

  updated(): void {
    this.updates++;
    for (const { after, arrive } of this.calls) if (this.updates >= after) arrive();
  }

  releaseAll(): void {
    for (const { arrive } of this.calls) arrive();
    this.calls = [];
  }
}
