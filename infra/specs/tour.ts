import * as ai from '#shared/contract/ai/index.ts';
import * as auth from '#shared/contract/auth/index.ts';
import * as chats from '#shared/contract/chats/index.ts';
import * as docs from '#shared/contract/docs/index.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import * as files from '#shared/contract/files/index.ts';
import * as google from '#shared/contract/google/index.ts';
import * as groups from '#shared/contract/groups/index.ts';
import { checkHealth } from '#shared/contract/health/check-health.ts';
import { endpoints } from '#shared/contract/index.ts';
import * as messages from '#shared/contract/messages/index.ts';
import * as users from '#shared/contract/users/index.ts';
import { titleOf } from './descriptions.ts';

/** One request. Words in double braces are variables; {{$timestamp}} is the time in seconds, which makes each run's emails new. */
export interface Step {
  endpoint: Endpoint;
  /** The variable that contains the token. */
  token?: 'token' | 'borisToken';
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  /** Variables to set from the answer: the path of each in the body. Each variable is set only once. */
  take?: Record<string, string>;
  /** The variable with the URL to which the picture is uploaded next. */
  uploadTo?: string;
  /** Needs a one-time code first, which the local runner shows. */
  needsCode?: true;
}

/** The initial variables. On AWS use a phone whose text messages you can read. */
export const variables = {
  baseUrl: 'http://localhost:3000',
  wsUrl: 'ws://localhost:3000',
  phone: '+79160000001',
  password: 'correct horse',
  newPassword: 'battery staple',
};

/** Where the local runner shows the text messages sent to a phone, and the variable to take from them. */
export const codeStep = { path: '/_local/sms?phone={{phone}}', take: { code: 'messages.0.code' } };

/** What the tour uploads, in the folder of the collection. */
export const picture = { file: 'picture.png', mimeType: 'image/png', size: 217 };

/** Frames for the socket of the chat, in the order to try them. */
export const frames = [
  { type: 'ping' },
  { type: 'message', content: 'Hello over the socket', clientId: 'frame-{{$timestamp}}' },
  { type: 'typing' },
  { type: 'read', seq: 1 },
  { type: 'sync', after: 0 },
];
export const socketPath = '/ws/chat/{{chatId}}?ticket={{ticket}}&events=1';

const anna = { token: 'token' } as const;
const boris = { token: 'borisToken' } as const;
const ofChat = { params: { chatId: '{{chatId}}' } };
const ofMessage = { params: { chatId: '{{chatId}}', messageId: '{{messageId}}' } };
const ofReaction = { params: { ...ofMessage.params, emoji: '👍' } };
const ofGroup = { params: { groupId: '{{chatId}}' } };
const borisInGroup = { params: { groupId: '{{chatId}}', userId: '{{borisId}}' } };
const ofBoris = { params: { userId: '{{borisId}}' } };
const ids = { userIds: ['{{borisId}}'] };
const somebody = (name: string) => ({
  email: `${name.toLowerCase()}-{{$timestamp}}@example.com`,
  password: '{{password}}',
  name,
});

const pictureFor = (purpose: 'avatar' | 'picture') => ({
  endpoint: files.createFile,
  ...anna,
  body: { name: picture.file, mimeType: picture.mimeType, size: picture.size, purpose },
  take: { [`${purpose}Id`]: 'file.id', [`${purpose}Upload`]: 'upload.url' },
  uploadTo: `${purpose}Upload`,
});

/** Anna's day, with Boris in a second account: the endpoints in an order in which a person would try them. */
const day: readonly Step[] = [
  { endpoint: checkHealth },
  {
    endpoint: auth.register,
    body: somebody('Boris'),
    take: { borisToken: 'accessToken', borisId: 'user.id', borisEmail: 'user.email' },
  },
  { endpoint: auth.register, body: somebody('Anna'), take: { email: 'user.email' } },
  {
    endpoint: auth.login,
    body: { email: '{{email}}', password: '{{password}}', device: 'Tour' },
    take: { token: 'accessToken', refreshToken: 'refreshToken' },
  },
  { endpoint: auth.refresh, body: { refreshToken: '{{refreshToken}}' } },
  { endpoint: users.getMe, ...anna },
  { endpoint: users.updateMe, ...anna, body: { name: 'Anna K.' } },
  pictureFor('avatar'),
  { endpoint: users.setAvatar, ...anna, body: { fileId: '{{avatarId}}' } },
  { endpoint: auth.sendCode, body: { phone: '{{phone}}' } },
  {
    endpoint: users.linkPhone,
    ...anna,
    body: { phone: '{{phone}}', code: '{{code}}', password: '{{password}}' },
    needsCode: true,
  },
  { endpoint: auth.listSessions, ...anna, take: { sessionId: 'sessions.1.id' } },
  { endpoint: auth.endSession, ...anna, params: { sessionId: '{{sessionId}}' } },
  {
    endpoint: groups.createGroup,
    ...anna,
    body: { name: 'Weekend', participantIds: [] },
    take: { chatId: 'group.id', inviteCode: 'group.inviteCode' },
  },
  { endpoint: groups.joinGroup, ...boris, body: { inviteCode: '{{inviteCode}}' } },
  { endpoint: groups.getGroup, ...anna, ...ofGroup },
  { endpoint: groups.renameGroup, ...anna, ...ofGroup, body: { name: 'Weekend at the lake', slowModeSeconds: 5 } },
  pictureFor('picture'),
  { endpoint: groups.setPicture, ...anna, ...ofGroup, body: { fileId: '{{pictureId}}' } },
  { endpoint: groups.setRole, ...anna, ...borisInGroup, body: { role: 'admin' } },
  { endpoint: groups.renewInvite, ...anna, ...ofGroup, body: { expiresIn: 86_400, maxUses: 10 } },
  { endpoint: groups.revokeInvite, ...anna, ...ofGroup },
  { endpoint: groups.removeMember, ...anna, ...borisInGroup },
  { endpoint: groups.addMembers, ...anna, ...ofGroup, body: ids },
  {
    endpoint: chats.sendMessage,
    ...anna,
    ...ofChat,
    body: { content: 'Hills or lake?', clientId: 'tour-{{$timestamp}}' },
    take: { messageId: 'message.id' },
  },
  { endpoint: chats.listMessages, ...boris, ...ofChat, query: { limit: '50' } },
  { endpoint: chats.searchMessages, ...boris, ...ofChat, query: { q: 'lake' } },
  { endpoint: messages.editMessage, ...anna, ...ofMessage, body: { content: 'Hills or the lake?' } },
  { endpoint: messages.addReaction, ...boris, ...ofReaction },
  { endpoint: messages.listReactions, ...anna, ...ofMessage },
  { endpoint: messages.pinMessage, ...anna, ...ofMessage },
  { endpoint: messages.listPins, ...boris, ...ofChat },
  { endpoint: messages.getMessage, ...boris, ...ofMessage },
  { endpoint: messages.listChanges, ...boris, ...ofChat, query: { after: '0' } },
  { endpoint: messages.unpinMessage, ...anna, ...ofMessage },
  { endpoint: messages.removeReaction, ...boris, ...ofReaction },
  { endpoint: chats.markRead, ...boris, ...ofChat, body: { seq: 1 } },
  { endpoint: chats.listReads, ...anna, ...ofChat },
  { endpoint: chats.listPresence, ...anna, ...ofChat },
  { endpoint: chats.markUnread, ...boris, ...ofChat, body: { seq: 1 } },
  { endpoint: chats.listUnread, ...boris },
  { endpoint: chats.readAll, ...boris },
  { endpoint: chats.setNotifications, ...boris, ...ofChat, body: { level: 'mentions' } },
  { endpoint: chats.setPlace, ...boris, ...ofChat, body: { pinned: true } },
  { endpoint: chats.getChat, ...boris, ...ofChat },
  { endpoint: chats.listChats, ...anna },
  {
    endpoint: chats.reportMessage,
    ...boris,
    body: { chatId: '{{chatId}}', messageId: '{{messageId}}', reason: 'Only trying' },
  },
  { endpoint: messages.deleteMessage, ...anna, ...ofMessage, body: { reason: 'Only trying' } },
  { endpoint: auth.createTicket, ...anna, body: { chatId: '{{chatId}}' }, take: { ticket: 'ticket' } },
  { endpoint: ai.askAssistant, ...anna, body: { chatId: '{{chatId}}', question: 'Shall we meet first?' } },
  { endpoint: ai.listSuggestions, ...anna, query: { chatId: '{{chatId}}' } },
  { endpoint: google.linkGoogle, ...anna, body: { token: '4/from-google-sign-in' } },
  { endpoint: google.createMeeting, ...anna, body: { chatId: '{{chatId}}' } },
  { endpoint: google.unlinkGoogle, ...anna },
  { endpoint: users.findUsers, ...anna, body: { emails: ['{{borisEmail}}'], phones: [] } },
  { endpoint: chats.openDirect, ...anna, body: { userId: '{{borisId}}' } },
  { endpoint: users.getUser, ...anna, ...ofBoris },
  { endpoint: users.blockUser, ...anna, ...ofBoris },
  { endpoint: users.listBlocks, ...anna },
  { endpoint: users.unblockUser, ...anna, ...ofBoris },
  { endpoint: users.exportMe, ...anna },
  { endpoint: docs.getOpenapi },
  { endpoint: docs.getAsyncapi },
];

/** What ends the group and the accounts, so it comes last. */
const farewell: readonly Step[] = [
  { endpoint: chats.leaveChat, ...anna, ...ofChat },
  {
    endpoint: auth.changePassword,
    ...anna,
    body: { currentPassword: '{{password}}', newPassword: '{{newPassword}}' },
  },
  { endpoint: users.linkEmail, ...anna, body: { email: 'new-{{email}}', password: '{{newPassword}}' } },
  { endpoint: users.deleteMe, ...anna, body: { password: '{{newPassword}}' } },
  { endpoint: auth.logout, ...boris, body: { everywhere: false } },
];

const variableOf: Record<string, string> = {
  chatId: '{{chatId}}',
  groupId: '{{chatId}}',
  messageId: '{{messageId}}',
  userId: '{{borisId}}',
};
const paramNames = (path: string) => Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);

/** The contract's example, with the tour's variables in place of "chat-id", "message-id" and "user-id". */
const withVariables = <T extends object>(example: T): T =>
  JSON.parse(
    JSON.stringify(example).replace(/"(chat|message|user)-id"/g, (_, what: string) => `"${variableOf[`${what}Id`]}"`),
  );

/** A step that is made from the contract, for an endpoint that neither `day` nor `farewell` has. */
function stepOf(endpoint: Endpoint): Step {
  const { access, path, example: { query, body } = {} } = endpoint;
  return {
    endpoint,
    ...(access !== 'public' && anna),
    params: Object.fromEntries(paramNames(path).map((name) => [name, variableOf[name] ?? ''])),
    ...(query && { query: withVariables(query) }),
    ...(body && { body: withVariables(body) }),
  };
}

const written = new Set([...day, ...farewell].map(({ endpoint }) => endpoint));
const derived = endpoints.filter((endpoint) => !written.has(endpoint)).map(stepOf);

/** Every endpoint of the contract. */
export const tour: readonly Step[] = [...day, ...derived, ...farewell];

/** Whether the step is one of the last, which end the group and the accounts. */
export const isFarewell = (step: Step): boolean => farewell.includes(step);

/** The position of a step in a collection: an added endpoint moves no step of another act. */
export function positionOf(step: Step): number {
  for (const [n, act] of [day, derived, farewell].entries())
    if (act.includes(step)) return 1000 * (n + 1) + act.indexOf(step) * 10;
  throw new Error(`The tour does not have ${step.endpoint.name}.`);
}

/** Percent-encoded, except the braces of variables. */
const encoded = (value: string): string => value.replace(/[^\x20-\x7E]+/g, encodeURIComponent);

/** Path and query string, with variables in place of the parameters. */
export function urlOf({ endpoint, params = {}, query }: Step): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(params[name] ?? ''));
  const pairs = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

export const isOfBoris = ({ token, take }: Step): boolean => token === 'borisToken' || take?.borisToken !== undefined;

/** What the request does, and that it is Boris's. */
export const stepTitleOf = (step: Step): string => titleOf(step.endpoint) + (isOfBoris(step) ? ' (Boris)' : '');

/** Converts `messages.0.code` to the notation of JavaScript and JSONPath, `messages[0].code`. */
export const inBrackets = (path: string): string => path.replace(/\.(\d+)/g, '[$1]');
