import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { socketUrl } from '../../infra/local/console/socket-url.ts';
import { ChatSocket, type Json, request } from '../support/api-client.ts';

/** Does what the people of the demo do, and prints each request, answer and frame. */

/** How long a frame may take to arrive. On AWS, a function may have to start first. */
const timeoutMs = 30_000;

export const dim = (text: string) => styleText('dim', text);
export const bold = (text: string) => styleText('bold', text);

export interface Person {
  name: string;
  token: string;
  /** What a client keeps: the answer of `POST /auth/register`. */
  session: Json;
}

/** Where the backend is. */
export interface Backend {
  url: string;
  wsUrl: string;
}

/** A request, answer or frame on one line, with ids and tokens shortened. */
const brief = (json: unknown) =>
  JSON.stringify(json, (key, value) => (key === 'createdAt' || key === 'requestId' ? undefined : value))
    .replace(/([0-9a-f]{8})-[0-9a-f-]{27}/g, '$1…')
    .replace(/eyJ[\w.-]+/g, 'eyJ…');

export const show = (who: string, arrow: '→' | '←' | '×', what: string) =>
  console.log(`   ${who.padEnd(6)}${dim(`${arrow} ${what}`)}`);

export function expect(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`The demo expected: ${claim}`);
}

export const socketOf = ({ wsUrl }: Backend, { token }: Person, chatId: string, options = '') =>
  socketUrl(wsUrl, chatId, `token=${token}${options}`);

/** Sends a request and prints it with its answer. */
export async function ask(
  { url }: Backend,
  { name, token }: Person,
  method: string,
  path: string,
  body?: object,
): Promise<Json> {
  show(name, '→', [method, brief(path).slice(1, -1), ...(body ? [brief(body)] : [])].join(' '));
  const before = performance.now();
  const answer = await request(url, method, path, { token, body });
  show('', '←', `${answer.status} in ${(performance.now() - before).toFixed(0)} ms  ${brief(answer.body)}`);
  return answer;
}

/** The same for a request that must succeed. */
export async function call(
  backend: Backend,
  person: Person,
  method: string,
  path: string,
  body?: object,
): Promise<Json> {
  const { status, body: answer } = await ask(backend, person, method, path, body);
  expect(status === 200, `${method} ${path} answers 200, not ${status}`);
  return answer;
}

export async function register(backend: Backend, name: string): Promise<Person> {
  const nobody = { name, token: '', session: undefined };
  const email = `${name.toLowerCase()}-${Date.now().toString(36)}@example.com`;
  const session = await call(backend, nobody, 'POST', '/auth/register', { email, password: 'correct horse', name });
  return { name, token: session.accessToken, session };
}

export async function openSocket(
  backend: Backend,
  person: Person,
  chatId: string,
  options?: string,
): Promise<ChatSocket> {
  const socket = socketOf(backend, person, chatId, options);
  show(person.name, '→', brief(socket).slice(1, -1));
  return ChatSocket.openAt(socket);
}

export function sendFrame({ name }: Person, socket: ChatSocket, frame: object): void {
  show(name, '→', brief(frame));
  socket.send(frame);
}

/** The next frame, without printing it. Read marks are left out: they come from whoever has the chat open in a browser. */
export async function next({ name }: Person, socket: ChatSocket): Promise<Json> {
  const over = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: over.signal }).then(() =>
    expect(false, `${name} gets a frame within ${timeoutMs / 1000} s`),
  );
  try {
    for (;;) {
      const frame = await Promise.race([socket.next(), late]);
      if (frame?.type !== 'read') return frame;
    }
  } finally {
    over.abort();
  }
}

/** The next frame, printed. */
export async function receive(person: Person, socket: ChatSocket): Promise<Json> {
  const frame = await next(person, socket);
  show(person.name, '←', brief(frame));
  return frame;
}

export async function hangUp({ name }: Person, socket: ChatSocket, why: string): Promise<void> {
  socket.close();
  await socket.closed();
  show(name, '×', why);
}
