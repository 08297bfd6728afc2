import express, { type Express } from 'express';
import { answerErrors, callerOf, groupOf, Refusal, textOf } from './input.ts';
import { assistant, type Group, type Message, newMessage, type Store, type User } from './store.ts';

const meetUrl = 'https://meet.google.com/abc-defg-hij';
/** The specification does not say how a code gets to its phone, so everybody has the one of its example. */
const code = '123456';

const session = (store: Store, user: User) => ({
  user,
  accessToken: store.newToken('access', user),
  refreshToken: store.newToken('refresh', user),
});

function login(store: Store, body: unknown): User {
  if (typeof body === 'object' && body !== null && 'phone' in body) {
    const phone = textOf(body, 'phone');
    if (textOf(body, 'code') !== code) throw new Refusal(401, 'Wrong code.');
    return store.findUser('phone', phone) ?? store.addUser({ email: '', name: phone, phone });
  }
  const user = store.findUser('email', textOf(body, 'email'));
  if (!user || !store.hasPassword(user, textOf(body, 'password'))) throw new Refusal(401, 'Wrong email or password.');
  return user;
}

function register(store: Store, body: unknown): User {
  const email = textOf(body, 'email');
  const password = textOf(body, 'password');
  const [before = '', domain] = email.split('@');
  if (!domain) throw new Refusal(400, '"email" must be an email.');
  const { name = before } = body as { name?: string };
  if (store.findUser('email', email)) throw new Refusal(409, 'This email has an account.');
  return store.addUser({ email, name }, password);
}

/** The entry of a group in the list of chats. */
function chatOf(store: Store, group: Group) {
  const newest = store.messagesIn(group).at(-1);
  return { ...group, lastMessageAt: newest?.createdAt ?? group.createdAt, lastMessage: newest?.content ?? '' };
}

/** The examples of the assistant's messages have no name. */
const withoutName = ({ userName: _, ...message }: Message) => message;

function addAuth(app: Express, store: Store): void {
  app.post('/auth/register', ({ body }, response) => void response.json(session(store, register(store, body))));
  app.post('/auth/login', ({ body }, response) => void response.json(session(store, login(store, body))));
  app.post('/auth/refresh', ({ body }, response) => {
    const user = store.userOf('refresh', textOf(body, 'refreshToken'));
    if (!user) throw new Refusal(401, 'Log in again.');
    response.json({ accessToken: store.newToken('access', user) });
  });
  // Nothing but a header can say whose account of Google it is, although the specification names none here.
  app.post('/auth/gmail/token', (request, response) => {
    callerOf(store, request);
    textOf(request.body, 'token');
    response.json({ success: true });
  });
}

function addChats(app: Express, store: Store, publish: (message: Message) => void): void {
  app.get('/chats', (request, response) => {
    const chats = store.groupsOf(callerOf(store, request)).map((group) => chatOf(store, group));
    response.json({ chats: chats.toSorted((a, b) => (a.lastMessageAt < b.lastMessageAt ? 1 : -1)) });
  });
  app.get('/chats/:chatId/messages', (request, response) => {
    const group = groupOf(store, callerOf(store, request), request.params.chatId);
    const limit = Number(request.query.limit ?? 100);
    response.json({ messages: store.messagesIn(group).slice(-limit) });
  });
  app.post('/chats/:chatId/messages', (request, response) => {
    const user = callerOf(store, request);
    const group = groupOf(store, user, request.params.chatId);
    const message = store.addMessage(group, user, textOf(request.body, 'content'));
    publish(message);
    response.json({ message });
  });
}

function addGroups(app: Express, store: Store): void {
  app.post('/groups', (request, response) => {
    const user = callerOf(store, request);
    const { participantIds } = request.body;
    if (!Array.isArray(participantIds) || !participantIds.every((id) => store.users.has(id)))
      throw new Refusal(400, '"participantIds" must be the ids of users.');
    const name = textOf(request.body, 'name');
    response.json({ group: store.addGroup(name, [...new Set([user.id, ...participantIds])]) });
  });
  app.post('/groups/join', (request, response) => {
    const user = callerOf(store, request);
    const inviteCode = textOf(request.body, 'inviteCode');
    const group = [...store.groups.values()].find((one) => one.inviteCode === inviteCode);
    if (!group) throw new Refusal(404, 'No group has this code.');
    if (!group.participantIds.includes(user.id)) group.participantIds.push(user.id);
    response.json({ group });
  });
}

function addAssistant(app: Express, store: Store, publish: (message: Message) => void): void {
  app.post('/ai/ask', (request, response) => {
    const group = groupOf(store, callerOf(store, request), textOf(request.body, 'chatId'));
    const question = textOf(request.body, 'question');
    const metadata = { suggestMeet: /meet|call/i.test(question) };
    const message = store.addMessage(group, assistant, `You asked: ${question}`, { type: 'ai', metadata });
    publish(message);
    response.json({ message: withoutName(message) });
  });
  app.get('/ai/suggestions', (request, response) => {
    const group = groupOf(store, callerOf(store, request), String(request.query.chatId));
    const suggestion = newMessage(group, assistant, 'When shall we meet?', { type: 'ai' });
    response.json({ suggestions: [withoutName(suggestion)] });
  });
  app.post('/google/meet/create', (request, response) => {
    callerOf(store, request);
    response.json({ meetUrl });
  });
}

/** Every endpoint of the specification. `publish` sends a message to the sockets of its chat. */
export function createApp(store: Store, publish: (message: Message) => void): Express {
  const app = express().use(express.json());
  addAuth(app, store);
  addChats(app, store, publish);
  addGroups(app, store);
  addAssistant(app, store, publish);
  return app.use(answerErrors);
}
