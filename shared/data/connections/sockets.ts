import { maxChatSockets, maxInboxes } from '#shared/contract/websocket/connect.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { settings } from '#shared/platform/settings.ts';
import { connectionKeys as keys, userIdOf } from '../keys.ts';
import { deleteItems, getItem, getItems } from '../table.ts';
import { exists, nowInSeconds, updateIf, type Write } from '../write.ts';

/**
 * One item per user names every open socket: the inboxes, which delivery reads here for all participants of a chat, and the
 * sockets in chats, which are counted here. It stays when the sockets are gone, because it says when the user was last seen.
 */

const table = settings.connectionsTable();

/** Seconds. API Gateway closes every socket after two hours; what is stored may outlive its socket by a little. */
export const socketLifetime = 2 * 60 * 60 + 10 * 60;
/** Seconds. After that nobody can tell when the user was last seen. */
const itemLifetime = 30 * 24 * 60 * 60;
/** Users whose items are written at the same time. */
const concurrency = 8;

interface Socket {
  connectionId: string;
  userId: string;
  /** Milliseconds since the epoch. */
  connectedAt: number;
}

/** An open socket for all chats of its user. Each gets live frames. */
export interface Inbox extends Socket {
  sessionId: string;
  events: true;
  chatId?: undefined;
}

/** An open socket in one chat, as far as it is counted here. */
export interface ChatSocket extends Socket {
  chatId: string;
}

type SocketSet = 'inbox' | 'chats';

/** The elements of `inbox` are `connectedAt#sessionId#connectionId`, those of `chats` `connectedAt#connectionId`. */
export interface SocketsItem extends Partial<Record<SocketSet, Set<string>>> {
  /** When a socket of the user was last opened or closed, milliseconds since the epoch. */
  seenAt: number;
}

const inboxElement = ({ connectedAt, sessionId, connectionId }: Inbox) => `${connectedAt}#${sessionId}#${connectionId}`;

const chatElement = ({ connectedAt, connectionId }: Socket) => `${connectedAt}#${connectionId}`;

const elementOf = (socket: Inbox | ChatSocket) =>
  socket.chatId === undefined ? inboxElement(socket) : chatElement(socket);

const setOf = ({ chatId }: Inbox | ChatSocket): SocketSet => (chatId === undefined ? 'inbox' : 'chats');

/** Whether the socket may still be open: elements of sockets whose end was not reported stay behind. */
const isLive = (element: string) => Number.parseInt(element, 10) > Date.now() - socketLifetime * 1000;

/** The user's open inboxes, the oldest first. */
export const inboxesOf = (userId: string, { inbox = new Set() }: Pick<SocketsItem, 'inbox'>): Inbox[] =>
  toInboxes(userId, [...inbox].filter(isLive));

const toInboxes = (userId: string, elements: string[]): Inbox[] =>
  elements.sort().map((element) => {
    const [connectedAt, sessionId, connectionId] = element.split('#') as [string, string, string];
    return { connectionId, userId, sessionId, connectedAt: Number(connectedAt), events: true };
  });

/** Names an open socket in a transaction. Fails if the user has as many as there may be. */
const elementAdd = (userId: string, set: SocketSet, element: string, max: number) =>
  ({
    Update: {
      TableName: table,
      Key: keys.sockets(userId),
      UpdateExpression: `SET seenAt = :at, expiresAt = :end ADD ${set} :elements`,
      ConditionExpression: `attribute_not_exists(${set}) OR size(${set}) < :max`,
      ExpressionAttributeValues: {
        ':elements': new Set([element]),
        ':max': max,
        ':at': Date.now(),
        ':end': nowInSeconds() + itemLifetime,
      },
    },
    otherwise: 'full',
  }) as const satisfies Write & { otherwise: string };

export const inboxAdd = (inbox: Inbox) => elementAdd(inbox.userId, 'inbox', inboxElement(inbox), maxInboxes);

export const chatSocketAdd = (socket: Socket) =>
  elementAdd(socket.userId, 'chats', chatElement(socket), maxChatSockets);

/** The open inboxes of these users. Consistent, so that an inbox that opened before a message was stored gets it. */
export async function listInboxes(userIds: string[]): Promise<Inbox[]> {
  const items = await getItems<SocketsItem>(table, userIds.map(keys.sockets), ['inbox']);
  return items.flatMap((item) => inboxesOf(userIdOf(item), item));
}

/** The inboxes that count for the user, the oldest first: also those whose end was not reported. */
export async function listInboxesOf(userId: string): Promise<Inbox[]> {
  const item = await getItem<SocketsItem>(table, keys.sockets(userId));
  return toInboxes(userId, [...(item?.inbox ?? [])]);
}

/** Takes sockets out, as often as it is called. */
export async function removeFromSockets(sockets: (Inbox | ChatSocket)[]): Promise<void> {
  const byUser = [...Map.groupBy(sockets, ({ userId }) => userId)];
  await mapConcurrently(byUser, concurrency, ([userId, ofUser]) => {
    const bySet = [...Map.groupBy(ofUser, setOf)];
    return removeElements(
      userId,
      bySet.map(([set, some]) => [set, new Set(some.map(elementOf))]),
    );
  });
}

/** Erases a deleted user's item, once the sockets are closed and no other can be opened. */
export const deleteSockets = (userId: string): Promise<void> => deleteItems(table, [keys.sockets(userId)]);

/** Takes the elements of sockets out that can't be open any more. Returns how many sockets in chats those were. */
export async function removeDead(userId: string): Promise<number> {
  const item = await getItem<SocketsItem>(table, keys.sockets(userId));
  const dead = [...(item?.chats ?? [])].filter((element) => !isLive(element));
  if (dead.length > 0) await removeElements(userId, [['chats', new Set(dead)]]);
  return dead.length;
}

/** Creates no item for a user who has none: one that was deleted. */
async function removeElements(userId: string, removals: (readonly [SocketSet, Set<string>])[]): Promise<void> {
  await updateIf({
    TableName: table,
    Key: keys.sockets(userId),
    UpdateExpression: `SET seenAt = :at, expiresAt = :end DELETE ${removals.map(([set]) => `${set} :${set}`).join()}`,
    ...exists,
    ExpressionAttributeValues: {
      ...Object.fromEntries(removals.map(([set, elements]) => [`:${set}`, elements])),
      ':at': Date.now(),
      ':end': nowInSeconds() + itemLifetime,
    },
  });
}

/** Takes one inbox out, unless somebody else has done so: of several who make room at once, each takes another inbox. */
export async function takeInbox(inbox: Inbox): Promise<'gone' | undefined> {
  const element = inboxElement(inbox);
  const { refused } = await updateIf({
    TableName: table,
    Key: keys.sockets(inbox.userId),
    UpdateExpression: 'DELETE inbox :elements',
    ConditionExpression: 'contains(inbox, :element)',
    ExpressionAttributeValues: { ':elements': new Set([element]), ':element': element },
  });
  return refused ? 'gone' : undefined;
}

/** What is known of a user's presence. */
export interface Seen {
  connected: boolean;
  /** When a socket was last opened or closed, milliseconds since the epoch. */
  seenAt: number;
}

/**
 * Whether these users have an open socket, and when they were last seen; those of whom nothing is known are left out. What
 * has expired counts as unknown, even while DynamoDB still has it.
 */
export async function listSeen(userIds: string[]): Promise<Map<string, Seen>> {
  const items = await getItems<SocketsItem>(table, userIds.map(keys.sockets));
  const known = items.filter(({ seenAt }) => seenAt > Date.now() - itemLifetime * 1000);
  return new Map(
    known.map(({ inbox = [], chats = [], seenAt, ...key }) => {
      const connected = [...inbox, ...chats].some(isLive);
      return [userIdOf(key), { connected, seenAt }];
    }),
  );
}
