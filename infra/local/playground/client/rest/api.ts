import type { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import type { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import type { createTicket } from '#shared/contract/auth/create-ticket.ts';
import type { login } from '#shared/contract/auth/login.ts';
import type { refresh } from '#shared/contract/auth/refresh.ts';
import type { register } from '#shared/contract/auth/register.ts';
import type { sendCode } from '#shared/contract/auth/send-code.ts';
import type { listChats } from '#shared/contract/chats/list-chats.ts';
import type { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { listReads } from '#shared/contract/chats/list-reads.ts';
import type { openDirect } from '#shared/contract/chats/open-direct.ts';
import type { Endpoint, RequestOf, ResponseOf } from '#shared/contract/endpoint.ts';
import type { createFile } from '#shared/contract/files/create-file.ts';
import type { createMeeting } from '#shared/contract/google/create-meeting.ts';
import type { createGroup } from '#shared/contract/groups/create-group.ts';
import type { joinGroup } from '#shared/contract/groups/join-group.ts';
import type { Put } from '../files/put.ts';
import { jittered, times } from '../realtime/times.ts';
import { accountRequests } from './account-requests.ts';
import { ApiProblem, NoAnswer } from './api-problem.ts';
import { chatRequests } from './chat-requests.ts';
import { groupRequests } from './group-requests.ts';
import { messageRequests } from './message-requests.ts';
import type { Session } from './session.ts';
import { userRequests } from './user-requests.ts';

/** How often a request is sent that API Gateway refuses. After that, the user decides. */
const maxTries = 4;

/** The function behind a slow request may run for 28 seconds. */
const timeoutMs = { usual: 10_000, slow: 30_000 };
/** Requests that wait for the assistant or Google, or go through all of the user's chats. */
const slow = /\/(ai|google)\/|\/chats\/read-all$|\/users\/me$/;

interface Options {
  body?: object | undefined;
  token?: string;
  method?: string | undefined;
}

/**
 * Sends one request and returns its JSON body; throws an `ApiProblem` when it is refused, and `NoAnswer`. Repeats a
 * request that reached no function, which is safe for requests that must not be done twice too.
 */
async function send<E extends Endpoint>(url: string, options: Options = {}): Promise<ResponseOf<E>> {
  for (let tries = 0; ; tries++) {
    try {
      return await sendOnce<E>(url, options);
    } catch (error) {
      if (!(error instanceof ApiProblem) || !error.unhandled || tries + 1 === maxTries) throw error;
      const waitMs = error.retryAfter ? error.retryAfter * 1000 : jittered(times.repeat, tries);
      // The user decides whether to wait for so long.
      if (waitMs > times.repeat.max) throw error;
      await pause(waitMs);
    }
  }
}

async function sendOnce<E extends Endpoint>(url: string, options: Options): Promise<ResponseOf<E>> {
  const { body, token, method = body ? 'POST' : 'GET' } = options;
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
    // A read mark or a deletion that is sent while the page closes must still arrive.
    keepalive: url.endsWith('/read') || method === 'DELETE',
    signal: AbortSignal.timeout(slow.test(url) ? timeoutMs.slow : timeoutMs.usual),
  }).catch(noAnswer);
  if (answer.ok) return (await answer.json().catch(noAnswer)) as ResponseOf<E>;
  // A proxy or a firewall on the way may answer without JSON.
  const json = (await answer.json().catch(() => ({}))) as object;
  const retryAfter = Number(answer.headers.get('retry-after'));
  throw new ApiProblem(answer.status, json, retryAfter > 0 ? retryAfter : undefined);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function noAnswer(cause: unknown): never {
  throw new NoAnswer('The server did not answer.', { cause });
}

const noUploads: Put = () => Promise.reject(new Error('This client uploads nothing.'));

/** The REST endpoints, called with the session's token. */
export class Api {
  readonly url: string;
  /** The base URL of the inbox. */
  readonly wsUrl: string;
  private readonly session: Session;
  private readonly underWay = new Set<Promise<unknown>>();

  /** Uploads bytes. */
  readonly put: Put;

  /** `wsPath` is "/live" for API Gateway's own URL, without CloudFront. */
  constructor(url: string, session: Session, wsPath = '', put: Put = noUploads) {
    this.put = put;
    this.url = url;
    this.wsUrl = url.replace(/^http/, 'ws') + wsPath;
    this.session = session;
  }

  /** The id of the user who is signed in now. */
  get userId(): string | undefined {
    return this.session.user?.id;
  }

  private call<E extends Endpoint>(path: string, body?: object, method?: string): Promise<ResponseOf<E>> {
    const answer = this.sendRefreshed<E>(path, body, method);
    this.underWay.add(answer);
    const done = () => void this.underWay.delete(answer);
    void answer.then(done, done);
    return answer;
  }

  /** Resolves when the requests under way are answered, or have taken too long. */
  async settled(): Promise<void> {
    const until = Date.now() + times.signOut;
    do {
      await Promise.race([Promise.allSettled(this.underWay), pause(until - Date.now())]);
      // What was called just before may send a request only now, and an answer may lead to the next one.
      await pause(0);
    } while (this.underWay.size > 0 && Date.now() < until);
  }

  /** Refreshes an expired token and repeats the request. Expiry is the server's word: a phone's clock may be wrong. */
  private async sendRefreshed<E extends Endpoint>(
    path: string,
    body?: object,
    method?: string,
  ): Promise<ResponseOf<E>> {
    const { userId } = this;
    const token = this.session.accessToken;
    // Another tab has signed out: the page hears of it in a moment.
    if (!token) throw new ApiProblem(401, { code: 'token_missing' });
    try {
      return await send<E>(this.url + path, { body, token, method });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      if (error.code !== 'token_expired') {
        if (error.code === 'session_ended' || error.code.startsWith('token_')) this.session.end(token);
        throw error;
      }
      const newToken = await this.session.refresh(token, (refreshToken) => this.refresh(refreshToken));
      // Somebody else may have signed in meanwhile: the request is not theirs.
      if (this.userId !== userId) throw error;
      return send<E>(this.url + path, { body, token: newToken, method });
    }
  }

  private refresh = (refreshToken: string) =>
    send<typeof refresh>(`${this.url}/auth/refresh`, { body: { refreshToken, rotate: true } });

  readonly register = (body: { email: string; password: string; name?: string }) =>
    send<typeof register>(`${this.url}/auth/register`, { body });
  readonly login = (body: { email: string; password: string } | { phone: string; code: string }) =>
    send<typeof login>(`${this.url}/auth/login`, { body });
  readonly sendCode = (phone: string) => send<typeof sendCode>(`${this.url}/auth/code`, { body: { phone } });
  readonly logout = () => this.call('/auth/logout', {});
  readonly createTicket = () => this.call<typeof createTicket>('/auth/ticket', {});

  readonly users = userRequests((path, body, method) => this.call(path, body, method));
  readonly account = accountRequests((path, body, method) => this.call(path, body, method));
  readonly listChats = () => this.call<typeof listChats>('/chats');
  readonly chats = chatRequests((path, body, method) => this.call(path, body, method));
  readonly openDirect = (userId: string) => this.call<typeof openDirect>('/chats/direct', { userId });
  /** A repeated clientId returns the group that the first request created. */
  readonly createGroup = (name: string, clientId: string, participantIds: readonly string[] = []) =>
    this.call<typeof createGroup>('/groups', { name, participantIds, clientId });
  readonly joinGroup = (inviteCode: string) => this.call<typeof joinGroup>('/groups/join', { inviteCode });
  readonly groups = groupRequests((path, body, method) => this.call(path, body, method));

  readonly listMessages = (chatId: string, query: MessagesQuery = {}) => {
    const params = Object.entries({ limit: pageSize, ...query }).map(([name, value]) => `${name}=${value}`);
    return this.call<typeof listMessages>(`/chats/${chatId}/messages?${params.join('&')}`);
  };
  readonly messages = messageRequests((path, body, method) => this.call(path, body, method));
  readonly markRead = (chatId: string, seq: number) => this.call(`/chats/${chatId}/read`, { seq });
  readonly listReads = (chatId: string) => this.call<typeof listReads>(`/chats/${chatId}/reads`);

  /** A question that is sent twice with the same clientId is answered once. */
  readonly ask = (chatId: string, question: string, clientId: string) =>
    this.call<typeof askAssistant>('/ai/ask', { chatId, question, clientId });
  readonly listSuggestions = (chatId: string) =>
    this.call<typeof listSuggestions>(`/ai/suggestions?chatId=${encodeURIComponent(chatId)}`);
  readonly createFile = (file: RequestOf<typeof createFile>['body']) => this.call<typeof createFile>('/files', file);
  readonly linkGoogle = (token: string) => this.call('/auth/gmail/token', { token });
  readonly createMeeting = (chatId: string) => this.call<typeof createMeeting>('/google/meet/create', { chatId });
}

/** Without a number, the newest messages. `limit` is `pageSize` unless given. */
interface MessagesQuery {
  after?: number;
  before?: number;
  around?: number;
  limit?: number;
}

/** Maximum number of messages per page. */
export const pageSize = 50;
