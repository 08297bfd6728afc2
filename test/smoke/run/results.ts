import { Unmet } from '../../conformance/client/unmet.ts';

export type Outcome = 'ok' | 'failed' | 'not checked';

/** What one check has found. */
export interface Result {
  subject: string;
  name: string;
  outcome: Outcome;
  /** What was found, or why it failed or was not checked. */
  text: string;
  ms: number;
}

/** A check that is impossible here. The message says why. */
export class NotChecked extends Error {}

/** What a check found: nothing to add, or a few words. */
type Found = string | undefined;

/** Runs checks one after the other and keeps what they found. */
export class Results {
  readonly all: Result[] = [];
  private readonly signal: AbortSignal;
  private readonly tell: (result: Result) => void;

  constructor(signal: AbortSignal, tell: (result: Result) => void) {
    this.signal = signal;
    this.tell = tell;
  }

  /** Any error fails the check. Throws only if the run was stopped. Resolves with whether the check is ok. */
  async check(subject: string, name: string, run: () => Promise<Found>): Promise<boolean> {
    this.signal.throwIfAborted();
    const before = performance.now();
    const found = await run().then(
      (text = '') => ({ outcome: 'ok', text }) as const,
      (error: Error) => this.failureOf(error),
    );
    const result = { subject, name, ...found, ms: Math.round(performance.now() - before) };
    this.all.push(result);
    this.tell(result);
    return result.outcome === 'ok';
  }

  private failureOf(error: Error): { outcome: Outcome; text: string } {
    if (this.signal.aborted) throw error;
    if (error instanceof NotChecked) return { outcome: 'not checked', text: error.message };
    if (error instanceof Unmet)
      return { outcome: 'failed', text: `${error.what}: expected ${error.expected}, got ${error.came}` };
    return { outcome: 'failed', text: error.message };
  }
}
