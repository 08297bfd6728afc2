import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { readArguments } from '../infra/local/console/command-line.ts';
import { secondsSince } from '../infra/local/console/progress.ts';
import { socketUrl } from '../infra/local/console/socket-url.ts';
import { Runner } from '../infra/local/runner.ts';
import { ChatSocket, type Json, refusedStatus, request } from './support/api-client.ts';

/** Plays a conversation against API_BASE_URL, against a running `npm start`, or against a backend that it starts itself. */

const usage = `npm run demo    Plays a chat of three people and checks every step.

It uses the backend that npm start is running. If there is none, it starts one that keeps no data.

  PORT=3000            the port of npm start
  API_BASE_URL         the URL of another backend, such as the ApiBaseUrl of a deployment
  WS_BASE_URL          its WsBaseUrl, which differs without CloudFront
  DYNAMODB_ENDPOINT    URL of a running DynamoDB Local, for a backend that the demo starts`;

readArguments([], usage);

const { API_BASE_URL, WS_BASE_URL, DYNAMODB_ENDPOINT: dynamodb, PORT: port = '3000' } = process.env;
/** How long a frame may take to arrive. On AWS, a function may have to start first. */
const timeoutMs = 30_000;

const dim = (text: string) => styleText('dim', text);
const bold = (text: string) => styleText('bold', text);

/** A request, answer or frame on one line, with ids and tokens shortened. */
const brief = (json: unknown) =>
  JSON.stringify(json, (key, value) => (key === 'createdAt' || key === 'requestId' ? undefined : value))
    .replace(/([0-9a-f]{8})-[0-9a-f-]{27}/g, '$1…')
    .replace(/eyJ[\w.-]+/g, 'eyJ…');

let chapter = 0;
const tell = (title: string) => console.log(`\n${bold(`${++chapter}. ${title}`)}`);
const show = (who: string, arrow: '→' | '←' | '×', what: string) =>
  console.log(`   ${who.padEnd(6)}${dim(`${arrow} ${what}`)}`);

function expect(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`The demo expected: ${claim}`);
}

interface Person {
  name: string;
  token: string;
}

let url = '';

const socketOf = ({ token }: Person, chatId: string, options = '') =>
  socketUrl(WS_BASE_URL ?? url.replace('http', 'ws'), chatId, `token=${token}${options}`);

/** Sends a request and prints it with its answer. */
async function ask({ name, token }: Person, method: string, path: string, body?: object): Promise<Json> {
  show(name, '→', [method, brief(path).slice(1, -1), ...(body ? [brief(body)] : [])].join(' '));
  const before = performance.now();
  const answer = await request(url, method, path, { token, body });
  show('', '←', `${answer.status} in ${(performance.now() - before).toFixed(0)} ms  ${brief(answer.body)}`);
  return answer;
}

/** The same for a request that must succeed. */
async function call(person: Person, method: string, path: string, body?: object): Promise<Json> {
  const { status, body: answer } = await ask(person, method, path, body);
  expect(status === 200, `${method} ${path} answers 200, not ${status}`);
  return answer;
}

async function register(name: string): Promise<Person> {
  const nobody = { name, token: '' };
  const email = `${name.toLowerCase()}-${Date.now().toString(36)}@example.com`;
  const { accessToken } = await call(nobody, 'POST', '/auth/register', { email, password: 'correct horse', name });
  return { name, token: accessToken };
}

async function openSocket(person: Person, chatId: string, options?: string): Promise<ChatSocket> {
  const socket = socketOf(person, chatId, options);
  show(person.name, '→', brief(socket).slice(1, -1));
  return ChatSocket.openAt(socket);
}

function sendFrame({ name }: Person, socket: ChatSocket, frame: object): void {
  show(name, '→', brief(frame));
  socket.send(frame);
}

/** The next frame, without printing it. */
async function next({ name }: Person, socket: ChatSocket): Promise<Json> {
  const over = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: over.signal }).then(() =>
    expect(false, `${name} gets a frame within ${timeoutMs / 1000} s`),
  );
  try {
    return await Promise.race([socket.next(), late]);
  } finally {
    over.abort();
  }
}

/** The next frame, printed. */
async function receive(person: Person, socket: ChatSocket): Promise<Json> {
  const frame = await next(person, socket);
  show(person.name, '←', brief(frame));
  return frame;
}

async function hangUp({ name }: Person, socket: ChatSocket, why: string): Promise<void> {
  socket.close();
  await socket.closed();
  show(name, '×', why);
}

async function story(): Promise<void> {
  tell('Three people create accounts.');
  const anna = await register('Anna');
  const boris = await register('Boris');
  const eve = await register('Eve');

  tell('Anna creates a group and gives Boris its invite code. He joins.');
  const { group } = await call(anna, 'POST', '/groups', { name: 'Weekend', participantIds: [] });
  await call(boris, 'POST', '/groups/join', { inviteCode: group.inviteCode });

  tell('Both open a socket and talk. Each message is stored, gets a number and reaches both.');
  let boriss = await openSocket(boris, group.id);
  let annas = await openSocket(anna, group.id);
  sendFrame(anna, annas, { type: 'message', content: 'Hills or lake?', clientId: 'anna-1' });
  const [echo, received] = [await receive(anna, annas), await receive(boris, boriss)];
  expect(echo.seq === received.seq && received.content === 'Hills or lake?', 'both get the same frame');
  const { message: lake } = await call(boris, 'POST', `/chats/${group.id}/messages`, { content: 'Lake!' });
  expect((await receive(anna, annas)).id === lake.id, 'what is sent over REST arrives on the sockets');
  await next(boris, boriss);

  tell('Anna writes from a lift. Boris gets her message, but her connection breaks before she sees that it was sent.');
  const plan = { type: 'message', content: 'Saturday at nine?', clientId: 'anna-2' };
  sendFrame(anna, annas, plan);
  const stored = await receive(boris, boriss);
  await hangUp(anna, annas, 'no connection');

  tell('Her app sends it again with the same clientId and gets the first message back. Nothing is stored twice.');
  annas = await openSocket(anna, group.id);
  sendFrame(anna, annas, plan);
  expect((await receive(anna, annas)).id === stored.id, 'a retry gives the first message back');

  tell('Boris asks for live frames and replies. Anna likes it, edits a message and deletes one. He sees it at once.');
  await hangUp(boris, boriss, 'to connect with live frames');
  boriss = await openSocket(boris, group.id, '&events=1');
  const path = (message: Json) => `/chats/${group.id}/messages/${message.id}`;
  const { message: reply } = await call(boris, 'POST', `/chats/${group.id}/messages`, {
    content: 'Make it ten',
    replyToId: stored.id,
  });
  expect(reply.replyTo.content === plan.content, 'a reply quotes the message');
  await next(boris, boriss);
  await next(anna, annas);
  await call(anna, 'PUT', `${path(reply)}/reactions/${encodeURIComponent('👍')}`);
  const liked = await receive(boris, boriss);
  expect(liked.type === 'changed' && liked.message.reactions[0].count === 1, 'he sees the reaction');
  await call(anna, 'PATCH', path(stored), { content: 'Saturday at ten?' });
  const edited = await receive(boris, boriss);
  expect(edited.rev === liked.rev + 1 && edited.message.content === 'Saturday at ten?', 'he sees the edit');
  const { message: slip } = await call(anna, 'POST', `/chats/${group.id}/messages`, { content: 'Wrong chat, sorry' });
  await next(anna, annas);
  await next(boris, boriss);
  await call(anna, 'DELETE', path(slip), {});
  const deleted = (await receive(boris, boriss)).message;
  expect(deleted.deletedAt && deleted.content !== slip.content, 'of a deleted message nothing is left but its place');

  tell('Boris is in a tunnel. When he is back online, he asks for everything after the last number that he has.');
  await hangUp(boris, boriss, 'no connection');
  for (const content of ['I’ll bring the tent.', 'And the guitar!']) {
    sendFrame(anna, annas, { type: 'message', content });
    await next(anna, annas);
  }
  boriss = await openSocket(boris, group.id);
  sendFrame(boris, boriss, { type: 'sync', after: slip.seq });
  const missed = [await receive(boris, boriss), await receive(boris, boriss)];
  expect(
    missed.map(({ content }) => content).join(' ') === 'I’ll bring the tent. And the guitar!',
    'he gets both, in order',
  );
  expect((await receive(boris, boriss)).seq === missed[1].seq, 'and learns that there is no more');

  tell('Eve knows the address of the chat, but she is not in the group.');
  const handshake = await refusedStatus(socketOf(eve, group.id));
  show('Eve', '←', `${handshake}: refused`);
  const { status } = await ask(eve, 'GET', `/chats/${group.id}/messages`);
  expect(handshake === 403 && status === 403, 'Eve is refused');

  tell('Boris asks the assistant. The answer reaches everyone in the group.');
  const asked = await ask(boris, 'POST', '/ai/ask', { chatId: group.id, question: 'Shall we meet before?' });
  if (asked.status === 200) expect((await next(anna, annas)).id === asked.body.message.id, 'everyone gets the answer');

  tell('Anna links her Google account and creates a meeting.');
  // The real Google accepts only a token from a real sign-in.
  const linked = await ask(anna, 'POST', '/auth/gmail/token', { token: '4/from-google-sign-in' });
  if (linked.status === 200) {
    const { meetUrl } = await call(anna, 'POST', '/google/meet/create', { chatId: group.id });
    expect((await next(anna, annas)).metadata.meetUrl === meetUrl, 'the link is posted into the chat');
  }

  tell('This is the chat as both see it now and will see it tomorrow:');
  const { body } = await request(url, 'GET', `/chats/${group.id}/messages`, { token: boris.token });
  for (const { seq, type, userName, content } of body.messages)
    console.log(`   ${String(seq).padStart(3)}  ${type === 'system' ? dim(content) : `${userName}: ${content}`}`);
  const numbers = body.messages.map(({ seq }: Json) => seq);
  expect(numbers.join() === numbers.map((_: number, n: number) => n + 1).join(), 'the numbers have no gaps');
  const plans = body.messages.filter(({ clientId }: Json) => clientId === plan.clientId);
  expect(plans.length === 1, 'the message that was sent twice is stored once');
  annas.close();
  boriss.close();
}

/** Whether a chat backend answers at this URL. */
const answers = (baseUrl: string): Promise<boolean> =>
  fetch(`${baseUrl}/health`)
    .then((answer) => answer.json())
    .then(
      (health: Json) => health.status === 'ok',
      () => false,
    );

async function findServer(): Promise<{ url: string; close(): Promise<void>; afterwards: string }> {
  const close = async () => {};
  const running = `http://127.0.0.1:${port}`;
  const page = `http://localhost:${port}`;
  if (API_BASE_URL !== undefined) {
    const baseUrl = API_BASE_URL.replace(/\/$/, '');
    if (!(await answers(baseUrl))) throw new Error(`No chat backend answers at ${baseUrl}/health.`);
    return { url: baseUrl, close, afterwards: `The server was ${baseUrl}.` };
  }
  if (await answers(running)) return { url: running, close, afterwards: `To chat by hand, open ${page}.` };
  console.log(`No chat backend answers at ${page}. Starting one that keeps no data.`);
  const runner = await startOwn();
  const start = port === '3000' ? 'npm start' : `PORT=${port} npm start`;
  const afterwards = `To chat by hand, run ${start} and open ${page}.`;
  return { url: runner.url, close: () => runner.close(), afterwards };
}

const stopping = new AbortController();

/** Starts a backend that leaves nothing behind, even if Ctrl-C ends the demo. */
function startOwn(): Promise<Runner> {
  const say = (line: string) => console.log(dim(`   ${line}`));
  const starting = Runner.start({ port: 0, dynamodb, signal: stopping.signal, say, log: () => {} });
  process.once('SIGINT', async () => {
    stopping.abort();
    await starting.then(
      (runner) => runner.close(),
      () => {},
    );
    process.exit(130);
  });
  return starting;
}

async function main(): Promise<void> {
  const server = await findServer();
  ({ url } = server);
  const begun = performance.now();
  try {
    await story();
  } finally {
    await server.close();
  }
  console.log(`\nIt works: every step was checked in ${secondsSince(begun)}. ${server.afterwards}`);
}

main().catch((error: Error) => {
  if (stopping.signal.aborted) return;
  console.error(`\n${error.message}`);
  process.exit(1);
});
