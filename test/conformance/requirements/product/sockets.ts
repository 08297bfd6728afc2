import type { Person } from '../../client/person.ts';
import { holds, same } from '../../client/unmet.ts';
import { becomes, without } from '../../faults/changes.ts';
import { frames, handshake, lost, repeated, swallowed, swapped } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { changedFrame, errorFrame, frame, numbered, ofNumbered, page, syncedFrame } from './shapes.ts';

const send = async (person: Person, chatId: string, content: string) =>
  (await person.ask(ofNumbered, `POST /chats/${chatId}/messages`, { content })).message;

/** "WebSocket" in docs/api.md */
export const sockets: Requirement[] = [
  {
    id: 'sockets.rest',
    text: 'A message that was sent over REST arrives on the sockets of the chat, with the id and the number of the answer.',
    faults: [swallowed(), ...frames({}, becomes('seq', 1), without('seq'), becomes('id', 'another-id'))],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const socket = await boris.open(group.id);
      const { id, seq } = await send(anna, group.id, 'Hello');
      const received = await socket.read('the message', numbered);
      same('the frame', [received.id, received.seq], [id, seq]);
    },
  },
  {
    id: 'sockets.refused',
    text: 'A handshake is refused with 401 for a wrong token, 403 in a chat of others, and 404 at another path.',
    faults: [handshake(400), handshake(403), handshake(101)],
    async check(world) {
      const { eve, group } = await world.room();
      const token = `token=${eve.account.accessToken}`;
      const statuses = [
        await eve.handshakeRefused(`/ws/chat/${group.id}?token=not-a-token`),
        await eve.handshakeRefused(`/ws/chat/${group.id}?${token}`),
        await eve.handshakeRefused(`/ws/rooms/${group.id}?${token}`),
      ];
      same('the statuses', statuses, [401, 403, 404]);
    },
  },
  {
    id: 'sockets.ping',
    text: 'A frame {"type":"ping"} is answered with {"type":"pong"}.',
    faults: [lost('ping'), swallowed({ type: 'pong' }), ...frames({ type: 'pong' }, becomes('type', 'ping'))],
    async check(world) {
      const { anna, group } = await world.room();
      const socket = await anna.open(group.id);
      socket.send({ type: 'ping' });
      same('the answer', await socket.next('the answer to a ping'), { type: 'pong' });
    },
  },
  {
    id: 'sockets.error',
    text: 'A wrong frame is answered with {"type":"error"}, a code and the clientId, and the socket stays open.',
    faults: [
      swallowed({ type: 'error' }),
      ...frames({ type: 'error' }, without('code'), becomes('code', 'internal'), without('message')),
      ...frames({ type: 'error', code: 'invalid_input' }, without('clientId')),
      swallowed({ type: 'pong' }),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const socket = await anna.open(group.id);
      const clientId = world.newId();
      socket.send({ type: 'message', content: '', clientId });
      const refusal = await socket.read('the refusal', errorFrame);
      same('the refusal', [refusal.code, refusal.clientId], ['invalid_input', clientId]);
      socket.send({ type: 'no-such-type' });
      same('the code', (await socket.read('the refusal of an unknown type', errorFrame)).code, 'unknown_type');
      socket.send('not JSON');
      same('the code', (await socket.read('the refusal of what is not JSON', errorFrame)).code, 'malformed_json');
      socket.send({ type: 'ping' });
      await socket.find('the answer to a ping', frame, { type: 'pong' });
    },
  },
  {
    id: 'sockets.client-id',
    text: 'A message that is sent again on a socket with its clientId comes back as it was stored, also if it was sent over REST.',
    faults: [...frames({}, without('clientId'), becomes('id', 'another-id'), becomes('seq', 3)), swallowed()],
    async check(world) {
      const { anna, group } = await world.room();
      const draft = { content: 'Once', clientId: world.newId() };
      const { message } = await anna.ask(ofNumbered, `POST /chats/${group.id}/messages`, draft);
      const socket = await anna.open(group.id);
      socket.send({ type: 'message', ...draft });
      const back = await socket.read('the message', numbered);
      same('the message', [back.id, back.seq, back.clientId], [message.id, message.seq, draft.clientId]);
      const { messages } = await anna.ask(page, `GET /chats/${group.id}/messages`);
      same(
        'the stored messages',
        messages.map(({ seq }) => seq),
        [1, 2],
      );
    },
  },
  {
    id: 'sockets.sync',
    text: 'After a drop, sync returns the messages after a number in order, then synced with the number of the last.',
    faults: [
      swallowed({ content: 'Second' }),
      swapped({ type: 'text' }),
      repeated({ content: 'Third' }),
      swallowed({ type: 'synced' }),
      ...frames({ type: 'synced' }, without('seq'), becomes('seq', 2)),
      lost('sync'),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const before = await boris.open(group.id);
      const first = await send(anna, group.id, 'First');
      await before.read('the first message', numbered);
      before.close();
      await before.closed('the closed socket');
      await send(anna, group.id, 'Second');
      await send(anna, group.id, 'Third');
      const after = await boris.open(group.id);
      after.send({ type: 'sync', after: first.seq });
      const missed = [await after.read('a missed message', numbered), await after.read('a missed message', numbered)];
      same(
        'what was missed',
        missed.map(({ content }) => content),
        ['Second', 'Third'],
      );
      const { seq } = await after.read('the end of the answer', syncedFrame);
      same('synced.seq', seq, missed.at(-1)?.seq);
    },
  },
  {
    id: 'sockets.sync-changes',
    text: 'sync with rev and epoch returns messages that changed meanwhile as changed frames, before synced.',
    faults: [
      swallowed({ type: 'changed' }),
      ...frames({ type: 'changed' }, without('message'), becomes('message.content', 'Hello')),
      ...frames({ type: 'synced' }, without('rev'), without('head'), without('epoch')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { id, seq } = await send(anna, group.id, 'Hello');
      const { rev, epoch } = await boris.ask(page, `GET /chats/${group.id}/messages`);
      await anna.ask(ofNumbered, `PATCH /chats/${group.id}/messages/${id}`, { content: 'Good morning' });
      const socket = await boris.open(group.id);
      socket.send({ type: 'sync', after: seq, rev, epoch });
      const { message } = await socket.read('the change', changedFrame.partial({ rev: true }));
      same('the message', [message.id, message.content], [id, 'Good morning']);
      const synced = await socket.read('the end of the answer', syncedFrame);
      holds('synced', typeof synced.rev === 'number', 'a number rev', synced);
      same('head and epoch of synced', [synced.head, synced.epoch], [rev + 1, epoch]);
    },
  },
];
