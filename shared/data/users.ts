import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { type Key, keys } from './keys.ts';
import { type Session, sessionPut } from './sessions.ts';
import { db, getItems, writeTogether } from './table.ts';

const table = settings.chatTable();

export interface User {
  id: string;
  email?: string;
  phone?: string;
  name: string;
  passwordHash?: string;
  createdAt: string;
}

/** Stores a new user with a first session; false, and nothing stored, when the email has an account. */
export async function createUser(user: User & { email: string }, session: Session): Promise<boolean> {
  const login = { ...keys.emailLogin(user.email), userId: user.id };
  const refused = await writeTogether([
    { Put: { TableName: table, Item: login, ConditionExpression: 'attribute_not_exists(pk)' } },
    { Put: { TableName: table, Item: { ...keys.user(user.id), ...user } } },
    sessionPut(session),
  ]);
  return refused === undefined;
}

/** Reads twice whether or not there is such a user, so that the time doesn't tell. */
export async function findUserByEmail(email: string): Promise<User | undefined> {
  const read = (Key: Key) => db.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  const login = await read(keys.emailLogin(email));
  const profile = await read(keys.user(login.Item?.userId ?? 'nobody'));
  return profile.Item as User | undefined;
}

/** The names of those of the ids that are users. */
export async function getNames(userIds: string[]): Promise<Map<string, string>> {
  const users = await getItems<Pick<User, 'id' | 'name'>>(table, userIds.map(keys.user), ['id', 'name']);
  return new Map(users.map((user) => [user.id, user.name]));
}
