import { reportError } from './printable.ts';
import type { Say } from './progress.ts';

/** Stops the runner once, whatever the reason for which the process has to end. */
export class Shutdown {
  private readonly say: Say;
  private readonly stopping = new AbortController();
  private close: () => Promise<void> = async () => {};

  constructor(say: Say) {
    this.say = say;
  }

  /** Aborts when the process has to end. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** When the process has to end, closes what was started or waits until the interrupted start has cleaned up. */
  guard(starting: Promise<{ close(): Promise<void> }>, farewell: string): void {
    this.close = async () => {
      await starting.then(
        (runner) => runner.close(),
        () => {},
      );
      this.say(`Stopped. ${farewell}`);
    };
    this.stopOnSignals();
    this.stopOnErrors();
    this.stopWithoutReader();
    this.stopWithNpm();
  }

  /** Ends the process. `reason` is completed to "Stopping (reason)." */
  async stop(reason: string, exitCode: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.say(`Stopping (${reason}).`);
    this.stopping.abort();
    await this.close();
    process.exit(exitCode);
  }

  private stopOnSignals(): void {
    const reasons = { SIGINT: 'Ctrl-C', SIGTERM: 'SIGTERM', SIGHUP: 'the terminal was closed' };
    for (const [signal, reason] of Object.entries(reasons)) process.on(signal, () => void this.stop(reason, 0));
  }

  private stopOnErrors(): void {
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => {
        reportError(error);
        void this.stop('an error in the runner, see above', 1);
      });
    }
  }

  /** Without this, each failed write would be an error whose report fails again, without end. */
  private stopWithoutReader(): void {
    for (const stream of [process.stdout, process.stderr])
      stream.on('error', () => void this.stop('nothing reads the output', 0));
  }

  /** A signal to npm ends npm and its shell, but the shell does not pass it on. */
  private stopWithNpm(): void {
    if (!process.env.npm_lifecycle_event) return;
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && void this.stop('npm has exited', 0), 250).unref();
  }
}
