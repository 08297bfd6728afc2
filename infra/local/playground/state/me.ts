import type { ResponseOf } from '#shared/contract/endpoint.ts';
import type { getMe } from '#shared/contract/users/get-me.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';

/** What the server knows of the user, as they see it themselves. */
export type Profile = ResponseOf<typeof getMe>['user'];

interface MeListener {
  onChange(): void;
  /** The session has the new name already. */
  onRename(): void;
}

/** The user's own profile. */
export class Me {
  /** Undefined until it is loaded. */
  profile: Profile | undefined;
  private readonly api: Api;
  private readonly session: Session;
  private readonly listener: MeListener;
  /** How often the server has answered to a change. */
  private changes = 0;

  constructor(api: Api, session: Session, listener: MeListener) {
    this.api = api;
    this.session = session;
    this.listener = listener;
  }

  async load(): Promise<void> {
    const { changes } = this;
    const { user } = await this.api.users.me();
    // A profile that was requested before a change may not have it.
    if (changes === this.changes) this.take(user);
  }

  /** Keeps what the server has answered to a change. */
  keep({ user }: { user: Profile }): void {
    this.changes++;
    this.take(user);
  }

  private take(user: Profile): void {
    const current = this.session.user;
    // Meanwhile, somebody else may have signed in.
    if (user.id !== current?.id) return;
    this.profile = user;
    this.listener.onChange();
    if (user.name === current.name) return;
    this.session.rename(user.name);
    this.listener.onRename();
  }
}
