import type { Person } from '../../client/person.ts';
import { type Chat, ofChats, ofGroup, ofMessage } from '../../client/shapes.ts';
import { holds, same, Unmet } from '../../client/unmet.ts';
import { becomes, shortened, without } from '../../faults/changes.ts';
import { accepts, answers, answersWith, header } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';

/** The entry of a chat in somebody's list. */
async function entry(person: Person, chatId: string): Promise<Chat> {
  const { chats } = await person.ask(ofChats, 'GET /chats');
  const found = chats.find(({ id }) => id === chatId);
  if (!found) throw new Unmet('GET /chats', `the chat ${chatId}`, chats);
  return found;
}

const send = (person: Person, chatId: string, content: string) =>
  person.ask(ofMessage, `POST /chats/${chatId}/messages`, { content });

/** "GET /chats" */
export const chats: Requirement[] = [
  {
    id: 'chats.list.authorization',
    text: 'GET /chats is refused without an access token, and with something that is not one.',
    faults: [accepts('GET /chats')],
    async check(world) {
      await world.stranger().refused('GET /chats');
      await world.stranger().refused('GET /chats', { token: 'not-a-token' });
    },
  },
  {
    id: 'chats.list.json',
    text: 'GET /chats is answered with the content type application/json.',
    faults: [header('GET /chats', 'content-type'), header('GET /chats', 'content-type', 'text/plain')],
    async check(world) {
      const { anna } = await world.people();
      const { 'content-type': type } = (await anna.send('GET /chats')).headers;
      holds('GET /chats', type?.startsWith('application/json') ?? false, 'the content type application/json', type);
    },
  },
  {
    id: 'chats.list.empty',
    text: 'GET /chats of somebody without chats returns an empty list.',
    faults: [...answers('GET /chats', without('chats'), becomes('chats', null), becomes('chats', [{ id: 'a' }]))],
    async check(world) {
      const newcomer = await world.newcomer();
      same('the chats', (await newcomer.ask(ofChats, 'GET /chats')).chats, []);
    },
  },
  {
    id: 'chats.list.group',
    text: 'GET /chats has a group with the id, name, type, participantIds, inviteCode and createdAt that POST /groups returned.',
    faults: [
      answersWith('GET /chats', 403),
      ...answers(
        'GET /chats',
        without('chats.*.id'),
        without('chats.*.name'),
        without('chats.*.type'),
        without('chats.*.participantIds'),
        without('chats.*.inviteCode'),
        without('chats.*.createdAt'),
        becomes('chats.*.type', 'direct'),
        becomes('chats.*.name', 'Another name'),
        becomes('chats.*.inviteCode', 'OTHER'),
        becomes('chats.*.createdAt', '01.01.2024 00:00'),
        shortened('chats.*.participantIds'),
      ),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const { id, name, type, participantIds, inviteCode, createdAt } = await entry(anna, group.id);
      same(
        'the group in the list',
        { id, name, type, participantIds: participantIds.toSorted(), inviteCode, createdAt },
        {
          id: group.id,
          name: 'Weekend',
          type: 'group',
          participantIds: group.participantIds.toSorted(),
          inviteCode: group.inviteCode,
          createdAt: group.createdAt,
        },
      );
    },
  },
  {
    id: 'chats.list.last-message',
    text: 'GET /chats has the text of the newest message as lastMessage, and its time as lastMessageAt.',
    faults: [
      ...answers(
        'GET /chats',
        without('chats.*.lastMessage'),
        without('chats.*.lastMessageAt'),
        becomes('chats.*.lastMessage', 'First'),
        becomes('chats.*.lastMessageAt', '2024-01-01T00:00:00Z'),
        becomes('chats.*.lastMessageAt', 1_704_067_200_000),
      ),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      await send(anna, group.id, 'First');
      const { message } = await send(boris, group.id, 'Second');
      const { lastMessage, lastMessageAt } = await entry(anna, group.id);
      same(
        'the newest message in the list',
        { lastMessage, lastMessageAt },
        { lastMessage: 'Second', lastMessageAt: message.createdAt },
      );
    },
  },
  {
    id: 'chats.list.participants',
    text: 'GET /chats of each participant has the group, and that of others does not.',
    faults: [
      ...answers('GET /chats', becomes('chats', [])),
      {
        what: 'GET /chats: everybody sees every chat',
        begin() {
          const seen: unknown[] = [];
          return {
            answer(answer, { method, path }) {
              if (`${method} ${path}` !== 'GET /chats') return answer;
              const { chats: mine = [] } = answer.body as { chats?: unknown[] };
              seen.push(...mine);
              return { ...answer, body: { chats: [...seen] } };
            },
          };
        },
      },
    ],
    async check(world) {
      const { anna, boris, eve, group } = await world.room();
      await entry(anna, group.id);
      await entry(boris, group.id);
      const others = (await eve.ask(ofChats, 'GET /chats')).chats.map(({ id }) => id);
      holds('GET /chats of somebody else', !others.includes(group.id), 'no such group', others);
    },
  },
  {
    id: 'chats.list.several',
    text: 'GET /chats has all groups of the user.',
    faults: [...answers('GET /chats', shortened('chats'), becomes('chats', []))],
    async check(world) {
      const newcomer = await world.newcomer();
      const made: string[] = [];
      for (const name of ['One', 'Two', 'Three'])
        made.push((await newcomer.ask(ofGroup, 'POST /groups', { name, participantIds: [] })).group.id);
      const { chats } = await newcomer.ask(ofChats, 'GET /chats');
      same('the ids of the chats', chats.map(({ id }) => id).toSorted(), made.toSorted());
    },
  },
];
