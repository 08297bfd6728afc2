import { message, ofMessages } from '../../client/shapes.ts';
import { same } from '../../client/unmet.ts';
import { becomes, without } from '../../faults/changes.ts';
import { frames, handshake, leaking, lost, opens, preceded, repeated, swallowed, swapped } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';

const say = (content: string) => ({ type: 'message', content });
/** Where the messages of these checks are not in the order of sending, the server has lost it. */
const words = ['One', 'Two', 'Three', 'Four', 'Five'];

/** "WebSocket API" */
export const sockets: Requirement[] = [
  {
    id: 'sockets.open',
    text: 'A socket opens at /ws/chat/{chatId}?token={accessToken} for each participant.',
    faults: [handshake(403), handshake(404)],
    async check(world) {
      const { anna, boris, group } = await world.room();
      await anna.open(group.id);
      await boris.open(group.id);
    },
  },
  {
    id: 'sockets.authorization',
    text: 'The handshake is refused without a token, and with something that is not one.',
    faults: [opens],
    async check(world) {
      const { anna, group } = await world.room();
      await anna.handshakeRefused(`/ws/chat/${group.id}`);
      await anna.handshakeRefused(`/ws/chat/${group.id}?token=not-a-token`);
    },
  },
  {
    id: 'sockets.message.echo',
    text: 'The sender of a frame {"type":"message","content"} receives the message with its id, on the same socket.',
    faults: [swallowed(), lost('message'), ...frames({}, without('id'))],
    async check(world) {
      const { anna, group } = await world.room();
      const socket = await anna.open(group.id);
      socket.send(say('Message text'));
      await socket.find('the own message', message, { content: 'Message text' });
    },
  },
  {
    id: 'sockets.message.frame',
    text: 'A message arrives as a frame with its id, chatId, userId, userName, content, type "text" and createdAt.',
    faults: [
      ...frames(
        { content: 'Message text' },
        without('id'),
        without('chatId'),
        without('userId'),
        without('userName'),
        without('type'),
        without('createdAt'),
        becomes('id', 1),
        becomes('chatId', 'another-chat'),
        becomes('userId', 'another-user'),
        becomes('userName', 'Boris'),
        becomes('type', 'message'),
        becomes('createdAt', 'today'),
      ),
      ...frames({}, without('content')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const [annas, boriss] = [await anna.open(group.id), await boris.open(group.id)];
      annas.send(say('Message text'));
      const frame = await boriss.find('the message of somebody else', message, { content: 'Message text' });
      const { chatId, userId, userName, type } = frame;
      same(
        'the frame',
        { chatId, userId, userName, type },
        { chatId: group.id, userId: anna.id, userName: 'Anna', type: 'text' },
      );
    },
  },
  {
    id: 'sockets.message.everybody',
    text: 'Every socket in the chat receives the same message, also several of one participant.',
    faults: [
      swallowed({ socket: 0 }),
      swallowed({ socket: 1 }),
      swallowed({ socket: 2 }),
      ...frames({ socket: 1 }, becomes('id', 'another-id')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const [first, second, third] = [await anna.open(group.id), await anna.open(group.id), await boris.open(group.id)];
      first.send(say('Hello'));
      const { id } = await first.find('the message at its sender', message, { content: 'Hello' });
      for (const socket of [second, third]) {
        const received = await socket.find('the message at another socket', message, { content: 'Hello' });
        same('the id at another socket', received.id, id);
      }
    },
  },
  {
    id: 'sockets.message.once',
    text: 'A message arrives once, and nothing arrives that is not a message.',
    faults: [repeated(), preceded({ type: 'typing' }), preceded({ ok: true })],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const [annas, boriss] = [await anna.open(group.id), await boris.open(group.id)];
      for (const content of ['Hello', 'Good morning']) {
        annas.send(say(content));
        for (const socket of [annas, boriss])
          same('the next frame', (await socket.read('a frame', message)).content, content);
      }
    },
  },
  {
    id: 'sockets.message.order',
    text: 'Messages that are sent one after the other, each when the one before has come back, arrive in this order.',
    faults: [swapped({ socket: 1 }), swallowed({ content: 'Three', socket: 1 })],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const [annas, boriss] = [await anna.open(group.id), await boris.open(group.id)];
      for (const content of words) {
        annas.send(say(content));
        await annas.find('the own message', message, { content });
      }
      const received: string[] = [];
      while (received.length < words.length) received.push((await boriss.read('a message', message)).content);
      same('what arrives', received, words);
    },
  },
  {
    id: 'sockets.message.content',
    text: 'The content of a message that is sent on a socket arrives exactly as it was sent.',
    faults: [...frames({}, becomes('content', 'two spaces, two lines, שלום 👨‍👩‍👧‍👦'))],
    async check(world) {
      const { anna, group } = await world.room();
      const socket = await anna.open(group.id);
      const content = ' two  spaces,\ntwo lines, שלום 👨‍👩‍👧‍👦 ';
      socket.send(say(content));
      same('the content', (await socket.read('the own message', message)).content, content);
    },
  },
  {
    id: 'sockets.message.stored',
    text: 'A message that was sent on a socket is in GET /chats/{chatId}/messages, with the id of the frame.',
    faults: [...frames({}, becomes('id', 'another-id'))],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const socket = await anna.open(group.id);
      socket.send(say('Stored?'));
      const { id } = await socket.find('the own message', message, { content: 'Stored?' });
      const { messages } = await boris.ask(ofMessages, `GET /chats/${group.id}/messages?limit=100`);
      same(
        'the ids of the stored messages',
        messages.filter(({ content }) => content === 'Stored?').map((one) => one.id),
        [id],
      );
    },
  },
  {
    id: 'sockets.message.one-chat',
    text: 'A socket receives the messages of its own chat only.',
    faults: [leaking],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const body = { name: 'Another', participantIds: [boris.id] };
      const answer = await anna.send('POST /groups', { body });
      const { id } = (answer.body as { group: { id: string } }).group;
      const [here, there] = [await boris.open(group.id), await boris.open(id)];
      here.send(say('Here'));
      await here.find('the message', message, { content: 'Here' });
      there.send(say('There'));
      same('the first frame in the other chat', (await there.read('a message', message)).content, 'There');
    },
  },
  {
    id: 'sockets.message.after-join',
    text: 'Somebody who has joined with the invite code opens a socket, and both sides receive messages.',
    faults: [swallowed({ content: 'Welcome' }), swallowed({ content: 'Thank you' }), handshake(403)],
    async check(world) {
      const { anna, eve, group } = await world.room();
      await eve.send('POST /groups/join', { body: { inviteCode: group.inviteCode } });
      const [annas, eves] = [await anna.open(group.id), await eve.open(group.id)];
      annas.send(say('Welcome'));
      await eves.find('the message to the newcomer', message, { content: 'Welcome' });
      eves.send(say('Thank you'));
      await annas.find('the message of the newcomer', message, { content: 'Thank you' });
    },
  },
];
