import type { Api } from '../client/rest/api.ts';

type Ids = ReadonlySet<string>;

/** Whom the user has blocked, once that is loaded. */
export class Blocks {
  private readonly api: Api;
  private readonly onChange: () => void;
  private ids: Ids | undefined;
  /** How often the user has blocked or unblocked somebody here. */
  private changes = 0;

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
    const { changes } = this;
    const { users } = await this.api.users.listBlocks();
    // A list that was requested before a change may not have it.
    if (changes === this.changes) this.take(new Set(users.map(({ id }) => id)));
  }

  async block(userId: string): Promise<void> {
    await this.api.users.block(userId);
    await this.change((ids) => new Set([...ids, userId]));
  }

  async unblock(userId: string): Promise<void> {
    await this.api.users.unblock(userId);
    await this.change((ids) => new Set([...ids].filter((id) => id !== userId)));
  }

  private async change(changed: (ids: Ids) => Ids): Promise<void> {
    this.changes++;
    if (this.ids) this.take(changed(this.ids));
    // Without an answer it stays unknown who is blocked; the change itself has succeeded.
    else await this.load().catch(() => {});
  }

  private take(ids: Ids): void {
    this.ids = ids;
    this.onChange();
  }
}
