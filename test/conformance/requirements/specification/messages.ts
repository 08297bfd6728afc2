import { ofMessage, ofMessages } from '../../client/shapes.ts';
import { holds, same } from '../../client/unmet.ts';
import { becomes, doubled, shortened, without } from '../../faults/changes.ts';
import { accepts, answers, answersWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';

const sending = 'POST /chats/{id}/messages';
const listing = 'GET /chats/{id}/messages';
/** What a keyboard can make: line breaks, emoji, right-to-left text, quotes. */
const wild = '  two  spaces,\n\na line, 👨‍👩‍👧‍👦 é שלום "quotes" \\ <b>&amp;</b>  ';

/** "GET" and "POST /chats/{chatId}/messages" */
export const messages: Requirement[] = [
  {
    id: 'messages.send.authorization',
    text: 'POST /chats/{chatId}/messages is refused without an access token.',
    faults: [accepts(sending)],
    async check(world) {
      const { anna, group } = await world.room();
      await anna.refused(`POST /chats/${group.id}/messages`, { body: { content: 'Hello' }, token: '' });
    },
  },
  {
    id: 'messages.send.message',
    text: 'POST /chats/{chatId}/messages returns the message: id, chatId, userId, userName, content, type "text", createdAt.',
    faults: [
      answersWith(sending, 403),
      ...answers(
        sending,
        without('message'),
        without('message.id'),
        without('message.chatId'),
        without('message.userId'),
        without('message.userName'),
        without('message.content'),
        without('message.type'),
        without('message.createdAt'),
        becomes('message.id', 1),
        becomes('message.chatId', 'another-chat'),
        becomes('message.userId', 'another-user'),
        becomes('message.userName', 'Boris'),
        becomes('message.type', 'ai'),
        becomes('message.createdAt', '2024-01-01 00:00:00'),
      ),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const { message } = await anna.ask(ofMessage, `POST /chats/${group.id}/messages`, { content: 'Message text' });
      const { chatId, userId, userName, content, type } = message;
      same(
        'the message',
        { chatId, userId, userName, content, type },
        { chatId: group.id, userId: anna.id, userName: 'Anna', content: 'Message text', type: 'text' },
      );
    },
  },
  {
    id: 'messages.send.content',
    text: 'The content of a message comes back exactly as it was sent, when it is sent and when it is read.',
    faults: [
      ...answers(sending, becomes('message.content', wild.trim())),
      ...answers(listing, becomes('messages.*.content', wild.normalize('NFD'))),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const path = `/chats/${group.id}/messages`;
      const { message } = await anna.ask(ofMessage, `POST ${path}`, { content: wild });
      same('the content in the answer', message.content, wild);
      const read = await boris.ask(ofMessages, `GET ${path}?limit=100`);
      same('the content in the list', read.messages.find(({ id }) => id === message.id)?.content, wild);
    },
  },
  {
    id: 'messages.send.validates',
    text: 'POST /chats/{chatId}/messages refuses a body without content, with an empty one, and with one that is not a text.',
    faults: [accepts(sending)],
    async check(world) {
      const { anna, group } = await world.room();
      for (const body of [{}, { content: '' }, { content: 7 }, { content: ['a'] }])
        await anna.refused(`POST /chats/${group.id}/messages`, { body });
    },
  },
  {
    id: 'messages.list.authorization',
    text: 'GET /chats/{chatId}/messages is refused without an access token.',
    faults: [accepts(listing)],
    async check(world) {
      const { anna, group } = await world.room();
      await anna.refused(`GET /chats/${group.id}/messages?limit=100`, { token: '' });
    },
  },
  {
    id: 'messages.list.message',
    text: 'GET /chats/{chatId}/messages has each message as it was returned when it was sent, for every participant.',
    faults: [
      answersWith(listing, 403),
      ...answers(
        listing,
        without('messages'),
        without('messages.*.id'),
        without('messages.*.chatId'),
        without('messages.*.userId'),
        without('messages.*.userName'),
        without('messages.*.content'),
        without('messages.*.type'),
        without('messages.*.createdAt'),
        becomes('messages.*.userId', 'another-user'),
        becomes('messages.*.type', 'ai'),
        becomes('messages.*.createdAt', '2024-01-01T00:00:00Z'),
        becomes('messages', []),
      ),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { message } = await anna.ask(ofMessage, `POST /chats/${group.id}/messages`, { content: 'Hello' });
      const { id, chatId, userId, userName, content, type, createdAt } = message;
      for (const person of [anna, boris]) {
        const list = await person.ask(ofMessages, `GET /chats/${group.id}/messages?limit=100`);
        const found = list.messages.find((one) => one.id === id);
        const expected = { id, chatId, userId, userName, content, type, createdAt };
        const shown = found && Object.fromEntries(Object.keys(expected).map((key) => [key, found[key]]));
        same('the message in the list', shown, expected);
      }
    },
  },
  {
    id: 'messages.list.types',
    text: 'The type of every listed message is "text", "ai" or "system", and its metadata have the right types.',
    faults: [
      ...answers(
        listing,
        becomes('messages.*.type', 'image'),
        becomes('messages.*.metadata', { meetUrl: 'not a URL' }),
        becomes('messages.*.metadata', { suggestMeet: 'yes' }),
        becomes('messages.*.metadata', null),
      ),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      await anna.ask(ofMessage, `POST /chats/${group.id}/messages`, { content: 'Hello' });
      await anna.ask(ofMessages, `GET /chats/${group.id}/messages?limit=100`);
    },
  },
  {
    id: 'messages.list.limit',
    text: 'GET /chats/{chatId}/messages?limit=2 returns two messages at most, and more of them with a higher limit.',
    faults: [...answers(listing, doubled('messages'), shortened('messages'), becomes('messages', []))],
    async check(world) {
      const { anna, group } = await world.room();
      const path = `/chats/${group.id}/messages`;
      const sent: string[] = [];
      for (const content of ['One', 'Two', 'Three'])
        sent.push((await anna.ask(ofMessage, `POST ${path}`, { content })).message.id);
      const two = await anna.ask(ofMessages, `GET ${path}?limit=2`);
      same('the number of messages with limit=2', two.messages.length, 2);
      const all = (await anna.ask(ofMessages, `GET ${path}?limit=100`)).messages.map(({ id }) => id);
      holds(
        'the messages with limit=100',
        sent.every((id) => all.includes(id)),
        'all three that were sent',
        all,
      );
    },
  },
  {
    id: 'messages.list.once',
    text: 'GET /chats/{chatId}/messages has each message once, under an id of its own.',
    faults: [...answers(listing, doubled('messages')), ...answers(sending, becomes('message.id', 'the-same'))],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const path = `/chats/${group.id}/messages`;
      const sent = await Promise.all(
        [anna, boris].map((person) => person.ask(ofMessage, `POST ${path}`, { content: 'The same text' })),
      );
      const ids = sent.map(({ message }) => message.id).toSorted();
      const list = await anna.ask(ofMessages, `GET ${path}?limit=100`);
      const listed = list.messages.filter(({ content }) => content === 'The same text').map(({ id }) => id);
      same('the ids of the two messages', listed.toSorted(), [...new Set(ids)]);
      same('how often each id is listed', list.messages.length, new Set(list.messages.map(({ id }) => id)).size);
    },
  },
];
