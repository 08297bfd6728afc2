import * as ai from '#shared/contract/ai/index.ts';
import * as auth from '#shared/contract/auth/index.ts';
import * as chats from '#shared/contract/chats/index.ts';
import * as docs from '#shared/contract/docs/index.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import * as google from '#shared/contract/google/index.ts';
import * as groups from '#shared/contract/groups/index.ts';
import { checkHealth } from '#shared/contract/health/check-health.ts';
import * as users from '#shared/contract/users/index.ts';
import { titleOf } from './descriptions.ts';

/** One request. Words in double braces are variables; {{$timestamp}}, the time in seconds, makes the accounts new in each run. */
export interface Step {
  endpoint: Endpoint;
  /** The variable that contains the token. */
  token?: 'token' | 'borisToken';
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  /** Variables to set from the answer: the path of each in the body. Each variable is set only once. */
  take?: Record<string, string>;
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

/** Frames for the socket of the chat, in the order to try them. */
export const frames = [
  { type: 'ping' },
  { type: 'message', content: 'Hello over the socket', clientId: 'frame-{{$timestamp}}' },
  { type: 'sync', after: 0 },
];
export const socketPath = '/ws/chat/{{chatId}}?ticket={{ticket}}&events=1';

const anna = { token: 'token' } as const;
const boris = { token: 'borisToken' } as const;
const ofChat = { params: { chatId: '{{chatId}}' } };
const ofGroup = { params: { groupId: '{{chatId}}' } };
const borisInGroup = { params: { groupId: '{{chatId}}', userId: '{{borisId}}' } };
const ofBoris = { params: { userId: '{{borisId}}' } };
const ids = { userIds: ['{{borisId}}'] };
const somebody = (name: string) => ({
  email: `${name.toLowerCase()}-{{$timestamp}}@example.com`,
  password: '{{password}}',
  name,
});

/** Every endpoint, in the order in which a person would try them: Anna, with Boris as a second account. */
export const tour: readonly Step[] = [
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
  { endpoint: groups.renameGroup, ...anna, ...ofGroup, body: { name: 'Weekend at the lake' } },
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
  { endpoint: chats.markRead, ...boris, ...ofChat, body: { seq: 1 } },
  { endpoint: chats.listReads, ...anna, ...ofChat },
  { endpoint: chats.listChats, ...anna },
  {
    endpoint: chats.reportMessage,
    ...boris,
    body: { chatId: '{{chatId}}', messageId: '{{messageId}}', reason: 'Only trying' },
  },
  { endpoint: auth.createTicket, ...anna, body: { chatId: '{{chatId}}' }, take: { ticket: 'ticket' } },
  { endpoint: ai.askAssistant, ...anna, body: { chatId: '{{chatId}}', question: 'Shall we meet first?' } },
  { endpoint: ai.listSuggestions, ...anna, query: { chatId: '{{chatId}}' } },
  { endpoint: google.linkGoogle, ...anna, body: { token: '4/from-google-sign-in' } },
  { endpoint: google.createMeeting, ...anna, body: { chatId: '{{chatId}}' } },
  { endpoint: google.unlinkGoogle, ...anna },
  { endpoint: users.findUsers, ...anna, body: { emails: ['{{borisEmail}}'], phones: [] } },
  { endpoint: chats.openDirect, ...anna, body: { userId: '{{borisId}}' } },
  { endpoint: users.blockUser, ...anna, ...ofBoris },
  { endpoint: users.listBlocks, ...anna },
  { endpoint: users.unblockUser, ...anna, ...ofBoris },
  { endpoint: users.exportMe, ...anna },
  {
    endpoint: auth.changePassword,
    ...anna,
    body: { currentPassword: '{{password}}', newPassword: '{{newPassword}}' },
  },
  {
    endpoint: users.linkEmail,
    ...anna,
    body: { email: 'new-{{email}}', password: '{{newPassword}}' },
  },
  { endpoint: users.deleteMe, ...anna, body: { password: '{{newPassword}}' } },
  { endpoint: auth.logout, ...boris, body: { everywhere: false } },
  { endpoint: docs.getOpenapi },
  { endpoint: docs.getAsyncapi },
];

/** Path and query string, with variables in place of the parameters. */
export function urlOf({ endpoint, params = {}, query }: Step): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const pairs = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

/** What the request does; Boris's requests are marked. */
export function stepTitleOf({ endpoint, token, take }: Step): string {
  const title = titleOf(endpoint);
  return token === 'borisToken' || take?.borisToken ? `${title} (Boris)` : title;
}

/** Converts `messages.0.code` to the notation of JavaScript and JSONPath, `messages[0].code`. */
export const inBrackets = (path: string): string => path.replace(/\.(\d+)/g, '[$1]');
