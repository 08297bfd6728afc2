import type { Erasure } from './erasure.ts';

/** The asynchronous invocations of `deliver` in a history. */
export class Deliveries {
  private underWay: Promise<unknown>[] = [];
  private readonly deliver: (event: unknown) => Promise<unknown>;
  private readonly gaveUp: () => void;
  private readonly erasure: Erasure;

  constructor(world: { deliver: (event: unknown) => Promise<unknown>; gaveUp: () => void; erasure: Erasure }) {
    this.deliver = world.deliver;
    this.gaveUp = world.gaveUp;
    this.erasure = world.erasure;
  }

  /** Lambda takes an event, and hands it over until it was done, three times at most; sometimes it does all that twice. */
  begin(event: unknown, times: number): void {
    this.erasure.event(JSON.stringify(event));
    for (let n = 0; n < times; n++) this.underWay.push(this.untilDone(event));
  }

  private async untilDone(event: unknown): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const done = await this.erasure
        .during(() => this.deliver(event))
        .then(
          () => true,
          () => false,
        );
      if (done) return;
    }
    this.gaveUp();
  }

  /** Also those that others have begun. */
  async allDone(): Promise<void> {
    for (let pending = this.underWay; pending.length > 0; pending = this.underWay) {
      this.underWay = [];
      await Promise.all(pending);
    }
  }
}
