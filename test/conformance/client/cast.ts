import { randomUUID } from 'node:crypto';
import type { Account } from './person.ts';
import { session } from './shapes.ts';
import type { Transport } from './transport.ts';
import { brief, holds, parse } from './unmet.ts';

/** A server may limit how often somebody creates, joins or is added to a group: ours allows 20 joins an hour. */
const maxUses = 15;

export interface People {
  anna: Account;
  boris: Account;
  /** Is in no chat with the others. */
  eve: Account;
}

/** The accounts of a run. Requirements share them, because servers limit registrations; each makes its own chats. */
export class Cast {
  /** Everybody who was registered, also by a requirement. */
  readonly made: Account[] = [];
  /** The phones that got an account. */
  readonly phones: string[] = [];
  private readonly transport: Transport;
  private current: Promise<People> | undefined;
  private uses = 0;

  /** The transport must be without faults. */
  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Three people, other ones after fifteen uses. */
  people(): Promise<People> {
    if (this.uses++ % maxUses === 0) this.current = this.registerThree();
    return this.current ?? this.registerThree();
  }

  private async registerThree(): Promise<People> {
    const [anna, boris, eve] = await Promise.all([
      this.register('Anna', this.transport),
      this.register('Boris', this.transport),
      this.register('Eve', this.transport),
    ]);
    return { anna, boris, eve };
  }

  async register(name: string, transport: Transport): Promise<Account> {
    const [email, password] = [randomEmail(), randomUUID()];
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
}

export const randomEmail = (): string => `conformance-${randomUUID()}@example.com`;

/** What somebody without an account is. */
export const nobody: Account = { id: '', name: '', email: '', password: '', accessToken: '', refreshToken: '' };
