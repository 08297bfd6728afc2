import { randomBytes, randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, inject } from 'vitest';
import * as z from 'zod/mini';
import * as auth from '#shared/contract/auth/index.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { db } from '#shared/data/client.ts';
import { inboxAdd } from '#shared/data/connections/sockets.ts';
import { connectionKeys } from '#shared/data/keys.ts';
import { writeTogether } from '#shared/data/write.ts';
import { Runner } from '../../infra/local/runner.ts';
import { type Answer, type Json, request } from '../support/api-client.ts';
import { expectDeclared } from '../support/declared.ts';

export const password = 'correct horse';

export interface Somebody {
  id: string;
  email: string;
  token: string;
  refreshToken: string;
}

interface Input {
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
}

/** A running backend and a client of it that checks every answer against the contract and records what happened. */
export class World {
  readonly runner: Runner;
  /** The functions' log output. */
  readonly logs: string[];
  /** Tokens and codes that must not occur in a log. */
  readonly secrets: string[] = [];
  /** Every answer of the API. */
  readonly answers: (Pick<Answer, 'status' | 'headers'> & { path: string })[] = [];
  /** The names of the endpoints that have answered 200. */
  readonly used = new Set<string>();

  private constructor(runner: Runner, logs: string[]) {
    this.runner = runner;
    this.logs = logs;
  }

  static async start(): Promise<World> {
    const logs: string[] = [];
    return new World(
      await Runner.start({
        port: 0,
        dynamodb: inject('dynamodb'),
        context: () => ({ stage: 'prod', stages: { prod: { push: true } } }),
        // Eight seconds take an eighth of one.
        queueDelay: (seconds) => seconds * 15,
        log: (text) => logs.push(text),
      }),
      logs,
    );
  }

  async call(method: string, path: string, options?: { token?: string; body?: unknown }): Promise<Answer> {
    const answer = await request(this.runner.url, method, path, options);
    // The local runner's own pages are not part of the API.
    if (!path.startsWith('/_local/')) this.answers.push({ path, status: answer.status, headers: answer.headers });
    return answer;
  }

  /** Sends a request. Any answer that the contract declares is fine. */
  async ask(
    endpoint: Endpoint,
    somebody?: { token: string },
    { params = {}, query, body }: Input = {},
  ): Promise<Answer> {
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const answer = await this.call(endpoint.method, query ? `${path}?${query}` : path, {
      ...(somebody && { token: somebody.token }),
      ...(body !== undefined && { body }),
    });
    expectDeclared(endpoint, answer);
    return answer;
  }

  /** Sends a request that must succeed and returns the body of the answer, which must match the contract. */
  async do(endpoint: Endpoint, somebody?: { token: string }, input?: Input): Promise<Json> {
    const { status, body } = await this.ask(endpoint, somebody, input);
    expect({ status, body }, `${endpoint.method} ${endpoint.path}`).toMatchObject({ status: 200 });
    // Parsing drops fields that the contract does not declare.
    expect(z.parse(endpoint.response as z.ZodMiniType, body)).toEqual(body);
    this.used.add(endpoint.name);
    return body;
  }

  /** The person who logged in with this answer. Its tokens are added to the secrets. */
  signedIn({ user, accessToken, refreshToken }: Json): Somebody {
    this.secrets.push(accessToken, refreshToken);
    return { ...user, token: accessToken, refreshToken };
  }

  async register(name: string): Promise<Somebody> {
    const email = `${randomUUID()}@example.com`;
    return this.signedIn(await this.do(auth.register, undefined, { body: { email, password, name } }));
  }

  async newGroup(owner: Somebody, ...others: Somebody[]): Promise<Json> {
    const participantIds = others.map(({ id }) => id);
    return (await this.do(createGroup, owner, { body: { name: 'Weekend', participantIds } })).group;
  }

  /** The code in the newest text message to a phone, from the page that a developer uses. */
  async codeTo(phone: string): Promise<string> {
    const { body } = await this.call('GET', `/_local/sms?phone=${phone}`);
    const code = /\d{6}/.exec(body.messages[0].text)?.[0] as string;
    this.secrets.push(code);
    return code;
  }

  /** Stores a connection whose socket no longer exists, as a missed $disconnect leaves it. */
  async staleConnection(chatId: string, userId = 'u'): Promise<void> {
    const connectionId = `${randomBytes(11).toString('base64url')}=`;
    const Item = {
      ...connectionKeys.inChat(chatId, 0, connectionId),
      userId,
      connectedAt: Date.now() - 60_000,
      events: true,
      expiresAt: Math.floor(Date.now() / 1000) + 60,
    };
    await db.send(new PutCommand({ TableName: process.env.CONNECTIONS_TABLE, Item }));
  }
  /** Stores an inbox whose socket no longer exists, as a missed $disconnect leaves it. */
  async staleInbox(userId: string): Promise<void> {
    const connectionId = `${randomBytes(11).toString('base64url')}=`;
    const connectedAt = Date.now() - 60_000;
    await writeTogether([inboxAdd({ connectionId, userId, sessionId: 's', connectedAt, events: true })]);
  }
}
