import { settings } from '#shared/platform/settings.ts';
import { fileUse, type StoredFile } from '../files.ts';
import { isMembership, type Key, keys, sameKey } from '../keys.ts';
import { deleteItems, getItem, getItems, queryPrefix } from '../table.ts';
import { isNew, updateIf, type Write, writeTogether } from '../write.ts';
import { forgetTokens } from './push-devices.ts';
import { type Session, sessionPut, sessionUpdate } from './sessions.ts';

const table = settings.chatTable();

export interface User {
  id: string;
  email?: string;
  phone?: string;
  name: string;
  passwordHash?: string;
  createdAt: string;
  /** Sessions of an earlier generation have ended. */
  sessionGeneration?: number;
  /** The session that proved it may delete the account, and until when (milliseconds since the epoch) it may go on. */
  deletion?: { sessionId: string; holdsUntil: number };
  /** When the operator suspended the account, ISO 8601. */
  suspendedAt?: string;
  /** Who may add the user to groups; by default anyone. */
  addedBy?: 'anyone' | 'contacts' | 'nobody';
  /** False if the user hides when they were last seen. */
  showLastSeen?: boolean;
  /** What push notifications show of a message; by default its text. */
  pushPreview?: 'text' | 'name' | 'none';
  /** The file that is the user's avatar; empty after its removal. */
  avatarId?: string;
}

/** An email or phone that a user logs in with. */
export interface Login {
  kind: 'email' | 'phone';
  name: string;
}

const loginsOf = (user: User): Login[] =>
  (['email', 'phone'] as const).flatMap((kind) => (user[kind] === undefined ? [] : [{ kind, name: user[kind] }]));

const loginKey = ({ kind, name }: Login): Key => keys.login(kind, name);

/** Stores a new user with a first session. */
export function createUser(user: User, session: Session) {
  return writeTogether([
    ...loginsOf(user).map((login) => ({
      Put: { TableName: table, Item: { ...loginKey(login), userId: user.id }, ...isNew },
      otherwise: 'login taken' as const,
    })),
    { Put: { TableName: table, Item: { ...keys.user(user.id), ...user } } },
    sessionPut(session),
  ]);
}

/** Reads twice even if there is no such user, so that the time doesn't tell whether there is. */
export async function findUserByLogin(login: Login): Promise<User | undefined> {
  const found = await getItem<{ userId: string }>(table, loginKey(login));
  return getUser(found?.userId ?? 'nobody');
}

export const getUser = (userId: string): Promise<User | undefined> => getItem<User>(table, keys.user(userId));

/** The fields of these profiles that pushes need. Users who do not exist are left out. */
export const getProfiles = (userIds: string[]) =>
  getItems<Pick<User, 'id' | 'sessionGeneration' | 'pushPreview'>>(table, userIds.map(keys.user), [
    'id',
    'sessionGeneration',
    'pushPreview',
  ]);

/** The user ids of those logins that exist, in the order of the logins. The same one may come twice. */
export async function findUserIds<L extends Login>(logins: L[]): Promise<{ login: L; userId: string }[]> {
  const keysOnce = [...new Map(logins.map((login) => [loginKey(login).pk, loginKey(login)])).values()];
  const items = await getItems<{ userId: string }>(table, keysOnce);
  return logins.flatMap((login) => {
    const found = items.find((item) => sameKey(item, loginKey(login)));
    return found ? [{ login, userId: found.userId }] : [];
  });
}

/** What others see of a user. */
export type Shown = Pick<User, 'name' | 'avatarId'>;

/** What others see of the users, by id; ids that belong to no user are left out. */
export async function getShown(userIds: string[]): Promise<Map<string, Shown>> {
  const users = await getItems<Pick<User, 'id'> & Shown>(table, userIds.map(keys.user), ['id', 'name', 'avatarId']);
  return new Map(users.map(({ id, name, avatarId }) => [id, { name, ...(avatarId && { avatarId }) }]));
}

/** What a profile must still hold; undefined is a field that it must not have. */
export type Unchanged = { [Field in keyof User]?: User[Field] | undefined };

/** The condition that a profile exists and still holds these fields. */
function stillHolds(fields: Unchanged) {
  const entries = Object.entries(fields);
  const tests = entries.map(([name, value]) =>
    value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :was_${name}`,
  );
  const values = entries.flatMap(([name, value]) => (value === undefined ? [] : [[`:was_${name}`, value]]));
  return {
    ConditionExpression: ['attribute_exists(pk)', ...tests].join(' AND '),
    ...(entries.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    }),
    ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
  };
}

/** Stores a session of a user whose profile still holds these fields and the session's generation. */
export function storeSession(session: Session, unchanged: Unchanged) {
  const condition = stillHolds({ ...unchanged, suspendedAt: undefined, sessionGeneration: session.generation });
  const check: Write = { ConditionCheck: { TableName: table, Key: keys.user(session.userId), ...condition } };
  return writeTogether([{ ...check, otherwise: 'profile changed' }, sessionPut(session)]);
}

/** Changes a profile if it still holds the fields of `unchanged`. */
function profileUpdate(userId: string, change: Unchanged, unchanged: Unchanged) {
  const { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = stillHolds(unchanged);
  const fields = Object.entries(change).filter(([, value]) => value !== undefined);
  return {
    TableName: table,
    Key: keys.user(userId),
    UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression,
    ExpressionAttributeNames: {
      ...ExpressionAttributeNames,
      ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...ExpressionAttributeValues,
      ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
    },
  };
}

/** Returns the changed profile; undefined if the user is gone. */
export async function updateUser(
  userId: string,
  change: Pick<Unchanged, 'name' | 'addedBy' | 'showLastSeen' | 'pushPreview' | 'avatarId' | 'deletion'>,
) {
  const { refused, item } = await updateIf({ ...profileUpdate(userId, change, {}), ReturnValues: 'ALL_NEW' });
  return refused ? undefined : (item as User);
}

/** Makes a file the user's avatar, and uses it up. */
export const setAvatar = ({ userId, id }: Pick<StoredFile, 'userId' | 'id'>) =>
  writeTogether([
    { Update: profileUpdate(userId, { avatarId: id }, {}), otherwise: 'no such user' },
    { ...fileUse({ userId, id }), otherwise: 'file used' },
  ]);

/** Replaces the password and ends all sessions but one, unless the password or the sessions were changed meanwhile. */
export function setPassword(user: User, passwordHash: string, sessionId: string) {
  const { id, sessionGeneration } = user;
  const generation = sessionGeneration ?? 0;
  const change = { passwordHash, sessionGeneration: generation + 1 };
  const unchanged = { passwordHash: user.passwordHash, sessionGeneration, suspendedAt: undefined };
  return writeTogether([
    { Update: profileUpdate(id, change, unchanged), otherwise: 'changed' },
    { ...sessionUpdate(id, sessionId, generation), otherwise: 'changed' },
  ]);
}

/** Sets or replaces a user's email or phone, and the password too if given. */
export function linkLogin(user: User, login: Login, passwordHash?: string) {
  const { kind, name } = login;
  const old = user[kind];
  const change = { [kind]: name, ...(passwordHash && { passwordHash }) };
  const unchanged = { [kind]: old, ...(passwordHash && { passwordHash: user.passwordHash }) };
  return writeTogether([
    {
      Put: {
        TableName: table,
        Item: { ...loginKey(login), userId: user.id },
        ConditionExpression: 'attribute_not_exists(pk) OR userId = :user',
        ExpressionAttributeValues: { ':user': user.id },
      },
      otherwise: 'taken',
    },
    { Update: profileUpdate(user.id, change, unchanged), otherwise: 'changed' },
    ...(old !== undefined && old !== name ? [{ Delete: { TableName: table, Key: keys.login(kind, old) } }] : []),
  ]);
}

/** Erases the profile with its email and phone, unless these were changed meanwhile. */
export function eraseProfile(user: User) {
  const condition = stillHolds({ email: user.email, phone: user.phone });
  return writeTogether([
    { Delete: { TableName: table, Key: keys.user(user.id), ...condition }, otherwise: 'changed' },
    ...loginsOf(user).map((login) => ({ Delete: { TableName: table, Key: loginKey(login) } })),
  ]);
}

/**
 * Erases what is stored under the user, such as sessions and blocks, and the items of their devices' tokens. Keeps the
 * profile, the memberships and the Google link.
 */
export async function eraseBelongings(userId: string): Promise<void> {
  const items = await queryPrefix<Partial<Session>>(table, keys.ofUser(userId));
  await forgetTokens(items.filter((item): item is Key & Session => item.push !== undefined));
  const kept = [keys.user(userId), keys.googleLink(userId)];
  await deleteItems(
    table,
    items.filter((item) => !isMembership(item) && !kept.some((key) => sameKey(item, key))),
  );
}
