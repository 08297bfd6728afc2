import type { Api } from '../client/rest/api.ts';

/** Whom the user has blocked, once that is loaded. */
export class Blocks {
  private readonly api: Api;
  private readonly onChange: () => void;
  private ids: ReadonlySet<string> | undefined;

  constructor(api: Api, onChange: () => void) {
    this.api = api;
    this.onChange = onChange;
  }

  /** Undefined until it is known. */
  has(userId: string): boolean | undefined {
    return this.ids?.has(userId);
  }

  /** Another device may have blocked somebody since, and nothing tells so: call this whenever it is shown. */
  async load(): Promise<void> {
    const { users } = await this.api.users.listBlocks();
    this.take(users.map(({ id }) => id));
  }

  async block(userId: string): Promise<void> {
    await this.api.users.block(userId);
    this.take([...(this.ids ?? []), userId]);
  }

  async unblock(userId: string): Promise<void> {
    await this.api.users.unblock(userId);
    this.take([...(this.ids ?? [])].filter((id) => id !== userId));
  }

  private take(ids: readonly string[]): void {
    this.ids = new Set(ids);
    this.onChange();
  }
}
