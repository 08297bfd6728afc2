import * as z from 'zod';
import { refreshed, success, user } from '../../client/shapes.ts';
import { holds, parse, same } from '../../client/unmet.ts';
import { becomes, shortened, without } from '../../faults/changes.ts';
import { accepts, answers, answersWith, handshake, ignores, refusals, refusesWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { refused } from './refused.ts';

const ofUser = z.looseObject({ user });
const rotated = refreshed.extend({ refreshToken: z.string().min(1) });
const sessions = z.looseObject({
  sessions: z.array(z.looseObject({ id: z.string(), device: z.string(), current: z.boolean() })),
});
const ticket = z.looseObject({ ticket: z.string().min(1), expiresIn: z.int().positive() });

/** The table "accounts" in docs/api.md */
export const accounts: Requirement[] = [
  {
    id: 'accounts.tokens',
    text: 'A missing token is 401 token_missing, and a wrong one 401 token_invalid.',
    faults: [refusesWith('GET /chats', 403), ...refusals('GET /chats', becomes('code', 'token_missing'))],
    async check(world) {
      await refused(world.stranger(), [401, 'token_missing'], 'GET /chats');
      await refused(world.stranger(), [401, 'token_invalid'], 'GET /chats', { token: 'not-a-token' });
    },
  },
  {
    id: 'accounts.email-taken',
    text: 'An email that has an account is 409 email_taken, in capital letters too.',
    faults: [accepts('POST /auth/register'), refusesWith('POST /auth/register', 400)],
    async check(world) {
      const { email, password } = (await world.people()).anna.account;
      const body = { email: email.toUpperCase(), password };
      await refused(world.stranger(), [409, 'email_taken'], 'POST /auth/register', { body });
    },
  },
  {
    id: 'accounts.wrong-credentials',
    text: 'A wrong password and an unknown email are refused alike: 401 wrong_credentials.',
    faults: [refusesWith('POST /auth/login', 404), ...refusals('POST /auth/login', becomes('code', 'user_not_found'))],
    async check(world) {
      const { email, password } = (await world.people()).anna.account;
      const wrong: [401, 'wrong_credentials'] = [401, 'wrong_credentials'];
      await refused(world.stranger(), wrong, 'POST /auth/login', { body: { email, password: `${password}!` } });
      await refused(world.stranger(), wrong, 'POST /auth/login', { body: { email: world.newEmail(), password } });
    },
  },
  {
    id: 'accounts.rotate',
    text: 'POST /auth/refresh with rotate returns a refresh token too, which can be used.',
    faults: [...answers('POST /auth/refresh', without('refreshToken'), becomes('refreshToken', 'not-a-token'))],
    async check(world) {
      const anna = await world.secondSession((await world.people()).anna);
      const body = { refreshToken: anna.account.refreshToken, rotate: true };
      const { refreshToken } = await anna.ask(rotated, 'POST /auth/refresh', body);
      await anna.ask(refreshed, 'POST /auth/refresh', { refreshToken });
    },
  },
  {
    id: 'accounts.logout',
    text: 'POST /auth/logout ends the session: its refresh token and its access token are refused, other sessions continue.',
    faults: [
      ignores('POST /auth/logout'),
      accepts('POST /auth/refresh'),
      accepts('GET /auth/sessions'),
      ...refusals('GET /auth/sessions', becomes('code', 'token_expired')),
      answersWith('GET /users/me', 401),
    ],
    async check(world) {
      const { anna } = await world.people();
      const second = await world.secondSession(anna);
      await second.ask(success, 'POST /auth/logout', {});
      const { refreshToken } = second.account;
      await refused(second, [401, 'token_invalid'], 'POST /auth/refresh', { body: { refreshToken } });
      await refused(second, [401, 'session_ended'], 'GET /auth/sessions');
      await anna.ask(ofUser, 'GET /users/me');
    },
  },
  {
    id: 'accounts.sessions',
    text: 'GET /auth/sessions lists my sessions with their devices, one of them as the current one; DELETE ends another.',
    faults: [
      ...answers(
        'GET /auth/sessions',
        becomes('sessions.*.current', false),
        without('sessions.*.device'),
        shortened('sessions'),
      ),
      ignores('DELETE /auth/sessions/{id}'),
      accepts('GET /users/me'),
    ],
    async check(world) {
      const newcomer = await world.newcomer();
      const second = await world.secondSession(newcomer);
      const listed = (await newcomer.ask(sessions, 'GET /auth/sessions')).sessions;
      same('which session is the current one', listed.map(({ current }) => current).toSorted(), [false, true]);
      const other = listed.find(({ current }) => !current);
      await newcomer.ask(success, `DELETE /auth/sessions/${other?.id}`);
      await refused(second, [401, 'session_ended'], 'GET /users/me');
    },
  },
  {
    id: 'accounts.ticket',
    text: 'POST /auth/ticket returns a ticket, which opens one socket in place of the token.',
    faults: [
      ...answers('POST /auth/ticket', without('ticket'), without('expiresIn'), becomes('ticket', 'no-ticket')),
      handshake(401),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const { chatId } = { chatId: group.id };
      const { ticket: one } = await anna.ask(ticket, 'POST /auth/ticket', { chatId });
      const path = `/ws/chat/${chatId}?ticket=${one}`;
      await anna.openAt(path);
      same('the status of a second handshake', await anna.handshakeRefused(path), 401);
    },
  },
  {
    id: 'accounts.ticket-refused',
    text: 'POST /auth/ticket with a chat of others is refused with the reason: not_a_participant.',
    faults: [accepts('POST /auth/ticket'), ...refusals('POST /auth/ticket', becomes('code', 'blocked'))],
    async check(world) {
      const { eve, group } = await world.room();
      await refused(eve, [403, 'not_a_participant'], 'POST /auth/ticket', { body: { chatId: group.id } });
    },
  },
  {
    id: 'accounts.google',
    text: 'Without a linked Google account a meeting is refused with 409 google_not_linked, and linking needs a token.',
    faults: [accepts('POST /google/meet/create'), accepts('POST /auth/gmail/token')],
    async check(world) {
      const newcomer = await world.newcomer();
      const answer = await newcomer.refused('POST /google/meet/create', { body: {} });
      const { code } = parse('the refusal', z.looseObject({ code: z.string() }), answer.body);
      holds('the code', code === 'google_not_linked', 'google_not_linked', code);
      await refused(world.stranger(), [401, 'token_missing'], 'POST /auth/gmail/token', { body: { token: 'any' } });
    },
  },
];
