import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { retry } from '#shared/platform/retry.ts';
import { algorithm, audience, headerType, issuer, lifetime } from '#shared/tokens/claims.ts';
import type { PrivateKey } from '#shared/tokens/signing-key.ts';
import type { Json } from '../api-client.ts';
import type { RestInput } from '../invoke.ts';
import type { Person } from './changes.ts';
import { crowdSize, people } from './history.ts';
import type { HistoryTables } from './history-tables.ts';

type Rest = (endpoint: Endpoint, input: RestInput) => Promise<{ status: number; body: Json }>;

/** A chat with its people. */
export interface Place {
  chatId: string;
  people: Person[];
  /** Of a group. */
  inviteCode: string | undefined;
}

/** The users of all histories. Those of one history are in no other, because an inbox gets the frames of all chats. */
export class Population {
  private readonly rest: Rest;
  private readonly tables: HistoryTables;
  private readonly key: PrivateKey;
  private many: Promise<Person[]> | undefined;

  constructor(rest: Rest, tables: HistoryTables, key: PrivateKey) {
    this.rest = rest;
    this.tables = tables;
    this.key = key;
  }

  /** The same people in all histories that have a crowd. */
  crowd(): Promise<Person[]> {
    this.many ??= this.register(crowdSize);
    return this.many;
  }

  /** A new group of four new people. */
  async group(): Promise<Place> {
    const [owner, ...others] = (await this.register(people)) as [Person, ...Person[]];
    const body = { name: 'Group', participantIds: others.map(({ id }) => id), clientId: randomUUID() };
    const { group } = await this.require(createGroup, { token: owner.token, body });
    return { chatId: group.id, people: [owner, ...others], inviteCode: group.inviteCode };
  }

  /** The direct chat of two new people, who have two devices each. */
  async direct(): Promise<Place> {
    const [anna, boris] = (await this.register(2)) as [Person, Person];
    const { chat } = await this.require(openDirect, { token: anna.token, body: { userId: boris.id } });
    return { chatId: chat.id, people: [anna, boris, anna, boris], inviteCode: undefined };
  }

  /** Users with a session, written directly, because hashing a password takes long. */
  private register(count: number): Promise<Person[]> {
    return Promise.all(
      Array.from({ length: count }, async () => {
        const [id, sessionId] = [randomUUID(), randomUUID()];
        await this.tables.addUser(id, sessionId);
        return { id, token: await this.tokenFor(id, sessionId) };
      }),
    );
  }

  private async tokenFor(userId: string, sid: string): Promise<string> {
    const { kid } = this.key;
    return new SignJWT({ sid })
      .setProtectedHeader({ alg: algorithm, typ: headerType.access, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime(`${lifetime.access} s`)
      .sign(await importJWK(this.key, algorithm));
  }

  /** Asks until the answer is 200: the machine may stand still. */
  private require(endpoint: Endpoint, input: RestInput): Promise<Json> {
    return retry({ attempts: 5, baseMs: 200 }, async () => {
      const { status, body } = await this.rest(endpoint, input);
      if (status !== 200) throw new Error(`${endpoint.name} answered ${status} ${body.code}`);
      return body;
    });
  }
}
