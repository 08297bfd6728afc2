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
  emailLogin: (email: string): Key => ({ pk: `LOGIN#email:${email}`, sk: 'LOGIN' }),
  session: (userId: string, sessionId: string): Key => ({ pk: `USER#${userId}`, sk: `SESSION#${sessionId}` }),
  membership: (userId: string, chatId: string): Key => ({ pk: `USER#${userId}`, sk: `CHAT#${chatId}` }),
  chat: (chatId: string): Key => ({ pk: `CHAT#${chatId}`, sk: 'CHAT' }),
  roster: (chatId: string): Key => ({ pk: `CHAT#${chatId}`, sk: 'ROSTER' }),
  invite: (code: string): Key => ({ pk: `INVITE#${code}`, sk: 'INVITE' }),
  message: (chatId: string, seq: number): Key => ({ pk: `LOG#${chatId}`, sk: `MSG#${padded(seq)}` }),
  sent: (chatId: string, userId: string, clientId: string): Key => ({
    pk: `LOG#${chatId}`,
    sk: `SENT#${userId}#${clientId}`,
  }),
};

/** Table Connections, gone with the sockets. */
export const connectionKeys = {
  inChat: (chatId: string, connectionId: string): Key => ({ pk: `CHAT#${chatId}`, sk: `CONN#${connectionId}` }),
  sender: (connectionId: string): Key => ({ pk: `CONN#${connectionId}`, sk: 'CONN' }),
};

export const sameKey = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;
