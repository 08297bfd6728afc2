import type { Person } from '../../client/person.ts';
import { anything, ofGroup } from '../../client/shapes.ts';
import type { Socket } from '../../client/socket.ts';
import { same } from '../../client/unmet.ts';
import { becomes, without } from '../../faults/changes.ts';
import { frames, handshake, lost, repeated, swallowed } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { changedFrame, errorFrame, frame, numbered, ofNumbered, syncedFrame } from './shapes.ts';

const inboxOf = (person: Person): Promise<Socket> => person.openAt(`/ws/inbox?token=${person.account.accessToken}`);

const send = (person: Person, chatId: string, content: string) =>
  person.ask(ofNumbered, `POST /chats/${chatId}/messages`, { content });

/** "Inbox" in docs/api.md. An inbox may get a frame twice, and those of the user's other chats. */
export const inbox: Requirement[] = [
  {
    id: 'inbox.messages',
    text: 'One socket at /ws/inbox receives the messages of all my chats, also of those that I join while it is open.',
    faults: [
      handshake(404),
      swallowed({ content: 'In the first' }),
      swallowed({ content: 'In the second' }),
      ...frames({ content: 'In the second' }, without('chatId')),
    ],
    async check(world) {
      const { anna, eve, group } = await world.room();
      const other = (await anna.ask(ofGroup, 'POST /groups', { name: 'Another', participantIds: [] })).group;
      await eve.ask(ofGroup, 'POST /groups/join', { inviteCode: group.inviteCode });
      const socket = await inboxOf(eve);
      await eve.ask(ofGroup, 'POST /groups/join', { inviteCode: other.inviteCode });
      await send(anna, group.id, 'In the first');
      await send(anna, other.id, 'In the second');
      const find = async (content: string) => (await socket.find(content, numbered, { content })).chatId;
      const [first, second] = [await find('In the first'), await find('In the second')];
      same('the chats', [first, second], [group.id, other.id]);
    },
  },
  {
    id: 'inbox.send',
    text: 'A frame on an inbox names its chat: the message comes back; without chatId it is refused with invalid_input.',
    faults: [
      lost('message'),
      swallowed({ type: 'error' }),
      ...frames({ type: 'error' }, becomes('code', 'not_a_participant')),
      ...frames({ content: 'Hello' }, becomes('chatId', 'another-chat')),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const socket = await inboxOf(anna);
      socket.send({ type: 'message', content: 'Hello', chatId: group.id });
      const { chatId } = await socket.find('the message', numbered, { content: 'Hello' });
      same('its chat', chatId, group.id);
      socket.send({ type: 'message', content: 'Hello' });
      const { code } = await socket.find('the refusal', errorFrame, { type: 'error' });
      same('the code', code, 'invalid_input');
    },
  },
  {
    id: 'inbox.chat',
    text: 'An inbox gets {"type":"chat","chatId"} when its user is added to a group.',
    faults: [swallowed({ type: 'chat' }), ...frames({ type: 'chat' }, without('chatId'))],
    async check(world) {
      const { anna, boris } = await world.people();
      const socket = await inboxOf(boris);
      const body = { name: 'Weekend', participantIds: [boris.id] };
      const { group } = await anna.ask(ofGroup, 'POST /groups', body);
      await socket.find('the new chat', frame, { type: 'chat', chatId: group.id });
    },
  },
  {
    id: 'inbox.removed',
    text: 'An inbox gets {"type":"chat.removed","chatId"} when its user is removed, and stays open.',
    faults: [
      swallowed({ type: 'chat.removed' }),
      swallowed({ type: 'pong' }),
      ...frames({ type: 'chat.removed' }, without('chatId')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const socket = await inboxOf(boris);
      await anna.ask(anything, `DELETE /groups/${group.id}/members/${boris.id}`);
      await socket.find('the removal', frame, { type: 'chat.removed', chatId: group.id });
      socket.send({ type: 'ping' });
      await socket.find('the answer to a ping', frame, { type: 'pong' });
    },
  },
  {
    id: 'inbox.changed',
    text: 'An inbox gets the changes of all my chats.',
    faults: [
      swallowed({ type: 'changed' }),
      ...frames({ type: 'changed' }, without('rev'), becomes('message.content', 'Hello')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { id } = (await send(anna, group.id, 'Hello')).message;
      const socket = await inboxOf(boris);
      await anna.ask(ofNumbered, `PATCH /chats/${group.id}/messages/${id}`, { content: 'Good morning' });
      const { message } = await socket.find('the change', changedFrame, { type: 'changed', chatId: group.id });
      same('the text', message.content, 'Good morning');
    },
  },
  {
    id: 'inbox.sync',
    text: 'sync on an inbox returns the missed messages of one chat in order, then synced with its chatId.',
    faults: [
      lost('sync'),
      swallowed({ content: 'First' }),
      repeated({ content: 'Second' }),
      ...frames({ type: 'synced' }, without('chatId'), becomes('seq', 1)),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      for (const content of ['First', 'Second']) await send(anna, group.id, content);
      const socket = await inboxOf(boris);
      socket.send({ type: 'sync', chatId: group.id, after: 1 });
      const inChat = { chatId: group.id };
      const texts: string[] = [];
      for (let n = 0; n < 2; n++) texts.push((await socket.find('a missed message', numbered, inChat)).content);
      same('what was missed', texts, ['First', 'Second']);
      const { seq } = await socket.find('the end of the answer', syncedFrame, inChat);
      same('synced.seq', seq, 3);
    },
  },
];
