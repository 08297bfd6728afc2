import { ofChats, ofGroup } from '../../client/shapes.ts';
import { holds, same } from '../../client/unmet.ts';
import { becomes, shortened, without } from '../../faults/changes.ts';
import { accepts, answers, answersWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';

const creating = 'POST /groups';
const joining = 'POST /groups/join';

/** "Группы" */
export const groups: Requirement[] = [
  {
    id: 'groups.create.authorization',
    text: 'POST /groups is refused without an access token.',
    faults: [accepts(creating)],
    async check(world) {
      await world.stranger().refused(creating, { body: { name: 'Weekend', participantIds: [] } });
    },
  },
  {
    id: 'groups.create.group',
    text: 'POST /groups returns the group: id, name, type "group", participantIds, inviteCode, createdAt.',
    faults: [
      answersWith(creating, 403),
      ...answers(
        creating,
        without('group'),
        without('group.id'),
        without('group.name'),
        without('group.type'),
        without('group.participantIds'),
        without('group.inviteCode'),
        without('group.createdAt'),
        becomes('group.id', 1),
        becomes('group.name', 'Another name'),
        becomes('group.type', 'direct'),
        becomes('group.participantIds', 'user-id-1,user-id-2'),
        becomes('group.inviteCode', ''),
        becomes('group.createdAt', 1_704_067_200),
      ),
    ],
    async check(world) {
      const { anna } = await world.people();
      const { group } = await anna.ask(ofGroup, creating, { name: 'Group Name', participantIds: [] });
      same('the name', group.name, 'Group Name');
    },
  },
  {
    id: 'groups.create.participants',
    text: 'POST /groups puts the people of participantIds and its creator into the group, whose lists of chats then have it.',
    faults: [
      ...answers(creating, becomes('group.participantIds', []), shortened('group.participantIds')),
      ...answers('GET /chats', becomes('chats', [])),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      same('participantIds', group.participantIds.toSorted(), [anna.id, boris.id].toSorted());
      for (const person of [anna, boris]) {
        const ids = (await person.ask(ofChats, 'GET /chats')).chats.map(({ id }) => id);
        holds('GET /chats of a participant', ids.includes(group.id), `the group ${group.id}`, ids);
      }
    },
  },
  {
    id: 'groups.create.own-codes',
    text: 'POST /groups gives each group an id and an invite code of its own.',
    faults: [...answers(creating, becomes('group.id', 'the-same'), becomes('group.inviteCode', 'ABC123'))],
    async check(world) {
      const { anna } = await world.people();
      const body = { name: 'Twice', participantIds: [] };
      const first = await anna.ask(ofGroup, creating, body);
      const second = await anna.ask(ofGroup, creating, body);
      holds('the second group', first.group.id !== second.group.id, 'another id', second.group);
      holds('the second group', first.group.inviteCode !== second.group.inviteCode, 'another code', second.group);
    },
  },
  {
    id: 'groups.create.validates',
    text: 'POST /groups refuses a body without a name, and participantIds that are not a list.',
    faults: [accepts(creating)],
    async check(world) {
      const { anna } = await world.people();
      await anna.refused(creating, { body: { participantIds: [] } });
      await anna.refused(creating, { body: { name: 'Weekend', participantIds: 'user-id-1' } });
    },
  },
  {
    id: 'groups.join.authorization',
    text: 'POST /groups/join is refused without an access token.',
    faults: [accepts(joining)],
    async check(world) {
      const { group } = await world.room();
      await world.stranger().refused(joining, { body: { inviteCode: group.inviteCode } });
    },
  },
  {
    id: 'groups.join.group',
    text: 'POST /groups/join with the invite code returns this group, with all its fields.',
    faults: [
      answersWith(joining, 403),
      ...answers(
        joining,
        without('group'),
        without('group.id'),
        without('group.name'),
        without('group.type'),
        without('group.participantIds'),
        without('group.inviteCode'),
        without('group.createdAt'),
        becomes('group.id', 'another-group'),
        becomes('group.name', 'Another name'),
        becomes('group.createdAt', '2024-01-01T00:00:00Z'),
      ),
    ],
    async check(world) {
      const { eve, group } = await world.room();
      const { inviteCode } = group;
      const joined = (await eve.ask(ofGroup, joining, { inviteCode })).group;
      const { id, name, createdAt } = joined;
      same('the group', { id, name, createdAt }, { id: group.id, name: group.name, createdAt: group.createdAt });
    },
  },
  {
    id: 'groups.join.adds-me',
    text: 'POST /groups/join makes the caller a participant, who then reads the messages and has the group in the list.',
    faults: [
      ...answers(joining, shortened('group.participantIds'), becomes('group.participantIds', [])),
      ...answers('GET /chats', becomes('chats', [])),
      answersWith('GET /chats/{id}/messages', 403),
    ],
    async check(world) {
      const { anna, boris, eve, group } = await world.room();
      const { inviteCode } = group;
      const { participantIds } = (await eve.ask(ofGroup, joining, { inviteCode })).group;
      same('participantIds', participantIds.toSorted(), [anna.id, boris.id, eve.id].toSorted());
      const ids = (await eve.ask(ofChats, 'GET /chats')).chats.map(({ id }) => id);
      holds('GET /chats after joining', ids.includes(group.id), `the group ${group.id}`, ids);
      const { status } = await eve.send(`GET /chats/${group.id}/messages?limit=100`);
      holds('GET /chats/{chatId}/messages after joining', status < 300, 'a status of success', status);
    },
  },
  {
    id: 'groups.join.twice',
    text: 'POST /groups/join by a participant does not list anybody twice.',
    faults: [
      {
        what: 'POST /groups/join: the answer has the caller twice',
        begin: () => ({
          answer(answer, { path }) {
            if (path !== '/groups/join') return answer;
            const { group } = answer.body as { group: { participantIds: string[] } };
            const participantIds = [...group.participantIds, ...group.participantIds.slice(-1)];
            return { ...answer, body: { group: { ...group, participantIds } } };
          },
        }),
      },
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const answer = await boris.send(joining, { body: { inviteCode: group.inviteCode } });
      // A refusal is as good.
      if (answer.status >= 300) return;
      const joined = await boris.ask(ofGroup, joining, { inviteCode: group.inviteCode });
      same('participantIds', joined.group.participantIds.toSorted(), [anna.id, boris.id].toSorted());
    },
  },
  {
    id: 'groups.join.unknown-code',
    text: 'POST /groups/join refuses an invite code that no group has, and a body without one.',
    faults: [accepts(joining)],
    async check(world) {
      const { anna } = await world.people();
      await anna.refused(joining, { body: { inviteCode: 'NOSUCHCODE' } });
      await anna.refused(joining, { body: {} });
    },
  },
];
