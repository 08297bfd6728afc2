/** The primary key of an item. How keys are written is known to this file alone. */
export interface Key {
  pk: string;
  sk: string;
}

/** Twelve digits last for 30,000 years of one message a second. */
const padded = (seq: number) => String(seq).padStart(12, '0');

/** Keys of the Chat table, which is durable. */
export const keys = {
  user: (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'PROFILE' }),
  /** An email or phone to log in with. Its conditional put keeps emails and phones unique. */
  login: (kind: 'email' | 'phone', name: string): Key => ({ pk: `LOGIN#${kind}:${name}`, sk: 'LOGIN' }),
  session: (userId: string, sessionId: string): Key => ({ pk: `USER#${userId}`, sk: `SESSION#${sessionId}` }),
  membership: (userId: string, chatId: string): Key => ({ pk: `USER#${userId}`, sk: `CHAT#${chatId}` }),
  /** The record of a membership that has ended. */
  formerMembership: (userId: string, chatId: string): Key => ({ pk: `USER#${userId}`, sk: `LEFT#${chatId}` }),
  googleLink: (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'GOOGLE' }),
  block: (userId: string, blockedId: string): Key => ({ pk: `USER#${userId}`, sk: `BLOCK#${blockedId}` }),
  chat: (chatId: string): Key => ({ pk: `CHAT#${chatId}`, sk: 'CHAT' }),
  roster: (chatId: string): Key => ({ pk: `CHAT#${chatId}`, sk: 'ROSTER' }),
  invite: (code: string): Key => ({ pk: `INVITE#${code}`, sk: 'INVITE' }),
  message: (chatId: string, seq: number): Key => ({ pk: `LOG#${chatId}`, sk: `MSG#${padded(seq)}` }),
  sent: (chatId: string, userId: string, clientId: string): Key => ({
    pk: `LOG#${chatId}`,
    sk: `SENT#${userId}#${clientId}`,
  }),
  suggestions: (chatId: string): Key => ({ pk: `CHAT#${chatId}`, sk: 'SUGGESTIONS' }),
  code: (phone: string): Key => ({ pk: `CODE#${phone}`, sk: 'CODE' }),
  limit: (what: string, who: string): Key => ({ pk: `LIMIT#${what}#${who}`, sk: 'LIMIT' }),
  /** One for each message and reporter, by month (2026-11), so that an operator reads a month with one query. */
  report: (month: string, messageId: string, reporterId: string): Key => ({
    pk: `REPORTS#${month}`,
    sk: `${messageId}#${reporterId}`,
  }),
};

/** Keys of the Connections table, whose items expire with their sockets. */
export const connectionKeys = {
  /** A large room is spread over shards, because a partition takes 1,000 writes and 12 MB of reads a second. */
  inChat: (chatId: string, shard: number, connectionId: string): Key => ({
    pk: shard === 0 ? `CHAT#${chatId}` : `CHAT#${chatId}#${shard}`,
    sk: `CONN#${connectionId}`,
  }),
  /** In the partition of shard 0, sorted before its connections. */
  shards: (chatId: string): Key => ({ pk: `CHAT#${chatId}`, sk: '#SHARDS' }),
  /** Marks that a message was delivered to a page of connections. */
  delivered: (chatId: string, seq: number, page: string): Key => ({ pk: `DELIVERED#${chatId}#${seq}`, sk: page }),
  ofUser: (userId: string, connectionId: string): Key => ({ pk: `USER#${userId}`, sk: `CONN#${connectionId}` }),
  sender: (connectionId: string): Key => ({ pk: `CONN#${connectionId}`, sk: 'CONN' }),
  ticket: (hash: string): Key => ({ pk: `TICKET#${hash}`, sk: 'TICKET' }),
};

export const sameKey = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;
