import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { openSession } from '#shared/accounts/open-session.ts';
import { hashPassword } from '#shared/accounts/passwords.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { createUser, type User } from '#shared/data/accounts/users.ts';
import { type Connection, listConnections } from '#shared/data/connections/connections.ts';
import { handler as createGroupHandler } from '../../functions/groups/create-group.ts';
import { handler as connectHandler } from '../../functions/websocket/connect.ts';
import { call } from './call.ts';
import { invoke, invokeSocket } from './invoke.ts';

export interface Person {
  id: string;
  email: string;
  token: string;
  refreshToken: string;
  sessionId: string;
}

export const password = 'correct horse';
const passwordHash = await hashPassword(password);

/** A user with a session, as if registered, but without the time that hashing another password takes. */
export async function newPerson(name = 'Anna', more: Partial<User> = {}): Promise<Person> {
  const id = randomUUID();
  const email = `${id}@example.com`;
  const { session, accessToken, refreshToken } = await openSession({ id, sessionGeneration: 0 });
  await createUser(
    { id, email, name, passwordHash, createdAt: new Date().toISOString(), sessionGeneration: 0, ...more },
    session,
  );
  return { id, email, token: accessToken, refreshToken, sessionId: session.id };
}

/** A Russian mobile number that no other test has. */
export const newPhone = (): string => `+79${String(randomInt(1e9)).padStart(9, '0')}`;

/** A user who has a phone and neither email nor password. */
export async function newPhonePerson(phone: string): Promise<Omit<Person, 'email'>> {
  const id = randomUUID();
  const { session, accessToken, refreshToken } = await openSession({ id, sessionGeneration: 0 });
  await createUser({ id, phone, name: 'Phone', createdAt: new Date().toISOString(), sessionGeneration: 0 }, session);
  return { id, token: accessToken, refreshToken, sessionId: session.id };
}

/** A group of the first person with the others in it. */
export async function newGroup(owner: Person, ...others: Person[]): Promise<{ id: string; inviteCode: string }> {
  const { body } = await invoke(createGroupHandler, createGroup, {
    token: owner.token,
    body: { name: 'Weekend', participantIds: others.map(({ id }) => id) },
  });
  return body.group;
}

/** The id of the direct chat of the two. */
export async function newDirect(person: Person, other: Person): Promise<string> {
  const { body } = await call(openDirect, person, { body: { userId: other.id } });
  return body.chat.id;
}

/** Opens a connection of the person in the chat; what it gets, the stand-in for `@connections` knows. */
export const connect = (
  { token }: Pick<Person, 'token'>,
  chatId: string,
  query: Record<string, string> = {},
): Promise<string> => openSocket({ chatId, token, ...query });

/** Opens a connection of the person for all chats. */
export const connectInbox = ({ token }: Pick<Person, 'token'>, query: Record<string, string> = {}): Promise<string> =>
  openSocket({ inbox: '1', token, ...query });

async function openSocket(query: Record<string, string>): Promise<string> {
  const connectionId = `${randomBytes(11).toString('base64url')}=`;
  const { status } = await invokeSocket(connectHandler, '$connect', connectionId, { query });
  if (status !== 200) throw new Error(`$connect answered ${status}`);
  return connectionId;
}

/** Every open connection of a chat that is not a large room. */
export async function connectionsIn(chatId: string): Promise<Connection[]> {
  return (await listConnections(chatId, { limit: 1000 })).connections;
}
