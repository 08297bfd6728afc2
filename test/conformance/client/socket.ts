import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import type { Opening, Receiver } from './transport.ts';
import { parse, Unmet } from './unmet.ts';

/** When it is useless to wait for a frame any longer. */
export interface FrameTimeout {
  /** "within 10 s" */
  text: string;
  /** Resolves then; rejects if the signal is aborted before. */
  passes(signal: AbortSignal): Promise<unknown>;
}

export const afterMs = (ms: number): FrameTimeout => ({
  text: `within ${ms / 1000} s`,
  passes: (signal) => sleep(ms, undefined, { signal }),
});

/** An open socket. The frames that it receives wait in order. */
export class Socket {
  private readonly frames: unknown[] = [];
  private closeCode: number | undefined;
  private wake = () => {};
  private opening: Opening | undefined;
  private readonly timeout: FrameTimeout;

  constructor(timeout: FrameTimeout) {
    this.timeout = timeout;
  }

  readonly receiver: Receiver = {
    frame: (frame) => {
      this.frames.push(frame);
      this.wake();
    },
    closed: (code) => {
      this.closeCode = code;
      this.wake();
    },
  };

  opened(opening: Opening): void {
    this.opening = opening;
  }

  /** An object is sent as JSON. */
  send(frame: unknown): void {
    this.opening?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The next frame, whatever it is. */
  async next(what: string): Promise<unknown> {
    await this.until(what, () => this.frames.length > 0);
    return this.frames.shift();
  }

  /** The next frame, which must have this shape. */
  async read<Schema extends z.ZodType>(what: string, schema: Schema): Promise<z.output<Schema>> {
    return parse(what, schema, await this.next(what));
  }

  /** The next frame with these values, which must have this shape. Others are passed over. */
  async find<Schema extends z.ZodType>(what: string, schema: Schema, values: object): Promise<z.output<Schema>> {
    const over: unknown[] = [];
    for (;;) {
      const frame = await this.next(over.length > 0 ? `${what} (after ${JSON.stringify(over).slice(0, 300)})` : what);
      if (has(frame, values)) return parse(what, schema, frame);
      over.push(frame);
    }
  }

  /** The code with which the server closes the socket. */
  async closed(what: string): Promise<number> {
    await this.until(what, () => this.closeCode !== undefined, 'a closed socket');
    return this.closeCode ?? 0;
  }

  close(): void {
    this.opening?.close();
  }

  private async until(what: string, done: () => boolean, expected = 'a frame'): Promise<void> {
    const over = new AbortController();
    const late = this.timeout.passes(over.signal).then(
      () => 'late',
      () => 'in time',
    );
    try {
      while (!done()) {
        if (this.closeCode !== undefined) throw new Unmet(what, expected, `the close code ${this.closeCode}`);
        const woken = new Promise<string>((resolve) => {
          this.wake = () => resolve('woken');
        });
        if ((await Promise.race([woken, late])) === 'late')
          throw new Unmet(what, expected, `nothing ${this.timeout.text}`);
      }
    } finally {
      over.abort();
    }
  }
}

const has = (frame: unknown, values: object): boolean =>
  typeof frame === 'object' &&
  frame !== null &&
  Object.entries(values).every(([key, value]) => (frame as Record<string, unknown>)[key] === value);
