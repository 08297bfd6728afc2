import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { anything, ofChats, ofGroup, success } from '../../client/shapes.ts';
import { holds, same } from '../../client/unmet.ts';
import { becomes, without } from '../../faults/changes.ts';
import { accepts, answers, ignores, refusals, refusesWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { refused } from './refused.ts';
import { members, page } from './shapes.ts';

const listing = 'GET /chats/{id}/messages';
const invite = z.looseObject({ inviteCode: z.string().min(1) });

/** The table "groups" in docs/api.md */
export const groups: Requirement[] = [
  {
    id: 'groups.members',
    text: 'GET /groups/{groupId} has the members with names and roles: the creator is the owner.',
    faults: [
      ...answers(
        'GET /groups/{id}',
        without('group.members'),
        becomes('group.members.*.role', 'member'),
        becomes('group.members.*.name', ''),
        becomes('group.members', []),
      ),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { group: read } = await boris.ask(members, `GET /groups/${group.id}`);
      same(
        'the members',
        read.members.map(({ userId, name, role }) => `${userId} ${name} ${role}`).toSorted(),
        [`${anna.id} Anna owner`, `${boris.id} Boris member`].toSorted(),
      );
    },
  },
  {
    id: 'groups.system-messages',
    text: 'What happens to a group is a message of the type "system" whose metadata.event says what: created, renamed, joined.',
    faults: [
      ...answers(
        listing,
        becomes('messages.*.type', 'text'),
        without('messages.*.metadata.event'),
        becomes('messages.*.metadata.event', 'created'),
      ),
    ],
    async check(world) {
      const { anna, eve, group } = await world.room();
      await anna.ask(ofGroup, `PATCH /groups/${group.id}`, { name: 'Hills' });
      await eve.ask(ofGroup, 'POST /groups/join', { inviteCode: group.inviteCode });
      const { messages } = await anna.ask(page, `GET /chats/${group.id}/messages`);
      const events = messages.map(({ type, metadata }) => `${type} ${metadata?.event}`);
      same('the messages', events, ['system created', 'system renamed', 'system joined']);
    },
  },
  {
    id: 'groups.roles',
    text: 'A member may not rename, invite or remove: 403 role_too_low; an admin may rename.',
    faults: [
      accepts('PATCH /groups/{id}'),
      accepts('POST /groups/{id}/invite'),
      refusesWith('DELETE /groups/{id}/members/{id}', 404),
      ...answers('PATCH /groups/{id}', becomes('group.name', 'Weekend')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const path = `/groups/${group.id}`;
      await refused(boris, [403, 'role_too_low'], `PATCH ${path}`, { body: { name: 'Mine' } });
      await refused(boris, [403, 'role_too_low'], `POST ${path}/invite`, { body: {} });
      await refused(boris, [403, 'role_too_low'], `DELETE ${path}/members/${anna.id}`);
      await anna.ask(success, `PUT ${path}/members/${boris.id}/role`, { role: 'admin' });
      same('the name', (await boris.ask(ofGroup, `PATCH ${path}`, { name: 'Ours' })).group.name, 'Ours');
    },
  },
  {
    id: 'groups.remove',
    text: 'A removed member no longer reads the messages, and cannot join with the old code: 403 removed_from_group.',
    faults: [
      ignores('DELETE /groups/{id}/members/{id}'),
      accepts(listing),
      accepts('POST /groups/join'),
      ...refusals('POST /groups/join', becomes('code', 'invite_not_found')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      await anna.ask(success, `DELETE /groups/${group.id}/members/${boris.id}`);
      await refused(boris, [403, 'not_a_participant'], `GET /chats/${group.id}/messages`);
      const body = { inviteCode: group.inviteCode };
      await refused(boris, [403, 'removed_from_group'], 'POST /groups/join', { body });
    },
  },
  {
    id: 'groups.invite',
    text: 'POST /groups/{groupId}/invite makes a new code; the old one is 404 invite_not_found.',
    faults: [
      ...answers('POST /groups/{id}/invite', becomes('inviteCode', 'NOSUCHCODE'), without('inviteCode')),
      accepts('POST /groups/join'),
      refusesWith('POST /groups/join', 410),
    ],
    async check(world) {
      const { anna, eve, group } = await world.room();
      const { inviteCode } = await anna.ask(invite, `POST /groups/${group.id}/invite`, {});
      const old = { inviteCode: group.inviteCode };
      await refused(eve, [404, 'invite_not_found'], 'POST /groups/join', { body: old });
      await eve.ask(ofGroup, 'POST /groups/join', { inviteCode });
    },
  },
  {
    id: 'groups.client-id',
    text: 'POST /groups with a clientId that was used returns the same group; with another name it is 409 client_id_reused.',
    faults: [
      {
        what: 'POST /groups: each answer has another group',
        begin: () => ({
          answer: (answer, { path }) =>
            path === '/groups' && answer.status === 200
              ? { ...answer, body: { group: { ...(answer.body as { group: object }).group, id: randomUUID() } } }
              : answer,
        }),
      },
      accepts('POST /groups'),
      ...refusals('POST /groups', becomes('code', 'invalid_input')),
    ],
    async check(world) {
      const { anna } = await world.people();
      const body = { name: 'Once', participantIds: [], clientId: world.newId() };
      const first = await anna.ask(ofGroup, 'POST /groups', body);
      const second = await anna.ask(ofGroup, 'POST /groups', body);
      same('the id of the second answer', second.group.id, first.group.id);
      await refused(anna, [409, 'client_id_reused'], 'POST /groups', { body: { ...body, name: 'Another' } });
    },
  },
  {
    id: 'groups.posting',
    text: 'With posting "admins" a member is refused with 403 posting_restricted, and the owner writes.',
    faults: [
      accepts('POST /chats/{id}/messages'),
      ...refusals('POST /chats/{id}/messages', becomes('code', 'role_too_low')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      await anna.ask(ofGroup, `PATCH /groups/${group.id}`, { posting: 'admins' });
      const body = { content: 'Hello' };
      await refused(boris, [403, 'posting_restricted'], `POST /chats/${group.id}/messages`, { body });
      await anna.ask(anything, `POST /chats/${group.id}/messages`, body);
    },
  },
  {
    id: 'groups.leave',
    text: 'DELETE /chats/{chatId} leaves the group, which is then missing from my list.',
    faults: [ignores('DELETE /chats/{id}'), accepts(listing)],
    async check(world) {
      const { boris, group } = await world.room();
      await boris.ask(success, `DELETE /chats/${group.id}`);
      const { chats } = await boris.ask(ofChats, 'GET /chats');
      holds('GET /chats', !chats.some(({ id }) => id === group.id), 'no such group', chats);
      await refused(boris, [403, 'not_a_participant'], `GET /chats/${group.id}/messages`);
    },
  },
];
