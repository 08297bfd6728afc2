import { anything, refreshed, session, success } from '../../client/shapes.ts';
import { holds, same } from '../../client/unmet.ts';
import { becomes, without } from '../../faults/changes.ts';
import { accepts, answers, answersWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';

const password = 'correct horse 7';

/** "Аутентификация" */
export const auth: Requirement[] = [
  {
    id: 'auth.register.user',
    text: 'POST /auth/register with an email, a password and a name returns a user with an id, this email and this name.',
    faults: [
      ...answers(
        'POST /auth/register',
        without('user'),
        without('user.id'),
        without('user.email'),
        without('user.name'),
        becomes('user.id', 7),
        becomes('user.email', 'other@example.com'),
        becomes('user.name', 'Somebody'),
      ),
      answersWith('POST /auth/register', 403),
    ],
    async check(world) {
      const email = world.newEmail();
      const { user, ...tokens } = await world
        .stranger()
        .ask(session, 'POST /auth/register', { email, password, name: 'User Name' });
      world.remember({ id: user.id, name: user.name, email, password, ...tokens });
      same('the user', { email: user.email, name: user.name }, { email, name: 'User Name' });
    },
  },
  {
    id: 'auth.register.tokens',
    text: 'POST /auth/register returns an access token, which opens GET /chats, and a refresh token.',
    faults: [
      ...answers(
        'POST /auth/register',
        without('accessToken'),
        without('refreshToken'),
        becomes('accessToken', 'not-a-token'),
        becomes('refreshToken', null),
      ),
    ],
    async check(world) {
      const newcomer = await world.newcomer();
      await newcomer.ask(anything, 'GET /chats');
    },
  },
  {
    id: 'auth.register.without-name',
    text: 'POST /auth/register without a name succeeds, and the user has a name nevertheless.',
    faults: [answersWith('POST /auth/register', 400), ...answers('POST /auth/register', becomes('user.name', null))],
    async check(world) {
      const email = world.newEmail();
      const stranger = world.stranger();
      const { user, ...tokens } = await stranger.ask(session, 'POST /auth/register', { email, password });
      world.remember({ id: user.id, name: user.name, email, password, ...tokens });
    },
  },
  {
    id: 'auth.register.validates',
    text: 'POST /auth/register refuses a body without a password, without an email, or with something that is not an email.',
    faults: [accepts('POST /auth/register')],
    async check(world) {
      const stranger = world.stranger();
      await stranger.refused('POST /auth/register', { body: { email: world.newEmail() } });
      await stranger.refused('POST /auth/register', { body: { password } });
      await stranger.refused('POST /auth/register', { body: { email: 'not an email', password } });
    },
  },
  {
    id: 'auth.login.user',
    text: 'POST /auth/login with an email and its password returns the same user as the registration did.',
    faults: [
      answersWith('POST /auth/login', 401),
      ...answers('POST /auth/login', without('user'), becomes('user.id', 'another-user'), without('user.name')),
    ],
    async check(world) {
      const { account } = (await world.people()).anna;
      const { id, email, name } = account;
      const body = { email, password: account.password };
      const { user } = await world.stranger().ask(session, 'POST /auth/login', body);
      same('the user', { id: user.id, email: user.email, name: user.name }, { id, email, name });
    },
  },
  {
    id: 'auth.login.tokens',
    text: 'POST /auth/login returns an access token, which opens GET /chats, and a refresh token.',
    faults: [
      ...answers(
        'POST /auth/login',
        without('accessToken'),
        without('refreshToken'),
        becomes('accessToken', 'not-a-token'),
      ),
    ],
    async check(world) {
      const { anna } = await world.people();
      await (await world.secondSession(anna)).ask(anything, 'GET /chats');
    },
  },
  {
    id: 'auth.login.wrong-password',
    text: 'POST /auth/login refuses a wrong password, and an email that has no account.',
    faults: [accepts('POST /auth/login')],
    async check(world) {
      const { email } = (await world.people()).anna.account;
      const stranger = world.stranger();
      await stranger.refused('POST /auth/login', { body: { email, password: 'wrong horse 7' } });
      await stranger.refused('POST /auth/login', { body: { email: world.newEmail(), password } });
    },
  },
  {
    id: 'auth.login.phone',
    text: 'POST /auth/login with a phone and its code returns a user with this phone, and tokens.',
    faults: [
      answersWith('POST /auth/login', 401),
      ...answers(
        'POST /auth/login',
        without('user.id'),
        without('user.phone'),
        without('accessToken'),
        without('refreshToken'),
      ),
    ],
    async check(world) {
      const { phone, code } = await world.phoneWithCode();
      const { user } = await world.stranger().ask(session, 'POST /auth/login', { phone, code });
      world.surroundings.cast.phones.push(phone);
      same('the phone of the user', user.phone, phone);
    },
  },
  {
    id: 'auth.login.wrong-code',
    text: 'POST /auth/login refuses a code that was not sent to the phone, and a body without a code or password.',
    faults: [accepts('POST /auth/login')],
    async check(world) {
      const stranger = world.stranger();
      await stranger.refused('POST /auth/login', { body: { phone: '+79990000000', code: '000000' } });
      await stranger.refused('POST /auth/login', { body: { phone: '+79990000000' } });
    },
  },
  {
    id: 'auth.refresh.access-token',
    text: 'POST /auth/refresh returns an access token, which opens GET /chats.',
    faults: [
      answersWith('POST /auth/refresh', 401),
      ...answers('POST /auth/refresh', without('accessToken'), becomes('accessToken', 'not-a-token')),
    ],
    async check(world) {
      const { anna } = await world.people();
      const { refreshToken } = anna.account;
      const { accessToken } = await world.stranger().ask(refreshed, 'POST /auth/refresh', { refreshToken });
      const { status } = await anna.send('GET /chats', { token: accessToken });
      holds('GET /chats with the new token', status < 300, 'a status of success', status);
    },
  },
  {
    id: 'auth.refresh.unknown-token',
    text: 'POST /auth/refresh refuses something that is not a refresh token.',
    faults: [accepts('POST /auth/refresh')],
    async check(world) {
      const stranger = world.stranger();
      await stranger.refused('POST /auth/refresh', { body: { refreshToken: 'not-a-token' } });
      await stranger.refused('POST /auth/refresh', { body: {} });
    },
  },
  {
    id: 'auth.gmail.success',
    text: "POST /auth/gmail/token with a token of Google's returns success: true.",
    faults: [
      answersWith('POST /auth/gmail/token', 422),
      ...answers('POST /auth/gmail/token', without('success'), becomes('success', 'true'), becomes('success', false)),
    ],
    async check(world) {
      const token = world.googleToken();
      const { anna } = await world.people();
      await anna.ask(success, 'POST /auth/gmail/token', { token });
    },
  },
];
