import { randomBytes, randomUUID } from 'node:crypto';
import { handler as createGroupHandler } from '../../functions/groups/create-group.ts';
import { handler as connectHandler } from '../../functions/websocket/connect.ts';
import { createGroup } from '../../shared/contract/groups.ts';
import { createUser } from '../../shared/data/users.ts';
import { hashPassword } from '../../shared/passwords.ts';
import { openSession } from '../../shared/sign-in.ts';
import { invoke, invokeSocket } from './invoke.ts';

export interface Person {
  id: string;
  email: string;
  token: string;
  refreshToken: string;
}

export const password = 'correct horse';
const passwordHash = await hashPassword(password);

/** A user with a session, as if registered, but without the time that hashing another password takes. */
export async function newPerson(name = 'Anna'): Promise<Person> {
  const id = randomUUID();
  const email = `${id}@example.com`;
  const { session, accessToken, refreshToken } = await openSession(id);
  await createUser({ id, email, name, passwordHash, createdAt: new Date().toISOString() }, session);
  return { id, email, token: accessToken, refreshToken };
}

/** A group of the first person with the others in it. */
export async function newGroup(owner: Person, ...others: Person[]): Promise<{ id: string; inviteCode: string }> {
  const { body } = await invoke(createGroupHandler, createGroup, {
    token: owner.token,
    body: { name: 'Weekend', participantIds: others.map(({ id }) => id) },
  });
  return body.group;
}

/** Opens a connection of the person in the chat; what it gets, the stand-in for `@connections` knows. */
export async function connect(person: Person, chatId: string): Promise<string> {
  const connectionId = `${randomBytes(11).toString('base64url')}=`;
  const { status } = await invokeSocket(connectHandler, '$connect', connectionId, {
    query: { chatId, token: person.token },
  });
  if (status !== 200) throw new Error(`$connect answered ${status}`);
  return connectionId;
}
