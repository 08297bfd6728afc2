import { newId } from '../client/new-id.ts';

/** This tab of the browser. The others see by its lock that it is open, but not over plain HTTP, where there are no locks. */
export class OpenTab {
  readonly id = newId();
  private readonly closing = new AbortController();

  constructor() {
    this.after(this.id, () => new Promise((resolve) => this.closing.signal.addEventListener('abort', () => resolve())));
  }

  /** Does something when the tab with this id is closed. Of several tabs that wait for it, one after the other does. */
  after(id: string, action: () => void | Promise<void>): void {
    if (!navigator.locks) return void action();
    // Rejects when this tab is closed before its turn.
    navigator.locks.request(`unsent/${id}`, { signal: this.closing.signal }, action).catch(() => {});
  }

  close(): void {
    this.closing.abort();
  }
}
