import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { type Key, keys, sameKey } from './keys.ts';
import { type Session, sessionPut } from './sessions.ts';
import { deleteItems, getItems, queryItems, type Write, writeTogether } from './table.ts';

const table = settings.chatTable();

export interface User {
  id: string;
  email?: string;
  phone?: string;
  name: string;
  passwordHash?: string;
  createdAt: string;
}

/** What a user logs in with. */
export type LoginKind = 'email' | 'phone';

const kinds: LoginKind[] = ['email', 'phone'];
const loginKeysOf = (user: User): Key[] =>
  kinds.flatMap((kind) => (user[kind] === undefined ? [] : [keys.login(kind, user[kind])]));

/** Stores a new user with a first session. False, with nothing stored, if the email or phone has an account. */
export async function createUser(user: User, session: Session): Promise<boolean> {
  const logins: Write[] = loginKeysOf(user).map((key) => ({
    Put: { TableName: table, Item: { ...key, userId: user.id }, ConditionExpression: 'attribute_not_exists(pk)' },
  }));
  const profile: Write = { Put: { TableName: table, Item: { ...keys.user(user.id), ...user } } };
  return (await writeTogether([...logins, profile, sessionPut(session)])) === undefined;
}

const read = async (Key: Key) => (await db.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;

/** Reads twice even if there is no such user, so that the time doesn't tell whether there is. */
export async function findUserByLogin(kind: LoginKind, name: string): Promise<User | undefined> {
  const login = await read(keys.login(kind, name));
  return (await read(keys.user(login?.userId ?? 'nobody'))) as User | undefined;
}

export async function getUser(userId: string): Promise<User | undefined> {
  return (await read(keys.user(userId))) as User | undefined;
}

/** User ids by login, which is written "email:..." or "phone:...". */
export async function findUserIds(logins: { kind: LoginKind; name: string }[]): Promise<Map<string, string>> {
  const found = await getItems<{ userId: string }>(
    table,
    logins.map(({ kind, name }) => keys.login(kind, name)),
  );
  return new Map(found.map(({ pk, userId }) => [pk.slice('LOGIN#'.length), userId]));
}

/** The users' names by id; ids that belong to no user are left out. */
export async function getNames(userIds: string[]): Promise<Map<string, string>> {
  const users = await getItems<Pick<User, 'id' | 'name'>>(table, userIds.map(keys.user), ['id', 'name']);
  return new Map(users.map((user) => [user.id, user.name]));
}

/** What a profile must still hold; undefined is a field that it must not have. */
export type Was = { [Field in keyof User]?: User[Field] | undefined };

/** A condition on a profile, with its names and values. */
function stillHolds(was: Was) {
  const fields = Object.entries(was);
  const tests = fields.map(([name, value]) =>
    value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :was_${name}`,
  );
  const values = fields.flatMap(([name, value]) => (value === undefined ? [] : [[`:was_${name}`, value]]));
  return {
    condition: ['attribute_exists(pk)', ...tests].join(' AND '),
    names: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(values),
  };
}

/** Stores a session of a user whose profile still holds `was`. False, with nothing stored, if it doesn't. */
export async function storeSession(session: Session, was: Was): Promise<boolean> {
  const { condition, names, values } = stillHolds(was);
  const check: Write = {
    ConditionCheck: {
      TableName: table,
      Key: keys.user(session.userId),
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
  };
  return (await writeTogether([check, sessionPut(session)])) === undefined;
}

/** Changes a profile if it still holds `was`. */
function profileUpdate(userId: string, change: Partial<User>, was: Was) {
  const { condition, names, values } = stillHolds(was);
  const fields = Object.entries(change);
  return {
    TableName: table,
    Key: keys.user(userId),
    UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: { ...names, ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])) },
    ExpressionAttributeValues: { ...values, ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])) },
  };
}

/** Returns the changed profile; undefined if it no longer holds `was`. */
async function update(userId: string, change: Partial<User>, was: Was = {}): Promise<User | undefined> {
  try {
    const updated = await db.send(
      new UpdateCommand({ ...profileUpdate(userId, change, was), ReturnValues: 'ALL_NEW' }),
    );
    return updated.Attributes as User;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

export const renameUser = (userId: string, name: string): Promise<User | undefined> => update(userId, { name });

/** False if the password was changed meanwhile. */
export async function setPassword(user: User, passwordHash: string): Promise<boolean> {
  return (await update(user.id, { passwordHash }, { passwordHash: user.passwordHash })) !== undefined;
}

/** Sets or replaces a user's email or phone, and the password too if given. Tells why nothing was changed. */
export async function linkLogin(
  user: User,
  kind: LoginKind,
  name: string,
  passwordHash?: string,
): Promise<'linked' | 'taken' | 'changed'> {
  const change = { [kind]: name, ...(passwordHash && { passwordHash }) };
  const was = { [kind]: user[kind], ...(passwordHash && { passwordHash: user.passwordHash }) };
  const old = user[kind];
  const refused = await writeTogether([
    {
      Put: {
        TableName: table,
        Item: { ...keys.login(kind, name), userId: user.id },
        ConditionExpression: 'attribute_not_exists(pk) OR userId = :user',
        ExpressionAttributeValues: { ':user': user.id },
      },
    },
    { Update: profileUpdate(user.id, change, was) },
    ...(old !== undefined && old !== name ? [{ Delete: { TableName: table, Key: keys.login(kind, old) } }] : []),
  ]);
  if (refused === undefined) return 'linked';
  return refused === 0 ? 'taken' : 'changed';
}

/** Erases the profile with its email and phone logins. False if the logins were changed meanwhile. */
export async function eraseProfile(user: User): Promise<boolean> {
  const { condition, names, values } = stillHolds({ email: user.email, phone: user.phone });
  const refused = await writeTogether([
    {
      Delete: {
        TableName: table,
        Key: keys.user(user.id),
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
      },
    },
    ...loginKeysOf(user).map((Key) => ({ Delete: { TableName: table, Key } })),
  ]);
  return refused === undefined;
}

/** Erases everything stored under the user except the profile and memberships: sessions, blocks, the Google link. */
export async function eraseBelongings(userId: string): Promise<void> {
  const kept = await queryItems<Record<string, unknown>>({
    TableName: table,
    KeyConditionExpression: 'pk = :user',
    ExpressionAttributeValues: { ':user': `USER#${userId}` },
    ConsistentRead: true,
  });
  const profile = keys.user(userId);
  const belongings = kept.filter((item) => !sameKey(item, profile) && !item.sk.startsWith('CHAT#'));
  await deleteItems(
    table,
    belongings.map(({ pk, sk }) => ({ pk, sk })),
  );
}
