import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { anything } from '../../client/shapes.ts';
import { holds, same } from '../../client/unmet.ts';
import { becomes, doubled, shortened, without } from '../../faults/changes.ts';
import { accepts, answers, refusals, refusesWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { refused } from './refused.ts';
import { ofChat, ofCounted, ofNumbered, unread } from './shapes.ts';

const one = 'GET /chats/{id}';
const reads = z.looseObject({ reads: z.array(z.looseObject({ userId: z.string(), seq: z.int() })) });

/** The table "chats" in docs/api.md */
export const chats: Requirement[] = [
  {
    id: 'chats.not-a-participant',
    text: 'A chat of others and a chat that does not exist get the same refusal: 403 not_a_participant.',
    faults: [
      refusesWith('GET /chats/{id}/messages', 404),
      accepts('GET /chats/{id}/messages'),
      ...refusals('POST /chats/{id}/messages', becomes('code', 'message_not_found')),
    ],
    async check(world) {
      const { eve, group } = await world.room();
      for (const id of [group.id, world.newId()]) {
        await refused(eve, [403, 'not_a_participant'], `GET /chats/${id}/messages`);
        const body = { content: 'Hello' };
        await refused(eve, [403, 'not_a_participant'], `POST /chats/${id}/messages`, { body });
      }
    },
  },
  {
    id: 'chats.direct',
    text: 'POST /chats/direct opens the same chat for both people: type "direct", the name of the other, no invite code.',
    faults: [
      ...answers(
        'POST /chats/direct',
        becomes('chat.type', 'group'),
        becomes('chat.name', 'Direct'),
        becomes('chat.inviteCode', 'ABC123'),
        shortened('chat.participantIds'),
      ),
      {
        what: 'POST /chats/direct: each answer has another chat',
        begin: () => ({
          answer: (answer, { path }) =>
            path === '/chats/direct'
              ? { ...answer, body: { chat: { ...(answer.body as { chat: object }).chat, id: randomUUID() } } }
              : answer,
        }),
      },
    ],
    async check(world) {
      const { anna, boris } = await world.people();
      const { chat } = await anna.ask(ofChat, 'POST /chats/direct', { userId: boris.id });
      const { chat: theirs } = await boris.ask(ofChat, 'POST /chats/direct', { userId: anna.id });
      same('the chat of the other person', theirs.id, chat.id);
      const { type, name, participantIds, inviteCode } = chat;
      same('the chat', { type, name, inviteCode }, { type: 'direct', name: 'Boris', inviteCode: undefined });
      same('its participants', participantIds.toSorted(), [anna.id, boris.id].toSorted());
    },
  },
  {
    id: 'chats.numbers',
    text: 'A chat has lastSeq of the newest message, unreadCount, mentionCount, lastRev and epoch, alone and in the list.',
    faults: [
      ...answers(
        one,
        without('chat.lastSeq'),
        without('chat.unreadCount'),
        without('chat.mentionCount'),
        without('chat.lastRev'),
        without('chat.epoch'),
        becomes('chat.lastSeq', 0),
      ),
      ...answers('GET /chats', without('chats.*.lastSeq'), without('chats.*.epoch')),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const body = { content: 'Hello' };
      const { message } = await anna.ask(ofNumbered, `POST /chats/${group.id}/messages`, body);
      const { chat } = await anna.ask(ofChat, `GET /chats/${group.id}`);
      same('lastSeq', chat.lastSeq, message.seq);
      const { chats: all } = await anna.ask(ofCounted, 'GET /chats');
      same('the chat in the list', all.find(({ id }) => id === group.id)?.lastSeq, message.seq);
    },
  },
  {
    id: 'chats.unread',
    text: 'unreadCount counts the messages of others until POST /chats/{chatId}/read, and never my own.',
    faults: [...answers(one, becomes('chat.unreadCount', 0), becomes('chat.unreadCount', 2))],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const count = async (person: typeof anna) =>
        (await person.ask(ofChat, `GET /chats/${group.id}`)).chat.unreadCount;
      const before = (await boris.ask(ofChat, `GET /chats/${group.id}`)).chat;
      await boris.ask(anything, `POST /chats/${group.id}/read`, { seq: before.lastSeq });
      let seq = 0;
      for (const content of ['One', 'Two'])
        seq = (await anna.ask(ofNumbered, `POST /chats/${group.id}/messages`, { content })).message.seq;
      same('unreadCount of the reader', await count(boris), 2);
      same('unreadCount of the author', await count(anna), 0);
      await boris.ask(anything, `POST /chats/${group.id}/read`, { seq });
      same('unreadCount after reading', await count(boris), 0);
    },
  },
  {
    id: 'chats.unread-total',
    text: 'GET /chats/unread has the count of each chat and their sum as total, which POST /chats/read-all makes 0.',
    faults: [
      ...answers('GET /chats/unread', becomes('total', 1), becomes('total', 0), becomes('chats', []), without('total')),
    ],
    async check(world) {
      const [newcomer, { anna }] = [await world.newcomer(), await world.people()];
      const { chat } = await newcomer.ask(ofChat, 'POST /chats/direct', { userId: anna.id });
      for (const content of ['One', 'Two']) await anna.ask(ofNumbered, `POST /chats/${chat.id}/messages`, { content });
      const { total, chats: counts } = await newcomer.ask(unread, 'GET /chats/unread');
      const shown = counts.map(({ chatId, unreadCount }) => [chatId, unreadCount]);
      same('what is unread', [total, shown], [2, [[chat.id, 2]]]);
      await newcomer.ask(anything, 'POST /chats/read-all', {});
      same('the total after reading all', (await newcomer.ask(unread, 'GET /chats/unread')).total, 0);
    },
  },
  {
    id: 'chats.reads',
    text: 'GET /chats/{chatId}/reads has the read mark of each participant.',
    faults: [...answers('GET /chats/{id}/reads', becomes('reads', []), becomes('reads.*.seq', 0), shortened('reads'))],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { message } = await anna.ask(ofNumbered, `POST /chats/${group.id}/messages`, { content: 'Read this' });
      await boris.ask(anything, `POST /chats/${group.id}/read`, { seq: message.seq });
      const marks = (await anna.ask(reads, `GET /chats/${group.id}/reads`)).reads;
      same('the readers', marks.map(({ userId }) => userId).toSorted(), [anna.id, boris.id].toSorted());
      same('the mark', marks.find(({ userId }) => userId === boris.id)?.seq, message.seq);
    },
  },
  {
    id: 'chats.pages',
    text: 'GET /chats?limit=2 returns two chats and a cursor, which gets the others: each chat once, the newest message first.',
    faults: [...answers('GET /chats', without('cursor'), doubled('chats'), shortened('chats'))],
    async check(world) {
      const newcomer = await world.newcomer();
      const made: string[] = [];
      for (const name of ['One', 'Two', 'Three']) {
        const body = { name, participantIds: [] };
        made.unshift(
          (await newcomer.ask(z.looseObject({ group: z.looseObject({ id: z.string() }) }), 'POST /groups', body)).group
            .id,
        );
      }
      const first = await newcomer.ask(ofCounted, 'GET /chats?limit=2');
      holds('the first page', first.cursor !== undefined, 'a cursor', first);
      const second = await newcomer.ask(
        ofCounted,
        `GET /chats?limit=2&cursor=${encodeURIComponent(first.cursor ?? '')}`,
      );
      same(
        'the pages',
        [first, second].map((page) => page.chats.map(({ id }) => id)),
        [made.slice(0, 2), made.slice(2)],
      );
    },
  },
];
