import { AsyncLocalStorage } from 'node:async_hooks';
import type { Account } from './account.ts';
import { http } from './assumptions.ts';
import { at } from './clock.ts';

interface Work {
  /** Milliseconds on a whole core. */
  cpu: number;
  askedAt: number;
  action: () => void;
  /** Work that is no longer needed when its turn comes takes no time. */
  wanted: () => boolean;
}

const always = () => true;

/** Where Lambda runs one invocation at a time: a share of a core, and sockets to AWS that are kept. */
export class Environment {
  readonly account: Account;
  private readonly core: number;
  private busyUntil = 0;
  private queue: Work[] = [];
  private sockets = 0;
  private idleSockets = 0;
  private readonly waiting: ((fresh: boolean) => void)[] = [];

  constructor(account: Account, core: number) {
    this.account = account;
    this.core = core;
  }

  /** Milliseconds of work that is waiting. */
  get backlog(): number {
    return this.queue.reduce((sum, { cpu }) => sum + cpu / this.core, this.busyUntil - Date.now());
  }

  /** Does one thing after the other. */
  work(cpu: number, action: () => void, wanted = always): void {
    this.queue.push({ cpu, askedAt: Date.now(), action, wanted });
    if (this.queue.length === 1) this.goOn();
  }

  private goOn(): void {
    let begun = 0;
    for (const { cpu, askedAt, action, wanted } of this.queue) {
      if (this.busyUntil > Date.now()) break;
      begun++;
      if (!wanted()) continue;
      // Milliseconds are what the clock counts, and work takes less: what has waited begins where the last ended.
      this.busyUntil = Math.max(this.busyUntil, askedAt) + cpu / this.core;
      at(this.busyUntil, action);
    }
    this.queue.splice(0, begun);
    if (this.queue.length > 0) at(this.busyUntil, () => this.goOn());
  }

  /** Gives a socket, at once or when there is one. */
  takeSocket(use: (fresh: boolean) => void): void {
    if (this.idleSockets > 0) {
      this.idleSockets--;
      use(false);
    } else if (this.sockets < http.maxSockets) {
      this.sockets++;
      use(true);
    } else this.waiting.push(use);
  }

  leaveSocket(): void {
    const next = this.waiting.shift();
    if (next) next(false);
    else this.idleSockets++;
  }

  closeSocket(): void {
    this.sockets--;
    const next = this.waiting.shift();
    if (next) this.takeSocket(next);
  }
}

const running = new AsyncLocalStorage<Environment>();

export const runIn = <T>(environment: Environment, action: () => Promise<T>): Promise<T> =>
  running.run(environment, action);

/** That in which the code runs that asks. */
export function environment(): Environment {
  const found = running.getStore();
  if (!found) throw new Error('Not in a function');
  return found;
}
