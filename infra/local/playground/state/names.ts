import type { Api } from '../client/rest/api.ts';

/** The names of people who are not known from an open chat. */
export class Names {
  private readonly api: Api;
  private readonly onChange: () => void;
  private readonly byId = new Map<string, string>();
  private readonly requested = new Set<string>();

  constructor(api: Api, onChange: () => void) {
    this.api = api;
    this.onChange = onChange;
  }

  of(userId: string): string | undefined {
    return this.byId.get(userId);
  }

  learn(userId: string, name: string): void {
    this.byId.set(userId, name);
  }

  /** Asks for a name, once. Without an answer it is asked for at the next need. */
  async load(userId: string): Promise<void> {
    if (this.byId.has(userId) || this.requested.has(userId)) return;
    this.requested.add(userId);
    try {
      this.learn(userId, (await this.api.users.get(userId)).user.name);
      this.onChange();
    } catch {
      this.requested.delete(userId);
    }
  }
}
