import * as z from 'zod';
import { anything, success, user } from '../../client/shapes.ts';
import { same } from '../../client/unmet.ts';
import { becomes, without } from '../../faults/changes.ts';
import { accepts, answers, answersWith, refusals } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { refused } from './refused.ts';

const ofUser = z.looseObject({ user });
const found = z.looseObject({ users: z.array(z.looseObject({ id: z.string(), entry: z.string() })) });

/** The table "people" in docs/api.md */
export const people: Requirement[] = [
  {
    id: 'accounts.profile',
    text: 'PATCH /users/me changes the name, which GET /users/me then returns.',
    faults: [
      ...answers('PATCH /users/me', becomes('user.name', 'Newcomer')),
      ...answers('GET /users/me', becomes('user.name', 'Newcomer'), without('user.email')),
    ],
    async check(world) {
      const newcomer = await world.newcomer();
      const { user: changed } = await newcomer.ask(ofUser, 'PATCH /users/me', { name: 'Another name' });
      same('the name in the answer', changed.name, 'Another name');
      const { user: read } = await newcomer.ask(ofUser, 'GET /users/me');
      same('my user', [read.id, read.name, read.email], [newcomer.id, 'Another name', newcomer.account.email]);
    },
  },
  {
    id: 'accounts.delete',
    text: 'DELETE /users/me with the password ends the account: nobody can log in to it, and its token is refused.',
    faults: [accepts('POST /auth/login'), accepts('GET /users/me'), answersWith('DELETE /users/me', 503)],
    async check(world) {
      const newcomer = await world.newcomer();
      const { email, password } = newcomer.account;
      await refused(newcomer, [422, 'proof_missing'], 'DELETE /users/me', { body: {} });
      await newcomer.ask(success, 'DELETE /users/me', { password });
      world.forget(newcomer);
      await refused(newcomer, [401, 'wrong_credentials'], 'POST /auth/login', { body: { email, password }, token: '' });
      await refused(newcomer, [401, 'session_ended'], 'GET /users/me');
    },
  },
  {
    id: 'accounts.lookup',
    text: 'POST /users/lookup finds the users of emails, and nobody for an email without an account.',
    faults: [
      ...answers(
        'POST /users/lookup',
        becomes('users', []),
        becomes('users.*.entry', 'another'),
        without('users.*.id'),
      ),
    ],
    async check(world) {
      const { anna, boris } = await world.people();
      const emails = [boris.account.email, world.newEmail()];
      const { users } = await anna.ask(found, 'POST /users/lookup', { emails });
      same(
        'who is found',
        users.map(({ id, entry }) => [id, entry]),
        [[boris.id, boris.account.email]],
      );
    },
  },
  {
    id: 'accounts.blocks',
    text: 'Whoever is blocked cannot write in the direct chat any more: 403 blocked.',
    faults: [
      accepts('POST /chats/{id}/messages'),
      ...refusals('POST /chats/{id}/messages', becomes('code', 'not_a_participant')),
    ],
    async check(world) {
      const [newcomer, { anna }] = [await world.newcomer(), await world.people()];
      const direct = z.looseObject({ chat: z.looseObject({ id: z.string() }) });
      const { chat } = await anna.ask(direct, 'POST /chats/direct', { userId: newcomer.id });
      await newcomer.ask(anything, `PUT /users/${anna.id}/block`);
      await refused(anna, [403, 'blocked'], `POST /chats/${chat.id}/messages`, { body: { content: 'Hello?' } });
    },
  },
];
