/** Where everything lies. DynamoDB sees these two strings and nothing of our names. */
export interface Key {
  pk: string;
  sk: string;
}

/** Twelve digits: a chat that gets a message every second fills them in 30,000 years. */
const padded = (seq: number) => String(seq).padStart(12, '0');

/** Table Chat, durable. */
export const keys = {
  user: (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'PROFILE' }),
  /** By what a user logs in: its conditional put is what makes emails and phones unique. */
  login: (kind: 'email' | 'phone', name: string): Key => ({ pk: `LOGIN#${kind}:${name}`, sk: 'LOGIN' }),
  session: (userId: string, sessionId: string): Key => ({ pk: `USER#${userId}`, sk: `SESSION#${sessionId}` }),
  membership: (userId: string, chatId: string): Key => ({ pk: `USER#${userId}`, sk: `CHAT#${chatId}` }),
  /** What is left of a membership that ended. */
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
  /** One for each reporter of a message, by month (2026-11), so that an operator reads a month with one query. */
  report: (month: string, messageId: string, reporterId: string): Key => ({
    pk: `REPORTS#${month}`,
    sk: `${messageId}#${reporterId}`,
  }),
};

/** Table Connections, gone with the sockets. */
export const connectionKeys = {
  /** A room of thousands is spread over shards: one partition takes 1,000 writes a second and gives 12 MB of reads. */
  inChat: (chatId: string, shard: number, connectionId: string): Key => ({
    pk: shard === 0 ? `CHAT#${chatId}` : `CHAT#${chatId}#${shard}`,
    sk: `CONN#${connectionId}`,
  }),
  /** Beside the connections of shard 0, and before them. */
  shards: (chatId: string): Key => ({ pk: `CHAT#${chatId}`, sk: '#SHARDS' }),
  /** A page of connections that has had a message. */
  delivered: (chatId: string, seq: number, page: string): Key => ({ pk: `DELIVERED#${chatId}#${seq}`, sk: page }),
  ofUser: (userId: string, connectionId: string): Key => ({ pk: `USER#${userId}`, sk: `CONN#${connectionId}` }),
  sender: (connectionId: string): Key => ({ pk: `CONN#${connectionId}`, sk: 'CONN' }),
  ticket: (hash: string): Key => ({ pk: `TICKET#${hash}`, sk: 'TICKET' }),
};

export const sameKey = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;
