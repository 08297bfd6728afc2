import { startLocal } from '../infra/local/start.ts';
import { ChatSocket, type Json, refusedStatus, request } from './support/api-client.ts';

/** The main job, told step by step: against API_BASE_URL or `npm start` on its usual port, or else one of its own. */

const dim = (text: string) => `\x1b[2m${text}\x1b[0m`;
const bold = (text: string) => `\x1b[1m${text}\x1b[0m`;

function tell(step: string, ...shown: unknown[]): void {
  console.log(`\n${bold(step)}`);
  for (const line of shown) console.log(dim(`  ${typeof line === 'string' ? line : JSON.stringify(line)}`));
}

function expect(holds: boolean, claim: string): void {
  if (!holds) throw new Error(`The demo expected: ${claim}`);
}

async function call(
  url: string,
  method: string,
  path: string,
  options: { token?: string; body?: unknown } = {},
): Promise<Json> {
  const answer = await request(url, method, path, options);
  if (answer.status !== 200)
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function findServer(): Promise<{ url: string; close(): Promise<void> }> {
  const url = process.env.API_BASE_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`;
  const healthy = await fetch(`${url}/health`).then(
    (answer) => answer.ok,
    () => false,
  );
  if (healthy) return { url, close: async () => {} };
  if (process.env.API_BASE_URL) throw new Error(`Nothing answers at ${url}/health.`);
  console.log(`Nothing runs at ${url}, so this starts a backend of its own, in memory.`);
  return startLocal({ port: 0, say: (step) => console.log(dim(`  ${step}`)), log: () => {} });
}

async function story(url: string): Promise<void> {
  const run = Date.now().toString(36);
  const join = (name: string) =>
    call(url, 'POST', '/auth/register', {
      body: { email: `${name}-${run}@example.com`, password: 'correct horse', name },
    });

  const [anna, boris, eve] = await Promise.all([join('Anna'), join('Boris'), join('Eve')]);
  tell('Three people register.', anna.user, boris.user, eve.user);

  const { group } = await call(url, 'POST', '/groups', {
    token: anna.accessToken,
    body: { name: 'Weekend', participantIds: [] },
  });
  tell('Anna makes a group and gets its invite code.', group);

  await call(url, 'POST', '/groups/join', { token: boris.accessToken, body: { inviteCode: group.inviteCode } });
  tell('Boris joins by the code.', `POST /groups/join {"inviteCode":"${group.inviteCode}"}`);

  const annasSocket = await ChatSocket.open(url, group.id, anna.accessToken);
  const borisSocket = await ChatSocket.open(url, group.id, boris.accessToken);
  tell('Both open a socket.', `${url.replace('http', 'ws')}/ws/chat/${group.id}?token=...`);

  annasSocket.send({ type: 'message', content: 'Hills or lake?', clientId: 'a-1' });
  const [echo, received] = await Promise.all([annasSocket.next(), borisSocket.next()]);
  expect(echo.seq === received.seq && received.content === 'Hills or lake?', 'both get the same frame');
  tell('Anna asks over her socket; both sockets get the stored message.', received);

  const answer = await call(url, 'POST', `/chats/${group.id}/messages`, {
    token: boris.accessToken,
    body: { content: 'Lake!' },
  });
  const live = await annasSocket.next();
  expect(live.id === answer.message.id, 'a message sent over REST arrives on the sockets');
  tell('Boris answers over REST; Anna reads it on her socket.', live);

  annasSocket.send({ type: 'message', content: 'Hills or lake?', clientId: 'a-1' });
  const retried = await annasSocket.next();
  expect(retried.id === echo.id, 'a retry gives the first message back');
  tell('Anna sends her question again with the same clientId: nothing doubles.', `first ${echo.id}, now ${retried.id}`);

  const refused = await refusedStatus(`${url.replace('http', 'ws')}/ws/chat/${group.id}?token=${eve.accessToken}`);
  const reading = await request(url, 'GET', `/chats/${group.id}/messages`, { token: eve.accessToken });
  expect(refused === 403 && reading.status === 403, 'who is not in the chat is refused');
  tell('Eve is not in the group: her socket and her request are refused.', `handshake ${refused}`, reading.body);

  const asked = await request(url, 'POST', '/ai/ask', {
    token: boris.accessToken,
    body: { chatId: group.id, question: 'Shall we meet first?' },
  });
  if (asked.status === 200) expect((await annasSocket.next()).id === asked.body.message.id, 'everyone gets the answer');
  tell('Boris asks the assistant; its answer comes to everyone.', asked.body);

  // A real Google takes only what a real sign-in gave.
  const linked = await request(url, 'POST', '/auth/gmail/token', {
    token: anna.accessToken,
    body: { token: '4/from-google-sign-in' },
  });
  if (linked.status === 200) {
    const { meetUrl } = await call(url, 'POST', '/google/meet/create', {
      token: anna.accessToken,
      body: { chatId: group.id },
    });
    expect((await annasSocket.next()).metadata.meetUrl === meetUrl, 'the link is posted into the chat');
    tell('Anna links Google and opens a meeting; its link is posted into the chat.', meetUrl);
  }

  const { messages } = await call(url, 'GET', `/chats/${group.id}/messages?limit=100`, { token: boris.accessToken });
  tell('The history, in the one order that everybody sees:');
  for (const { seq, type, userName, content } of messages)
    console.log(`  ${seq}  ${type === 'system' ? dim(content) : `${userName}: ${content}`}`);

  annasSocket.close();
  borisSocket.close();
}

const server = await findServer();
try {
  await story(server.url);
} finally {
  await server.close();
}
console.log('\nIt works.');
