import { randomUUID } from 'node:crypto';
import { register } from '#shared/contract/auth/register.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { retry } from '#shared/platform/retry.ts';
import type { Json } from '../api-client.ts';
import type { RestInput } from '../invoke.ts';
import type { Person } from './changes.ts';
import { crowdSize, people } from './history.ts';

/** A user may ask for what was missed 120 times a minute. */
const historiesOfOne = 20;

type Rest = (endpoint: Endpoint, input: RestInput) => Promise<{ status: number; body: Json }>;

/** The users of all histories. */
export class Population {
  private readonly rest: Rest;
  private some: Promise<Person[]> | undefined;
  private many: Promise<Person[]> | undefined;
  private uses = 0;

  constructor(rest: Rest) {
    this.rest = rest;
  }

  /** The three of the next history, and one who sends the last message. */
  next(): Promise<Person[]> {
    if (this.uses++ % historiesOfOne === 0) this.some = undefined;
    this.some ??= this.register(people + 1);
    return this.some;
  }

  crowd(): Promise<Person[]> {
    this.many ??= this.register(crowdSize);
    return this.many;
  }

  /** The id of a new group of them. */
  async group([owner, ...others]: Person[]): Promise<string> {
    const body = { name: 'Group', participantIds: others.map(({ id }) => id), clientId: randomUUID() };
    const { group } = await this.require(createGroup, { token: owner?.token ?? '', body });
    return group.id;
  }

  /** A few at once, because hashing a password takes long. */
  private register(count: number): Promise<Person[]> {
    return mapConcurrently(Array.from({ length: count }), 4, async () => {
      const body = { email: `${randomUUID()}@example.com`, password: 'correct horse', name: 'Somebody' };
      const { user, accessToken } = await this.require(register, { body });
      return { id: user.id, token: accessToken };
    });
  }

  /** Asks until the answer is 200: other histories may need the same items, and the machine may stand still. */
  private require(endpoint: Endpoint, input: RestInput): Promise<Json> {
    return retry({ attempts: 5, baseMs: 200 }, async () => {
      const { status, body } = await this.rest(endpoint, input);
      if (status !== 200) throw new Error(`${endpoint.name} answered ${status} ${body.code}`);
      return body;
    });
  }
}
