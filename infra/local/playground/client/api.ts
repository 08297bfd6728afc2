import type { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import type { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import type { createTicket } from '#shared/contract/auth/create-ticket.ts';
import type { login } from '#shared/contract/auth/login.ts';
import type { refresh } from '#shared/contract/auth/refresh.ts';
import type { register } from '#shared/contract/auth/register.ts';
import type { listChats } from '#shared/contract/chats/list-chats.ts';
import type { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { listReads } from '#shared/contract/chats/list-reads.ts';
import type { openDirect } from '#shared/contract/chats/open-direct.ts';
import type { Endpoint, ResponseOf } from '#shared/contract/endpoint.ts';
import type { createMeeting } from '#shared/contract/google/create-meeting.ts';
import type { createGroup } from '#shared/contract/groups/create-group.ts';
import type { getGroup } from '#shared/contract/groups/get-group.ts';
import type { joinGroup } from '#shared/contract/groups/join-group.ts';
import type { FieldError } from '#shared/contract/problem.ts';
import type { findUsers } from '#shared/contract/users/find-users.ts';
import type { updateMe } from '#shared/contract/users/update-me.ts';
import type { Session } from './session.ts';

/** Why a request was refused. What never arrived is a TypeError of fetch, or a TimeoutError. */
export class ApiProblem extends Error {
  readonly status: number;
  /** Whether the backend itself has refused, and not something on the way to it: a firewall or a proxy gives no code. */
  readonly ours: boolean;
  /** What to test for; it never changes. */
  readonly code: string;
  /** Which fields are wrong, with the code `invalid_input`. */
  readonly errors: FieldError[];
  /** Seconds to wait before it makes sense to ask again. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    { code, title = `Status ${status}`, errors = [] }: { code?: string; title?: string; errors?: FieldError[] },
    retryAfter?: number,
  ) {
    super(title);
    this.status = status;
    this.ours = code !== undefined;
    this.code = code ?? (status === 429 ? 'too_many_requests' : 'internal');
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

/** Milliseconds until a request is given up; the assistant may take 20 seconds by itself. */
const timeoutMs = { usual: 10_000, ofAssistant: 30_000 };

interface Options {
  body?: object | undefined;
  token?: string;
  method?: string | undefined;
}

/** One request. */
async function send<E extends Endpoint>(url: string, { body, token, method = body ? 'POST' : 'GET' }: Options = {}) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(url.includes('/ai/') ? timeoutMs.ofAssistant : timeoutMs.usual),
  });
  // What is between us and the server may answer without JSON.
  const json = (await answer.json().catch(() => ({}))) as object;
  if (answer.ok) return json as ResponseOf<E>;
  throw new ApiProblem(answer.status, json, Number(answer.headers.get('retry-after')) || undefined);
}

/** The REST endpoints, with the session's token. */
export class Api {
  readonly url: string;
  private readonly session: Session;

  constructor(url: string, session: Session) {
    this.url = url;
    this.session = session;
  }

  /**
   * With an access token; with a new one if the server says that it has expired. The server says so, not our clock: the
   * clock of a phone may be wrong.
   */
  private async call<E extends Endpoint>(path: string, body?: object, method?: string): Promise<ResponseOf<E>> {
    const token = this.session.accessToken;
    try {
      return await send<E>(this.url + path, { body, token, method });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      if (error.code !== 'token_expired') {
        if (error.code === 'session_ended' || error.code.startsWith('token_')) this.session.end();
        throw error;
      }
      const newToken = await this.session.refresh(token, (refreshToken) => this.refresh(refreshToken));
      return send<E>(this.url + path, { body, token: newToken, method });
    }
  }

  private refresh = (refreshToken: string) =>
    send<typeof refresh>(`${this.url}/auth/refresh`, { body: { refreshToken, rotate: true } });

  readonly register = (body: { email: string; password: string; name?: string }) =>
    send<typeof register>(`${this.url}/auth/register`, { body });
  readonly login = (body: { email: string; password: string } | { phone: string; code: string }) =>
    send<typeof login>(`${this.url}/auth/login`, { body });
  readonly sendCode = (phone: string) => send(`${this.url}/auth/code`, { body: { phone } });
  readonly logout = () => this.call('/auth/logout', {});
  readonly createTicket = (chatId: string) => this.call<typeof createTicket>('/auth/ticket', { chatId });

  readonly updateMe = (name: string) => this.call<typeof updateMe>('/users/me', { name }, 'PATCH');
  readonly lookup = (who: { emails: string[] } | { phones: string[] }) =>
    this.call<typeof findUsers>('/users/lookup', who);

  readonly listChats = () => this.call<typeof listChats>('/chats');
  readonly openDirect = (userId: string) => this.call<typeof openDirect>('/chats/direct', { userId });
  readonly createGroup = (name: string) => this.call<typeof createGroup>('/groups', { name, participantIds: [] });
  readonly joinGroup = (inviteCode: string) => this.call<typeof joinGroup>('/groups/join', { inviteCode });
  readonly getGroup = (groupId: string) => this.call<typeof getGroup>(`/groups/${groupId}`);

  readonly listMessages = (chatId: string, query: { after?: number; before?: number } = {}) => {
    const asked = Object.entries(query).map(([name, seq]) => `&${name}=${seq}`);
    return this.call<typeof listMessages>(`/chats/${chatId}/messages?limit=${pageSize}${asked.join('')}`);
  };
  readonly markRead = (chatId: string, seq: number) => this.call(`/chats/${chatId}/read`, { seq });
  readonly listReads = (chatId: string) => this.call<typeof listReads>(`/chats/${chatId}/reads`);

  readonly ask = (chatId: string, question: string) => this.call<typeof askAssistant>('/ai/ask', { chatId, question });
  readonly listSuggestions = (chatId: string) =>
    this.call<typeof listSuggestions>(`/ai/suggestions?chatId=${encodeURIComponent(chatId)}`);
  readonly linkGoogle = (token: string) => this.call('/auth/gmail/token', { token });
  readonly createMeeting = (chatId: string) => this.call<typeof createMeeting>('/google/meet/create', { chatId });
}

/** Messages that a page has at most. */
export const pageSize = 50;
