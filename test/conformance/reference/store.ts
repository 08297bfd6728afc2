import { randomBytes, randomUUID } from 'node:crypto';

/** What the reference server knows, in memory. The objects are those that the specification shows. */

export interface User {
  id: string;
  email: string;
  name: string;
  phone?: string;
}

export interface Message {
  id: string;
  chatId: string;
  userId: string;
  userName: string;
  content: string;
  type: 'text' | 'ai' | 'system';
  createdAt: string;
  metadata?: { meetUrl?: string; suggestMeet?: boolean };
}

export interface Group {
  id: string;
  name: string;
  type: 'group';
  participantIds: string[];
  inviteCode: string;
  createdAt: string;
}

export const assistant = { id: 'ai-user-id', name: 'Assistant' };

export class Store {
  readonly users = new Map<string, User>();
  readonly groups = new Map<string, Group>();
  private readonly passwords = new Map<string, string>();
  private readonly messages = new Map<string, Message[]>();
  /** The users of access and refresh tokens. */
  private readonly tokens = { access: new Map<string, string>(), refresh: new Map<string, string>() };

  addUser(user: Omit<User, 'id'>, password?: string): User {
    const added = { id: randomUUID(), ...user };
    this.users.set(added.id, added);
    if (password !== undefined) this.passwords.set(added.id, password);
    return added;
  }

  findUser(key: 'email' | 'phone', value: string): User | undefined {
    return [...this.users.values()].find((user) => user[key] === value);
  }

  hasPassword(user: User, password: string): boolean {
    return this.passwords.get(user.id) === password;
  }

  newToken(kind: 'access' | 'refresh', user: User): string {
    const token = randomBytes(24).toString('base64url');
    this.tokens[kind].set(token, user.id);
    return token;
  }

  userOf(kind: 'access' | 'refresh', token: string): User | undefined {
    return this.users.get(this.tokens[kind].get(token) ?? '');
  }

  addGroup(name: string, participantIds: string[]): Group {
    const createdAt = new Date().toISOString();
    const inviteCode = randomBytes(4).toString('hex').toUpperCase();
    const group: Group = { id: randomUUID(), name, type: 'group', participantIds, inviteCode, createdAt };
    this.groups.set(group.id, group);
    return group;
  }

  groupsOf(user: User): Group[] {
    return [...this.groups.values()].filter(({ participantIds }) => participantIds.includes(user.id));
  }

  messagesIn(group: Group): Message[] {
    return this.messages.get(group.id) ?? [];
  }

  addMessage(group: Group, author: { id: string; name: string }, content: string, more?: Partial<Message>): Message {
    const message = newMessage(group, author, content, more);
    this.messages.set(group.id, [...this.messagesIn(group), message]);
    return message;
  }
}

/** A message that is not stored. */
export const newMessage = (
  group: Group,
  { id: userId, name: userName }: { id: string; name: string },
  content: string,
  more: Partial<Message> = {},
): Message => ({
  id: randomUUID(),
  chatId: group.id,
  userId,
  userName,
  content,
  type: 'text',
  createdAt: new Date().toISOString(),
  ...more,
});
