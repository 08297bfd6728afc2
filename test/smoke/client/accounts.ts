import { randomBytes } from 'node:crypto';
import type { Backend } from './backend.ts';

/** What is known of an account. A change whose answer was lost may have happened, so both values are kept. */
interface Account {
  emails: string[];
  passwords: string[];
}

/** The requests that change whether and how somebody can log in. */
interface Changed {
  email?: string;
  password?: string;
}

export const randomPassword = (): string => randomBytes(18).toString('base64url');

/** The accounts that the run has created and not deleted yet. */
export class Accounts {
  private readonly open = new Set<Account>();

  /** Called before the request, because the answer may be lost. */
  registering(email: string, password: string): Account {
    const account = { emails: [email], passwords: [password] };
    this.open.add(account);
    return account;
  }

  /** What remains is the new value if the request succeeded. */
  changing(account: Account, { email, password }: Changed): (succeeded: boolean) => void {
    if (email) account.emails.push(email);
    if (password) account.passwords.push(password);
    return (succeeded) => {
      if (succeeded && email) account.emails = [email];
      if (succeeded && password) account.passwords = [password];
    };
  }

  deleted(account: Account): void {
    this.open.delete(account);
  }

  /** Deletes what is left, and returns the emails of the accounts for which that failed. */
  async removeAll(backend: Backend): Promise<string[]> {
    const remaining: string[] = [];
    for (const account of this.open) {
      if (await remove(backend, account).catch(() => false)) this.open.delete(account);
      else remaining.push(account.emails.join(' or '));
    }
    return remaining;
  }
}

/** Whether the account is gone: it was deleted, or nobody can log in to it. */
async function remove(backend: Backend, { emails, passwords }: Account): Promise<boolean> {
  for (const email of emails) {
    for (const password of passwords) {
      const body = { email, password, device: 'Smoke test' };
      const login = await backend.send({ method: 'POST', path: '/auth/login', body });
      if (login.status === 401) continue;
      if (login.status !== 200) return false;
      const { accessToken: token } = login.body as { accessToken: string };
      return deleteMe(backend, token, password);
    }
  }
  return true;
}

async function deleteMe(backend: Backend, token: string, password: string): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { status } = await backend.send({ method: 'DELETE', path: '/users/me', token, body: { password } });
    if (status === 200) return true;
  }
  return false;
}
