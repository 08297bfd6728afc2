import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inboxUrl } from '../../../../infra/local/playground/client/realtime/inbox/inbox-url.ts';
import { Api } from '../../../../infra/local/playground/client/rest/api.ts';
import { NoAnswer } from '../../../../infra/local/playground/client/rest/api-problem.ts';
import { Session, type Tokens } from '../../../../infra/local/playground/client/rest/session.ts';
import { signedIn } from './signed-in.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const session = signedIn();
const api = new Api('http://backend', session);

const answered = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

/** What an action comes to that gets these answers, the last one again and again, and how many requests it took. */
async function outcomeOf(...answers: Response[]) {
  const requests = vi.fn(async () =>
    answers.length > 1 ? (answers.shift() as Response) : (answers[0] as Response).clone(),
  );
  vi.stubGlobal('fetch', requests);
  const outcome = api.createGroup('Hills', 'a client id').catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return { outcome: await outcome, requests: requests.mock.calls.length };
}

test.each([
  ['API Gateway throttles', 429, { message: 'Too Many Requests' }, 'too_many_requests', 4],
  ['the function has no free concurrency', 503, { message: 'Service Unavailable' }, 'unavailable', 4],
  ['the firewall counts too many requests', 429, '<html></html>', 'too_many_requests', 4],
  ['the function failed', 500, { message: 'Internal Server Error' }, 'internal', 1],
  ['the request is too large', 413, { message: 'Request Entity Too Large' }, 'payload_too_large', 1],
  ['CloudFront got no answer', 504, '<html></html>', 'unavailable', 1],
  ['the firewall refuses', 403, '<html></html>', 'internal', 1],
  ['the backend limits', 429, { code: 'too_many_requests' }, 'too_many_requests', 1],
  ['the backend is unavailable', 503, { code: 'unavailable' }, 'unavailable', 1],
])('when %s, an action is sent as often as it is safe', async (_why, status, body, code, expected) => {
  const { outcome, requests } = await outcomeOf(answered(status, body));
  expect(outcome).toMatchObject({ name: 'Error', status, code });
  expect(requests).toBe(expected);
});

test('an action that is repeated succeeds once', async () => {
  const refused = answered(429, { message: 'Too Many Requests' });
  const { outcome, requests } = await outcomeOf(refused, answered(200, { group: { id: 'hills' } }));
  expect(outcome).toEqual({ group: { id: 'hills' } });
  expect(requests).toBe(2);
});

test('waits as long as Retry-After says, but leaves long waits to the user', async () => {
  vi.setSystemTime(0);
  await outcomeOf(answered(503, '', { 'retry-after': '3' }), answered(200, {}));
  expect(Date.now()).toBe(3000);
  const { outcome, requests } = await outcomeOf(answered(429, '', { 'retry-after': '300' }));
  expect(outcome).toMatchObject({ retryAfter: 300 });
  expect(requests).toBe(1);
});

test('an answer that breaks off is no success', async () => {
  const { outcome } = await outcomeOf(answered(200, '{"group":'));
  expect(outcome).toBeInstanceOf(NoAnswer);
});

test('only a request without an answer is told as one', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(api.listChats()).rejects.toBeInstanceOf(NoAnswer);
  vi.stubGlobal('fetch', undefined);
  await expect(api.listChats()).rejects.toBeInstanceOf(TypeError);
});

const tokensOf = (id: string): Tokens => ({ user: { id, name: id }, accessToken: `token of ${id}`, refreshToken: id });

/** Anna's session, and requests during which Boris signs in. They get these answers. */
function replacedSession(...answers: Response[]) {
  let tokens: Tokens | undefined = tokensOf('anna');
  const shared = new Session({
    load: () => tokens,
    save: (saved) => {
      tokens = saved;
    },
  });
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (_url: string, { headers }: { headers: { authorization: string } }) => {
    sent.push(headers.authorization);
    if (answers.length === 1) shared.begin(tokensOf('boris'));
    return answers.shift();
  });
  return { shared, sent, markRead: () => new Api('http://backend', shared).markRead('c', 1) };
}

test('a request whose token has expired is not repeated for somebody else who has signed in meanwhile', async () => {
  const { sent, markRead } = replacedSession(answered(401, { code: 'token_expired' }));
  await expect(markRead()).rejects.toMatchObject({ code: 'token_expired' });
  expect(sent).toEqual(['Bearer token of anna']);
});

test.each([
  ['a request', [answered(401, { code: 'session_ended' })]],
  ['a refresh', [answered(401, { code: 'token_expired' }), answered(401, { code: 'session_ended' })]],
])('%s of an ended session does not end the session of somebody else', async (_what, answers) => {
  const { shared, markRead } = replacedSession(...answers);
  await expect(markRead()).rejects.toMatchObject({ code: 'session_ended' });
  expect(shared.user?.id).toBe('boris');
});

test('two users whose tokens have expired do not share a refresh', async () => {
  const { shared } = replacedSession();
  const answer = Promise.withResolvers<{ accessToken: string }>();
  const annas = shared.refresh('token of anna', () => answer.promise);
  expect(shared.refresh('token of anna', () => Promise.reject(new Error('shared')))).toBe(annas);
  shared.begin(tokensOf('boris'));
  expect(await shared.refresh('token of boris', async () => ({ accessToken: 'boris again' }))).toBe('boris again');
  answer.resolve({ accessToken: 'anna again' });
  expect(await annas).toBe('anna again');
  expect(shared.accessToken).toBe('boris again');
});

test('waits longer for what may take the function its whole time', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  vi.stubGlobal('fetch', async () => answered(200, {}));
  await api.listChats();
  await api.chats.readAll();
  await api.account.delete({ password: 'secret' });
  await api.createMeeting('c');
  await api.listSuggestions('c');
  expect(timeout.mock.calls.flat()).toEqual([10_000, 30_000, 30_000, 30_000, 30_000]);
});

test.each([
  ['', 'ws://backend/ws/inbox?ticket=t'],
  // As a stage without CloudFront has it.
  ['/live', 'ws://backend/live?inbox=1&ticket=t'],
])('with the path "%s" opens its inbox at %s', (wsPath, expected) => {
  expect(inboxUrl(new Api('http://backend', session, wsPath).wsUrl, 't')).toBe(expected);
});

test('signing out can wait for the requests under way and those that follow, but not for long', async () => {
  const answers = [Promise.withResolvers<Response>(), Promise.withResolvers<Response>()] as const;
  const rest = answers.map(({ promise }) => promise);
  vi.stubGlobal('fetch', () => rest.shift() ?? new Promise(() => {}));
  const events: string[] = [];
  const listed = api.listChats().then(() => api.listReads('a chat').then(() => events.push('listed')));
  const settled = api.settled().then(() => events.push('settled'));
  for (const answer of answers) {
    await vi.advanceTimersByTimeAsync(1000);
    answer.resolve(answered(200, {}));
  }
  await vi.advanceTimersByTimeAsync(100);
  await Promise.all([listed, settled]);
  expect(events).toEqual(['listed', 'settled']);

  vi.setSystemTime(0);
  void api.listChats();
  const late = api.settled();
  await vi.runAllTimersAsync();
  await late;
  expect(Date.now()).toBeLessThan(5000);
});

test('signing out waits for a request that is only about to be sent', async () => {
  vi.useRealTimers();
  const events: string[] = [];
  vi.stubGlobal('fetch', async () => answered(200, {}));
  const settled = api.settled().then(() => events.push('settled'));
  void Promise.resolve().then(() => api.listChats().then(() => events.push('listed')));
  await settled;
  expect(events).toEqual(['listed', 'settled']);
});

test('nothing is sent without a token: another tab may have signed out', async () => {
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  const signedOut = new Api('http://backend', new Session({ load: () => undefined, save: () => {} }));
  await expect(signedOut.listChats()).rejects.toMatchObject({ code: 'token_missing' });
  expect(fetched).not.toHaveBeenCalled();
});
