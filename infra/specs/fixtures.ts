import * as z from 'zod/mini';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { fieldErrorsOf } from '#shared/contract/field-errors.ts';
import type { FieldError } from '#shared/contract/problem.ts';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import { compact, isObject, type Json, type JsonObject } from './json.ts';
import { componentSchema, operationId, parametersOf } from './schemas.ts';

const anna = '6e909255-e2bd-4fa6-9de2-4fa61606d6d9';
const boris = 'da2eaf98-4e50-4fe1-95b6-633bd52fd1fb';
const chatId = 'd20c7a0e-a6f1-4c55-8a3e-0c6d1f0b7a42';
const sessionId = '0b7f3d52-6c1e-4b0a-9d0e-5f6f0f3f9a11';
const clientId = '7c0f1f6e-2f5d-4c55-b1a0-3b0f8f1f2d10';
const meetUrl = 'https://meet.google.com/abc-mnop-xyz';
const accessToken = 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiI2ZTkwOTI1NSJ9.c2lnbmF0dXJl';
const refreshToken = 'eyJhbGciOiJFUzI1NiIsInR5cCI6InJ0K2p3dCJ9.eyJzdWIiOiI2ZTkwOTI1NSJ9.c2lnbmF0dXJl';
const ticket = 'x3mRk0nY0bq2m2Vd1hYc7u5Tg9w8JpQeZ4LsAoKfBiE';
const cursor = Buffer.from(JSON.stringify({ chatId, after: 41 })).toString('base64url');
const createdAt = '2026-01-05T12:00:00.000Z';
const later = '2026-01-05T12:34:56.789Z';

const user = { id: anna, email: 'anna@example.com', name: 'Anna', phone: '+79991234567' };
const group = {
  id: chatId,
  name: 'Weekend',
  type: 'group',
  participantIds: [anna, boris],
  inviteCode: 'K7M2QX4B',
  createdAt,
};
const text = {
  id: `${chatId}-4`,
  chatId,
  userId: anna,
  userName: 'Anna',
  content: 'Hills or lake?',
  type: 'text',
  createdAt: later,
  seq: 4,
  clientId,
};
const quote = {
  messageId: `${chatId}-3`,
  seq: 3,
  version: 0,
  userId: boris,
  userName: 'Boris',
  content: 'Where shall we go?',
  type: 'text',
};
const file = {
  id: '5b1f0c7e-3f0a-4b58-9c62-1f1f6f0f7d11',
  name: 'sea.jpg',
  mimeType: 'image/jpeg',
  size: 301_245,
  width: 1600,
  height: 1200,
  blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
};
const signature = 'w=20458&v=1&s=Jm7Q0m2v9k1Zr8yq4n3TtC5uWx6bEoLhYdPfGaSiKjM';
const attachment = {
  ...file,
  url: `https://chat.example.com/files/chats/${chatId}/6/${file.id}?${signature}`,
  thumbnailUrl: `https://chat.example.com/files/chats/${chatId}/6/${file.id}.thumbnail?${signature}`,
};
const fileUpload = {
  url: 'https://files.s3.eu-central-1.amazonaws.com/uploads/6e909255/5b1f0c7e?X-Amz-Signature=3f0a4b58',
  headers: { 'content-type': 'image/jpeg', 'if-none-match': '*' },
  expiresIn: 300,
};
const reaction = { emoji: '👍', count: 1, userIds: [boris] };
const edited = { ...text, version: 2, editedAt: '2026-01-05T12:35:10.000Z', replyTo: quote, reactions: [reaction] };
const newest = {
  lastMessageAt: later,
  lastMessage: text.content,
  lastMessageType: text.type,
  lastMessageUserId: text.userId,
  lastMessageUserName: text.userName,
};
const epoch = '8f0e3a61';
const heads = { lastSeq: 4, unreadCount: 1, lastRev: 7, epoch, mentionCount: 0 };
const ofAssistant = {
  chatId,
  userId: 'assistant',
  content: 'The lake. Shall I open a meeting?',
  type: 'ai',
  createdAt: later,
};
const aiMessage = {
  ...ofAssistant,
  id: `${chatId}-5`,
  userName: 'Assistant',
  seq: 5,
  metadata: { suggestMeet: true, question: 'Where shall we go?', askedBy: anna },
};

/** An example of each component, by its name. */
const components: Record<string, JsonObject> = {
  User: user,
  GroupChat: group,
  GroupWithMembers: {
    ...group,
    members: [
      { userId: anna, name: 'Anna', role: 'owner', joinedAt: createdAt },
      { userId: boris, name: 'Boris', role: 'member', joinedAt: later },
    ],
  },
  Chat: { ...group, ...newest, ...heads },
  Message: text,
  Quote: quote,
  Attachment: attachment,
  AnnouncedFile: { ...file, purpose: 'message', expiresIn: 86_400 },
  FileUpload: fileUpload,
  CreateFileResponse: { file: { ...file, purpose: 'message', expiresIn: 86_400 }, upload: fileUpload },
  Reaction: reaction,
  Suggestion: { ...ofAssistant, id: '3f0c6a55-30d1-4a6e-8c0c-8f7f0a5c9f7e', content: 'Good idea!' },
  Notifications: { level: 'mentions', mutedUntil: later },
  Place: { pinned: true, archived: false },
  UnreadChat: { chatId, readSeq: 3, ...heads },
  ListUnreadResponse: { total: 1, mentions: 0, chats: [{ chatId, readSeq: 3, ...heads }] },
  ReadAllResponse: { chats: 3 },
  ReadMark: { userId: boris, seq: 3 },
  ListPresenceResponse: {
    users: [
      { userId: anna, connected: true },
      { userId: boris, connected: false, lastSeen: '2026-01-05T12:30:00.000Z' },
    ],
  },
  LoginSession: { id: sessionId, device: 'Pixel 9', createdAt, lastUsedAt: later, current: true },
  FoundUser: { id: anna, name: 'Anna', phone: '+79991234567', entry: '8 (999) 123-45-67' },
  Person: { id: boris, name: 'Boris' },
  BlockedUser: { id: boris, name: 'Boris', blockedAt: later },
  ExportedUser: { ...user, createdAt },
  ExportedSession: { device: 'Pixel 9', createdAt, lastUsedAt: later },
  ExportedChat: { id: chatId, role: 'owner', joinedAt: createdAt, readSeq: 3 },
  FormerChat: { id: '9a1d4b70-0f5e-4a37-8a53-0f3c1f7d2b66', leftAt: later },
  OwnMessage: { chatId, seq: 4, createdAt: later, content: 'Hills or lake?' },
  OwnReaction: { chatId, seq: 4, emojis: ['👍'] },
  SendCodeResponse: { expiresIn: 300, retryAfter: 60 },
  CreateTicketResponse: { ticket, expiresIn: 60 },
  RenewInviteResponse: { inviteCode: 'P3W9TZ6H', expiresAt: '2026-01-06T12:34:56.789Z', maxUses: 10 },
  RefreshResponse: { accessToken },
  ListChatsResponse: {
    chats: [
      { ...group, ...newest, ...heads },
      {
        id: 'b47e1a90-5d2c-4f0c-a1b8-2d9c7e6f3a05',
        name: 'Boris',
        type: 'direct',
        participantIds: [anna, boris],
        createdAt,
        lastMessageAt: createdAt,
        lastMessage: '',
        lastSeq: 0,
        unreadCount: 0,
        lastRev: 0,
        epoch,
        mentionCount: 0,
      },
    ],
  },
  MessageFrame: { type: 'message', content: text.content, clientId },
  PingFrame: { type: 'ping' },
  SyncFrame: { type: 'sync', after: 41, rev: 7, epoch },
  PongFrame: { type: 'pong' },
  SyncedFrame: { type: 'synced', seq: 41, chatId, rev: 7, head: 7, epoch },
  ChangedFrame: { type: 'changed', chatId, rev: 8, message: edited },
  ListMessagesResponse: { messages: [text], rev: 7, epoch },
  SearchMessagesResponse: { messages: [text], searchedTo: 4 },
  ListChangesResponse: { messages: [edited], rev: 8, head: 8, epoch },
  TypingFrame: { type: 'typing', chatId },
  UserTypingFrame: { type: 'typing', chatId, userId: boris },
  MarkReadFrame: { type: 'read', chatId, seq: 4 },
  ChatFrame: { type: 'chat', chatId },
  ChatRemovedFrame: { type: 'chat.removed', chatId },
  ReadFrame: { type: 'read', chatId, userId: boris, seq: 4 },
  AiDeltaFrame: { type: 'ai.delta', chatId, messageId: `${chatId}-5`, delta: 'The lake' },
  ErrorFrame: {
    type: 'error',
    code: 'invalid_input',
    message: 'Some fields are missing or invalid.',
    clientId,
    errors: [{ path: 'content', message: 'is missing', rule: 'missing' }],
  },
};

/** Examples of fields outside those components, by the field's name. */
const fields: Record<string, Json> = {
  openapi: '3.1.0',
  asyncapi: '3.0.0',
  accessToken,
  refreshToken,
  meetUrl,
  seq: 4,
  cursor,
  epoch,
  blockedUserIds: [boris],
};

/** Answers for which the example of the component says too little, by operation id. */
const answers: Record<string, JsonObject> = {
  askAssistant: { message: aiMessage },
  editMessage: { message: edited },
  addReaction: { message: edited },
  deleteMessage: {
    message: {
      ...text,
      content: 'Message deleted',
      version: 3,
      deletedAt: '2026-01-05T12:40:00.000Z',
      deletedBy: anna,
    },
  },
  pinMessage: { message: { ...text, version: 1, pinned: true } },
  unpinMessage: { message: { ...text, version: 2 } },
  listPins: { messages: [{ ...text, version: 1, pinned: true }] },
};

/** Values for the placeholders in the contract's examples. */
const placeholders: Record<string, string> = {
  'chat-id': chatId,
  'user-id': boris,
  'message-id': text.id,
  'client-id': clientId,
  'file-id': file.id,
  'jwt-refresh-token': refreshToken,
  'google-oauth-token': '4/0AfJohXmT9kLr2',
  ABC123: group.inviteCode,
  'User Name': 'Anna',
  'user@example.com': 'anna@example.com',
  'Group Name': 'Weekend',
  'Message text': text.content,
  'Edited text': text.content,
  'User question': aiMessage.metadata.question,
};

const fillIn = (json: unknown): JsonObject =>
  JSON.parse(JSON.stringify(json), (_, value) => (typeof value === 'string' ? (placeholders[value] ?? value) : value));

/** Values of path parameters. */
export const pathExample: Record<string, string> = {
  chatId,
  groupId: chatId,
  userId: boris,
  sessionId,
  messageId: text.id,
  emoji: '👍',
};

/** Values of optional query parameters. Some of them exclude each other. */
const optionalQuery: JsonObject = { limit: 50, after: 41, before: 42, around: 42, cursor, epoch, from: anna };

/** Cursors of another form, by the endpoint's name. */
const cursors: JsonObject = {
  'chats/list-chats': `${later}~${chatId}`,
  'chats/list-reads': boris,
  'groups/get-group': boris,
};

export const queryExample = ({ name, example }: Endpoint): JsonObject => ({
  ...optionalQuery,
  ...(name in cursors && { cursor: cursors[name] }),
  ...Object.fromEntries(Object.entries(fillIn(example?.query ?? {})).map(([name, value]) => [name, asNumber(value)])),
});

/** A query string has texts; the specification says which of them are numbers. */
const asNumber = (value: Json): Json => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);

export function requestExamples(endpoint: Endpoint): JsonObject[] {
  const { phone } = user;
  const others = endpoint.name === 'auth/login' ? [{ phone, code: '123456', device: 'Pixel 9' }] : [];
  return endpoint.body ? [endpoint.example?.body ?? {}, ...others].map(fillIn) : [];
}

export const responseExample = (endpoint: Endpoint, ref: JsonObject): JsonObject =>
  answers[operationId(endpoint)] ?? (exampleOf(ref) as JsonObject);

export function problemExample(code: ProblemCode, errors?: FieldError[]): JsonObject {
  const { status, title } = problems[code];
  const details = errors && { errors: errors.map((error) => compact({ ...error })) };
  return { type: 'about:blank', title, status, code, requestId: 'JKJaXmPLvHcESHA=', ...details };
}

/** Every field refuses at least one of these. A path parameter cannot be empty, so it gets the long one. */
const tooLong = 'x'.repeat(5000);
const wrongValues = ['', tooLong, null];

/** The errors that the validation reports for a wrong value in the endpoint's first field. */
export function fieldErrors(endpoint: Endpoint): FieldError[] {
  const { params, query, body, example } = endpoint;
  const [request = {}] = requestExamples(endpoint);
  if (body) return errorsOfFirst(body, request, wrongValues);
  if (query) return errorsOfFirst(query, fillIn(example?.query ?? {}), wrongValues);
  return params ? errorsOfFirst(params, {}, [tooLong]) : [];
}

function errorsOfFirst(schema: z.ZodMiniType, taken: JsonObject, wrong: Json[]): FieldError[] {
  const [field = ''] = [...Object.keys(taken), ...parametersOf(schema).map(({ name }) => name)];
  const refusals = wrong.map((value) => errorsOf(schema, { ...taken, [field]: value }));
  const ofField = refusals.map((errors) => errors.filter(({ path }) => path === field));
  // A value that causes exactly one error makes the clearest example.
  const refusal = ofField.find(({ length }) => length === 1);
  if (!refusal) throw new Error(`infra/specs/fixtures.ts needs a wrong value for the field "${field}".`);
  return refusal;
}

function errorsOf(schema: z.ZodMiniType, value: JsonObject): FieldError[] {
  const { error } = z.safeParse(schema, value);
  return error ? fieldErrorsOf(error) : [];
}

/** An example for a schema, built from the values above. */
export function exampleOf(schema: JsonObject, field = ''): Json {
  const name = typeof schema.$ref === 'string' ? (schema.$ref.split('/').at(-1) ?? '') : undefined;
  if (name !== undefined) return components[name] ?? exampleOf(componentSchema(name));
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' && fields[field] === undefined) return 1;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema['x-extensible-enum'])) return schema['x-extensible-enum'][0] ?? '';
  if (fields[field] !== undefined) return fields[field];
  if (schema.type === 'array' && isObject(schema.items)) return [exampleOf(schema.items)];
  if (!isObject(schema.properties))
    throw new Error(`infra/specs/fixtures.ts needs an example for the field "${field}".`);
  const entries = Object.entries(schema.properties).map(([key, property]) => [
    key,
    exampleOf(property as JsonObject, key),
  ]);
  return Object.fromEntries(entries);
}
