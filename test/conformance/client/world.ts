import { randomUUID } from 'node:crypto';
import { type Cast, emailOf, nobody } from './cast.ts';
import { type Account, Person } from './person.ts';
import type { Phones } from './phones.ts';
import { type Group, ofGroup, session } from './shapes.ts';
import type { FrameTimeout } from './socket.ts';
import type { Transport } from './transport.ts';
import { Skipped } from './unmet.ts';

export interface Surroundings {
  cast: Cast;
  phones: Phones;
  /** A token or code of Google's that the server accepts. */
  googleToken: string | undefined;
  frameTimeout: FrameTimeout;
  /** How long a check may take. */
  limitMs: number;
  /** By default a random UUID. */
  newId?: () => string;
}

export interface Room {
  anna: Person;
  boris: Person;
  /** Is not in the group. */
  eve: Person;
  group: Group;
}

/** What the check of one requirement works with. */
export class World {
  readonly surroundings: Surroundings;
  private readonly transport: Transport;
  private readonly persons: Person[] = [];
  private lent: ReturnType<Cast['lend']> | undefined;

  constructor(surroundings: Surroundings, transport: Transport) {
    this.surroundings = surroundings;
    this.transport = transport;
  }

  async people(): Promise<{ anna: Person; boris: Person; eve: Person }> {
    this.lent ??= this.surroundings.cast.lend();
    const { anna, boris, eve } = (await this.lent).people;
    return { anna: this.as(anna), boris: this.as(boris), eve: this.as(eve) };
  }

  /** A new group of Anna and Boris, which Anna has created. */
  async room(): Promise<Room> {
    const people = await this.people();
    const body = { name: 'Weekend', participantIds: [people.boris.id] };
    const { group } = await people.anna.ask(ofGroup, 'POST /groups', body);
    return { ...people, group };
  }

  /** Somebody with an account of their own. */
  async newcomer(name = 'Newcomer'): Promise<Person> {
    return this.as(await this.surroundings.cast.register(name, this.transport, () => this.newId()));
  }

  /** Somebody without an account. */
  stranger(): Person {
    return this.as(nobody);
  }

  /** The same person with a session of its own. */
  async secondSession({ account }: Person): Promise<Person> {
    const { email, password } = account;
    const tokens = await this.stranger().ask(session, 'POST /auth/login', { email, password });
    return this.as({ ...account, ...tokens });
  }

  /** The only random thing in a check, so that it can be repeated on a recording. */
  newId(): string {
    return (this.surroundings.newId ?? randomUUID)();
  }

  newEmail(): string {
    return emailOf(this.newId());
  }

  /** Remembers an account that a check has registered itself. */
  remember(account: Account): Person {
    this.surroundings.cast.made.push(account);
    return this.as(account);
  }

  /** A phone, and the one-time code that was sent to it. */
  async phoneWithCode(): Promise<{ phone: string; code: string }> {
    return this.surroundings.phones.next(this.transport);
  }

  googleToken(): string {
    const { googleToken } = this.surroundings;
    if (googleToken === undefined) throw new Skipped('no --google-token was given');
    return googleToken;
  }

  /** A check has deleted this account. */
  forget({ account }: Person): void {
    this.surroundings.cast.forget(account);
  }

  /** Closes all sockets. */
  async close(): Promise<void> {
    for (const person of this.persons) person.hangUp();
    await this.lent?.then(
      ({ giveBack }) => giveBack(),
      () => {},
    );
  }

  private as(account: Account): Person {
    const person = new Person(account, this.transport, this.surroundings.frameTimeout);
    this.persons.push(person);
    return person;
  }
}
