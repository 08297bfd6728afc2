import { type Timer, times } from '../../client/realtime/times.ts';
import { ApiProblem } from '../../client/rest/api-problem.ts';

export interface PresentUser {
  userId: string;
  connected: boolean;
  lastSeen?: string | undefined;
}

interface PresenceOwner {
  load(): Promise<readonly PresentUser[]>;
  /** Whether anybody sees the page. */
  isVisible(): boolean;
  onChange(): void;
  /** The user may no longer be in this chat. */
  onRefused(code: string): void;
}

/** The presence of the participants, requested repeatedly while the page is visible. */
export class Presence {
  users: readonly PresentUser[] = [];
  private readonly owner: PresenceOwner;
  private timer: Timer;
  /** Counts the starts: only the last one goes on. */
  private starts = 0;

  constructor(owner: PresenceOwner) {
    this.owner = owner;
  }

  /** Asks at once. */
  async start(): Promise<void> {
    this.stop();
    const { starts } = this;
    let isFinal = false;
    try {
      const users = await this.owner.load();
      if (starts !== this.starts) return;
      this.users = users;
      this.owner.onChange();
    } catch (error) {
      // A large chat has no presence.
      isFinal = error instanceof ApiProblem && (error.final || error.code === 'chat_too_large');
      if (error instanceof ApiProblem && error.final && starts === this.starts) this.owner.onRefused(error.code);
    }
    if (starts === this.starts && !isFinal) this.timer = setTimeout(() => this.again(), times.presence);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.starts++;
  }

  /** A page that nobody sees waits until somebody returns to it, which starts anew. */
  private again(): void {
    if (this.owner.isVisible()) void this.start();
  }
}
