import { startLocal } from '../infra/local/start.ts';
import { ChatSocket, type Json, refusedStatus, request } from './support/api-client.ts';

/** The main job as a story: against API_BASE_URL or `npm start` on its usual port, or else a backend of its own. */

const startedAt = Date.now();
const dim = (text: string) => `\x1b[2m${text}\x1b[0m`;
const bold = (text: string) => `\x1b[1m${text}\x1b[0m`;

/** What travels, on one line: without ids of 36 characters and tokens of 300. */
const brief = (json: unknown) =>
  JSON.stringify(json, (key, value) => (key === 'createdAt' || key === 'requestId' ? undefined : value))
    .replace(/([0-9a-f]{8})-[0-9a-f-]{27}/g, '$1…')
    .replace(/eyJ[\w.-]+/g, 'eyJ…');

let chapter = 0;
const tell = (title: string) => console.log(`\n${bold(`${++chapter}. ${title}`)}`);
const show = (who: string, arrow: '→' | '←', what: string) =>
  console.log(`   ${who.padEnd(6)}${dim(`${arrow} ${what}`)}`);

function expect(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`The demo expected: ${claim}`);
}

interface Person {
  name: string;
  token: string;
}

let url = '';

/** A request and its answer, told. */
async function ask({ name, token }: Person, method: string, path: string, body?: object): Promise<Json> {
  show(name, '→', `${method} ${brief(path).slice(1, -1)} ${body ? brief(body) : ''}`);
  const before = performance.now();
  const answer = await request(url, method, path, { token, body });
  show('', '←', `${answer.status} in ${(performance.now() - before).toFixed(0)} ms  ${brief(answer.body)}`);
  return answer;
}

/** The same, where nothing but success will do. */
async function call(person: Person, method: string, path: string, body?: object): Promise<Json> {
  const { status, body: answer } = await ask(person, method, path, body);
  expect(status === 200, `${method} ${path} answers 200, not ${status}`);
  return answer;
}

async function register(name: string): Promise<Person> {
  const nobody = { name, token: '' };
  const email = `${name.toLowerCase()}-${startedAt.toString(36)}@example.com`;
  const { accessToken } = await call(nobody, 'POST', '/auth/register', { email, password: 'correct horse', name });
  return { name, token: accessToken };
}

async function openSocket({ name, token }: Person, chatId: string): Promise<ChatSocket> {
  show(name, '→', brief(`${url.replace('http', 'ws')}/ws/chat/${chatId}?token=${token}`).slice(1, -1));
  return ChatSocket.open(url, chatId, token);
}

function sendFrame({ name }: Person, socket: ChatSocket, frame: object): void {
  show(name, '→', brief(frame));
  socket.send(frame);
}

async function receive({ name }: Person, socket: ChatSocket): Promise<Json> {
  const frame = await socket.next();
  show(name, '←', brief(frame));
  return frame;
}

async function story(): Promise<void> {
  tell('Three people make accounts.');
  const anna = await register('Anna');
  const boris = await register('Boris');
  const eve = await register('Eve');

  tell('Anna makes a group; Boris joins by the invite code that she gives him.');
  const { group } = await call(anna, 'POST', '/groups', { name: 'Weekend', participantIds: [] });
  await call(boris, 'POST', '/groups/join', { inviteCode: group.inviteCode });

  tell('Both open a socket, and talk. Each message is stored, numbered, and on both sockets.');
  let boriss = await openSocket(boris, group.id);
  const annas = await openSocket(anna, group.id);
  const question = { type: 'message', content: 'Hills or lake?', clientId: 'anna-1' };
  sendFrame(anna, annas, question);
  const [echo, received] = [await receive(anna, annas), await receive(boris, boriss)];
  expect(echo.seq === received.seq && received.content === 'Hills or lake?', 'both get the same frame');
  const { message } = await call(boris, 'POST', `/chats/${group.id}/messages`, { content: 'Lake!' });
  expect((await receive(anna, annas)).id === message.id, 'what is sent over REST arrives on the sockets');
  await boriss.next();

  tell('Anna never saw that her question went out, and sends it again with the same clientId: nothing doubles.');
  sendFrame(anna, annas, question);
  expect((await receive(anna, annas)).id === echo.id, 'a retry gives the first message back');

  tell(
    'Boris goes through a tunnel. Anna goes on writing; back in daylight he asks for what came after his last number.',
  );
  boriss.close();
  await boriss.closed();
  for (const content of ['Saturday at nine?', 'I bring the tent.']) {
    sendFrame(anna, annas, { type: 'message', content });
    await annas.next();
  }
  boriss = await openSocket(boris, group.id);
  sendFrame(boris, boriss, { type: 'sync', after: message.seq });
  const missed = [await receive(boris, boriss), await receive(boris, boriss)];
  expect(
    missed.map(({ content }) => content).join() === 'Saturday at nine?,I bring the tent.',
    'he gets both, in order',
  );
  expect((await receive(boris, boriss)).seq === missed[1].seq, 'and is told that this was all');

  tell('Eve has found the link, but is not in the group.');
  const handshake = await refusedStatus(`${url.replace('http', 'ws')}/ws/chat/${group.id}?token=${eve.token}`);
  show('Eve', '←', `her socket is refused: ${handshake}`);
  const { status } = await ask(eve, 'GET', `/chats/${group.id}/messages`);
  expect(handshake === 403 && status === 403, 'who is not in the chat is refused');

  tell('Boris asks the assistant. Its answer comes to everyone.');
  const asked = await ask(boris, 'POST', '/ai/ask', { chatId: group.id, question: 'Shall we meet before?' });
  if (asked.status === 200) expect((await annas.next()).id === asked.body.message.id, 'everyone gets the answer');

  tell('Anna links her Google account and opens a meeting.');
  // A real Google takes only what a real sign-in gave.
  const linked = await ask(anna, 'POST', '/auth/gmail/token', { token: '4/from-google-sign-in' });
  if (linked.status === 200) {
    const { meetUrl } = await call(anna, 'POST', '/google/meet/create', { chatId: group.id });
    expect((await annas.next()).metadata.meetUrl === meetUrl, 'the link is posted into the chat');
  }

  tell('What everybody sees now, and will see tomorrow:');
  const { body } = await request(url, 'GET', `/chats/${group.id}/messages`, { token: boris.token });
  for (const { seq, type, userName, content } of body.messages)
    console.log(`   ${String(seq).padStart(3)}  ${type === 'system' ? dim(content) : `${userName}: ${content}`}`);
  const numbers = body.messages.map(({ seq }: Json) => seq);
  expect(numbers.join() === numbers.map((_: number, n: number) => n + 1).join(), 'the numbers have no hole');
  annas.close();
  boriss.close();
}

async function findServer(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.API_BASE_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`;
  const healthy = await fetch(`${given}/health`).then(
    (answer) => answer.ok,
    () => false,
  );
  if (healthy) return { url: given, close: async () => {} };
  if (process.env.API_BASE_URL) throw new Error(`Nothing answers at ${given}/health.`);
  console.log(`Nothing runs at ${given}, so this starts a backend of its own, in memory.`);
  return startLocal({ port: 0, say: (step) => console.log(dim(`   ${step}`)), log: () => {} });
}

const server = await findServer();
({ url } = server);
try {
  await story();
} finally {
  await server.close();
}
const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
console.log(
  `\nIt works: every step was checked, in ${seconds} s. To chat by hand: npm start, then http://localhost:3000`,
);
