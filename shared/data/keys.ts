/** The primary key of an item. Only this file knows how keys are written. */
export interface Key {
  pk: string;
  sk: string;
}

/** The items of one partition whose sort keys begin with `prefix`. */
export interface KeyPrefix {
  pk: string;
  prefix: string;
}

/** Twelve digits last for 30,000 years at one message a second. */
const padded = (seq: number) => String(seq).padStart(12, '0');

const userPrefix = 'USER#';
const userPartition = (userId: string) => userPrefix + userId;
const chatPartition = (chatId: string) => `CHAT#${chatId}`;
const membershipPrefix = 'CHAT#';
const messagePrefix = 'MSG#';
const connectionPrefix = 'CONN#';
const socketsOfUser = 'CONN';

/** Keys of the Chat table, which is durable. */
export const keys = {
  user: (userId: string): Key => ({ pk: userPartition(userId), sk: 'PROFILE' }),
  /** Everything that is stored under a user. */
  ofUser: (userId: string): KeyPrefix => ({ pk: userPartition(userId), prefix: '' }),
  /** An email or phone to log in with. Its conditional put keeps emails and phones unique. */
  login: (kind: 'email' | 'phone', name: string): Key => ({ pk: `LOGIN#${kind}:${name}`, sk: 'LOGIN' }),
  session: (userId: string, sessionId: string): Key => ({ pk: userPartition(userId), sk: `SESSION#${sessionId}` }),
  sessionsOf: (userId: string): KeyPrefix => ({ pk: userPartition(userId), prefix: 'SESSION#' }),
  membership: (userId: string, chatId: string): Key => ({
    pk: userPartition(userId),
    sk: `${membershipPrefix}${chatId}`,
  }),
  membershipsOf: (userId: string): KeyPrefix => ({ pk: userPartition(userId), prefix: membershipPrefix }),
  /** The record of a membership that has ended. */
  formerMembership: (userId: string, chatId: string): Key => ({ pk: userPartition(userId), sk: `LEFT#${chatId}` }),
  formerMembershipsOf: (userId: string): KeyPrefix => ({ pk: userPartition(userId), prefix: 'LEFT#' }),
  knownNetwork: (userId: string, network: string): Key => ({ pk: userPartition(userId), sk: `NETWORK#${network}` }),
  googleLink: (userId: string): Key => ({ pk: userPartition(userId), sk: 'GOOGLE' }),
  block: (userId: string, blockedId: string): Key => ({ pk: userPartition(userId), sk: `BLOCK#${blockedId}` }),
  blocksOf: (userId: string): KeyPrefix => ({ pk: userPartition(userId), prefix: 'BLOCK#' }),
  /** A file that was announced for an upload, and whether it has been used. */
  file: (userId: string, fileId: string): Key => ({ pk: userPartition(userId), sk: `FILE#${fileId}` }),
  /** Marks that a user has created a group with this `clientId`. */
  createdGroup: (userId: string, clientId: string): Key => ({ pk: userPartition(userId), sk: `CREATED#${clientId}` }),
  chat: (chatId: string): Key => ({ pk: chatPartition(chatId), sk: 'CHAT' }),
  roster: (chatId: string): Key => ({ pk: chatPartition(chatId), sk: 'ROSTER' }),
  /** The numbers of the pinned messages. */
  pins: (chatId: string): Key => ({ pk: chatPartition(chatId), sk: 'PINS' }),
  suggestions: (chatId: string): Key => ({ pk: chatPartition(chatId), sk: 'SUGGESTIONS' }),
  invite: (code: string): Key => ({ pk: `INVITE#${code}`, sk: 'INVITE' }),
  message: (chatId: string, seq: number): Key => ({ pk: `LOG#${chatId}`, sk: messagePrefix + padded(seq) }),
  /** An entry of the chat's change log. */
  change: (chatId: string, rev: number): Key => ({ pk: `LOG#${chatId}`, sk: `CHG#${padded(rev)}` }),
  /** Marks that a user has sent a message with this `clientId`. */
  sent: (chatId: string, userId: string, clientId: string): Key => ({
    pk: `LOG#${chatId}`,
    sk: `SENT#${userId}#${clientId}`,
  }),
  oneTimeCode: (phone: string): Key => ({ pk: `CODE#${phone}`, sk: 'CODE' }),
  limit: (what: string, who: string): Key => ({ pk: `LIMIT#${what}#${who}`, sk: 'LIMIT' }),
  /** One of the places for work of which only so much may be under way. */
  slot: (what: string, who: string, n: number): Key => ({ pk: `SLOT#${what}#${who}`, sk: String(n) }),
  /** One per message and reporter, by month (2026-11), so that an operator reads a month with one query. */
  report: (month: string, messageId: string, reporterId: string): Key => ({
    pk: `REPORTS#${month}`,
    sk: `${messageId}#${reporterId}`,
  }),
  /** A message with reports that are still open. */
  openReport: (messageId: string): Key => ({ pk: 'REPORTS#OPEN', sk: messageId }),
  openReports: { pk: 'REPORTS#OPEN', prefix: '' } satisfies KeyPrefix,
  reportsOf: (month: string, messageId: string): KeyPrefix => ({ pk: `REPORTS#${month}`, prefix: `${messageId}#` }),
  reportsIn: (month: string): KeyPrefix => ({ pk: `REPORTS#${month}`, prefix: '' }),
  /** What operators have done, by month and in order. */
  action: (at: string, requestId: string): Key => ({ pk: `AUDIT#${at.slice(0, 7)}`, sk: `${at}#${requestId}` }),
  actionsIn: (month: string): KeyPrefix => ({ pk: `AUDIT#${month}`, prefix: '' }),
  /** Which session has a token for push notifications. */
  pushToken: (hash: string): Key => ({ pk: `PUSH#${hash}`, sk: 'PUSH' }),
  /** An item that nobody writes: reading it shows that the table answers. */
  health: { pk: 'HEALTH', sk: 'HEALTH' } satisfies Key,
};

/** Keys of the Connections table, whose items expire with their sockets. */
export const connectionKeys = {
  /** A large room is spread over shards, because a partition takes 1,000 writes and 12 MB of reads a second. */
  inChat: (chatId: string, shard: number, connectionId: string): Key => ({
    pk: shard === 0 ? chatPartition(chatId) : `${chatPartition(chatId)}#${shard}`,
    sk: connectionPrefix + connectionId,
  }),
  /** In the partition of shard 0, sorted before its connections. */
  shards: (chatId: string): Key => ({ pk: chatPartition(chatId), sk: '#SHARDS' }),
  /** Marks that a message, or a change ("rev 7"), was delivered to a page of connections. */
  delivered: (chatId: string, what: number | `rev ${number}`, shard: number, after: string): Key => ({
    pk: `DELIVERED#${chatId}#${what}`,
    sk: `${shard}#${after}`,
  }),
  /** Up to which message a page of the chat's participants has been pushed. */
  pushed: (chatId: string, page: number): Key => ({ pk: `PUSHED#${chatId}`, sk: String(page) }),
  ofUser: (userId: string, connectionId: string): Key => ({
    pk: userPartition(userId),
    sk: connectionPrefix + connectionId,
  }),
  /** The user's inboxes, and how many sockets in chats there are. */
  sockets: (userId: string): Key => ({ pk: userPartition(userId), sk: socketsOfUser }),
  /** The sockets item and the items of all sockets in chats. */
  allOfUser: (userId: string): KeyPrefix => ({ pk: userPartition(userId), prefix: socketsOfUser }),
  /** The user behind a connection, found by its id alone. */
  byId: (connectionId: string): Key => ({ pk: connectionPrefix + connectionId, sk: 'CONN' }),
  ticket: (hash: string): Key => ({ pk: `TICKET#${hash}`, sk: 'TICKET' }),
};

/** Keys of the Control table, which only `rotate-keys` and the operator write. */
export const controlKeys = {
  publicKey: (kid: string): Key => ({ pk: 'PUBLIC_KEYS', sk: kid }),
  publicKeys: { pk: 'PUBLIC_KEYS', prefix: '' } satisfies KeyPrefix,
  /** What the operator has switched off. */
  switches: { pk: 'SWITCHES', sk: 'SWITCHES' } satisfies Key,
};

export const sameKey = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;

/** The number in the key of a message. */
export const seqIn = ({ sk }: Key): number => Number(sk.slice(messagePrefix.length));

export const isMembership = ({ sk }: Key): boolean => sk.startsWith(membershipPrefix);

/** The connection's id in the key of an item by chat or by user; undefined for another item of the partition. */
export const connectionIdOf = ({ sk }: Key): string | undefined =>
  sk.startsWith(connectionPrefix) ? sk.slice(connectionPrefix.length) : undefined;

/** The user in the key of an item that is stored under a user. */
export const userIdOf = ({ pk }: Key): string => pk.slice(userPrefix.length);
