import type { Person } from '../../client/person.ts';
import { anything } from '../../client/shapes.ts';
import { same } from '../../client/unmet.ts';
import { becomes, without } from '../../faults/changes.ts';
import { frames, handshake, lost, preceded, staysOpen, swallowed } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { changedFrame, numbered, ofNumbered } from './shapes.ts';

const send = async (person: Person, chatId: string, content: string) =>
  (await person.ask(ofNumbered, `POST /chats/${chatId}/messages`, { content })).message;

/** Live frames in docs/api.md */
export const live: Requirement[] = [
  {
    id: 'sockets.plain',
    text: 'Without events=1 nothing but messages arrives: no changes, no read marks, no typing.',
    faults: [preceded({ type: 'typing' }), preceded({ type: 'changed' })],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const [annas, boriss] = [await anna.open(group.id), await boris.open(group.id)];
      const { id, seq } = await send(anna, group.id, 'Hello');
      await annas.read('the message', numbered);
      await boriss.read('the message', numbered);
      annas.send({ type: 'typing' });
      await anna.ask(ofNumbered, `PATCH /chats/${group.id}/messages/${id}`, { content: 'Good morning' });
      await boris.ask(anything, `POST /chats/${group.id}/read`, { seq });
      await send(boris, group.id, 'The next');
      for (const socket of [annas, boriss])
        same('the next frame', (await socket.read('the next frame', numbered)).content, 'The next');
    },
  },
  {
    id: 'sockets.changed',
    text: 'With events=1 a change arrives as {"type":"changed","chatId","rev","message"}, with the next rev.',
    faults: [
      swallowed({ type: 'changed' }),
      ...frames(
        { type: 'changed' },
        without('rev'),
        without('message'),
        becomes('message.content', 'Hello'),
        becomes('rev', 7),
      ),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const socket = await boris.open(group.id, '&events=1');
      const { id } = await send(anna, group.id, 'Hello');
      const revs: number[] = [];
      for (const content of ['Good morning', 'Good evening']) {
        await anna.ask(ofNumbered, `PATCH /chats/${group.id}/messages/${id}`, { content });
        const { message, rev } = await socket.find('the change', changedFrame, { type: 'changed', chatId: group.id });
        same('the message', [message.id, message.content], [id, content]);
        revs.push(rev);
      }
      same('the numbers of the changes', revs, [1, 2]);
    },
  },
  {
    id: 'sockets.typing',
    text: 'With events=1 the others get {"type":"typing","chatId","userId"} of a participant who is writing.',
    faults: [
      swallowed({ type: 'typing' }),
      lost('typing'),
      ...frames({ type: 'typing' }, becomes('userId', 'another')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const [annas, boriss] = [await anna.open(group.id, '&events=1'), await boris.open(group.id, '&events=1')];
      annas.send({ type: 'typing' });
      const typing = { type: 'typing', chatId: group.id, userId: anna.id };
      same('the frame', await boriss.find('who is writing', anything, { type: 'typing' }), typing);
    },
  },
  {
    id: 'sockets.read',
    text: 'With events=1 the author gets {"type":"read","chatId","userId","seq"} when a participant has read the message.',
    faults: [
      swallowed({ type: 'read' }),
      ...frames({ type: 'read' }, becomes('seq', 0), becomes('userId', 'another'), without('chatId')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const socket = await anna.open(group.id, '&events=1');
      const { seq } = await send(anna, group.id, 'Hello');
      await boris.ask(anything, `POST /chats/${group.id}/read`, { seq });
      const read = { type: 'read', chatId: group.id, userId: boris.id, seq };
      same('the frame', await socket.find('the read mark', anything, { type: 'read' }), read);
    },
  },
  {
    id: 'sockets.removed',
    text: 'The server closes the sockets of a removed member, who then cannot open another: 403.',
    faults: [staysOpen, handshake(101)],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const socket = await boris.open(group.id);
      await anna.ask(anything, `DELETE /groups/${group.id}/members/${boris.id}`);
      await socket.closed('the socket of the removed member');
      const path = `/ws/chat/${group.id}?token=${boris.account.accessToken}`;
      same('the status of the next handshake', await boris.handshakeRefused(path), 403);
    },
  },
];
