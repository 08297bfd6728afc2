import { randomUUID } from 'node:crypto';
import type { Account } from './person.ts';
import { session } from './shapes.ts';
import type { Transport } from './transport.ts';
import { brief, holds, parse } from './unmet.ts';

/** A server may limit how often somebody is added to a group: ours allows strangers 30 an hour, and a check needs one or two. */
const maxUses = 25;

export interface People {
  anna: Account;
  boris: Account;
  /** Is in no chat with the others. */
  eve: Account;
}

/** Three people who were in no more chats together than a server allows. */
interface Trio {
  people: People;
  uses: number;
}

/**
 * The accounts of a run. Requirements share them, because servers limit registrations, but never at the same moment: what
 * somebody does in one chat may delay or refuse what they do in another. Each requirement makes its own chats.
 */
export class Cast {
  /** Everybody who was registered, also by a requirement. */
  readonly made: Account[] = [];
  /** The phones that got an account. */
  readonly phones: string[] = [];
  private readonly transport: Transport;
  private readonly free: Trio[] = [];

  /** The transport must be without faults. */
  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Three people for whoever calls `giveBack` in the end. */
  async lend(): Promise<{ people: People; giveBack(): void }> {
    const trio = this.free.pop() ?? { people: await this.registerThree(), uses: 0 };
    trio.uses += 1;
    const giveBack = () => {
      if (trio.uses < maxUses) this.free.push(trio);
    };
    return { people: trio.people, giveBack };
  }

  private async registerThree(): Promise<People> {
    // One after the other: hashing a password takes a server long enough.
    const anna = await this.register('Anna', this.transport);
    const boris = await this.register('Boris', this.transport);
    const eve = await this.register('Eve', this.transport);
    return { anna, boris, eve };
  }

  async register(name: string, transport: Transport, newId: () => string = randomUUID): Promise<Account> {
    const [email, password] = [emailOf(newId()), newId()];
    const body = { email, password, name };
    const answer = await transport.send({ method: 'POST', path: '/auth/register', body });
    const { status } = answer;
    holds(
      'POST /auth/register',
      status >= 200 && status < 300,
      'a status of success',
      `${status} ${brief(answer.body)}`,
    );
    const { user, accessToken, refreshToken } = parse('the answer to POST /auth/register', session, answer.body);
    const account = { id: user.id, name, email, password, accessToken, refreshToken };
    this.made.push(account);
    return account;
  }

  /** The account is gone. */
  forget(account: Account): void {
    this.made.splice(this.made.indexOf(account), 1);
  }
}

export const emailOf = (id: string): string => `conformance-${id}@example.com`;

/** What somebody without an account is. */
export const nobody: Account = { id: '', name: '', email: '', password: '', accessToken: '', refreshToken: '' };
