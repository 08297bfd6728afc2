import { newId } from '../../client/new-id.ts';
import type { Api } from '../../client/rest/api.ts';

/** What the browser lets the page do. */
interface Permission {
  isGranted(): boolean;
  /** Asks the user. Call this on a click, because browsers require one. */
  ask(): Promise<boolean>;
}

/** The browser's storage has the token under this name. */
export const pushTokenKey = 'pushToken';

/** This browser as a device that gets push notifications. It has a token while the user wants them here. */
export class PushDevice {
  private readonly users: Pick<Api['users'], 'setPush' | 'deletePush'>;
  private readonly permission: Permission;

  constructor({ users }: { users: Pick<Api['users'], 'setPush' | 'deletePush'> }, permission: Permission) {
    this.users = users;
    this.permission = permission;
  }

  /** Read from the storage each time, because another tab may have turned notifications on or off. */
  get token(): string | undefined {
    return (this.permission.isGranted() && localStorage.getItem(pushTokenKey)) || undefined;
  }

  /** Asks for the browser's permission. Returns false if it is refused. */
  async turnOn(locale: string): Promise<boolean> {
    if (!(await this.permission.ask())) return false;
    const token = `local-web-${newId()}`;
    await this.users.setPush(token, locale);
    localStorage.setItem(pushTokenKey, token);
    return true;
  }

  async turnOff(): Promise<void> {
    await this.users.deletePush();
    localStorage.removeItem(pushTokenKey);
  }

  /** Registers the token for the current session, which may be a new one. */
  async register(locale: string): Promise<void> {
    const { token } = this;
    if (token) await this.users.setPush(token, locale);
  }
}
