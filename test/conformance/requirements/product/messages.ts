import type { Person } from '../../client/person.ts';
import { anything, ofAnswer } from '../../client/shapes.ts';
import { Skipped, same } from '../../client/unmet.ts';
import { becomes, doubled, shortened, turned, without } from '../../faults/changes.ts';
import { accepts, answers, answersWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { refused } from './refused.ts';
import { ofNumbered, page } from './shapes.ts';

const sending = 'POST /chats/{id}/messages';
const listing = 'GET /chats/{id}/messages';

const send = async (person: Person, chatId: string, body: { content: string; clientId?: string; replyToId?: string }) =>
  (await person.ask(ofNumbered, `POST /chats/${chatId}/messages`, body)).message;

/** Numbers, pages and repeated requests: "A client that loses nothing" in docs/api.md */
export const messages: Requirement[] = [
  {
    id: 'messages.numbers',
    text: 'Messages have the numbers 1, 2, 3... in their chat, the same in the answer and in the list, which is in their order.',
    faults: [
      ...answers(sending, without('message.seq'), becomes('message.seq', 1)),
      ...answers(
        listing,
        without('messages.*.seq'),
        becomes('messages.*.seq', 1),
        turned('messages'),
        shortened('messages'),
      ),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const sent = [
        await send(anna, group.id, { content: 'Hills or lake?' }),
        await send(boris, group.id, { content: 'Lake!' }),
        await send(anna, group.id, { content: 'Saturday?' }),
      ].map(({ seq }) => seq);
      const listed = (await anna.ask(page, `GET /chats/${group.id}/messages`)).messages.map(({ seq }) => seq);
      same('the numbers in the list', listed, [1, 2, 3, 4]);
      same('the numbers in the answers', sent, [2, 3, 4]);
    },
  },
  {
    id: 'messages.numbers-in-parallel',
    text: 'Messages that are sent at the same moment have numbers of their own, by which the list is ordered.',
    faults: [...answers(listing, doubled('messages'), becomes('messages.*.seq', 3), turned('messages'))],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const bodies = [{ content: 'One' }, { content: 'Two' }];
      await Promise.all(bodies.flatMap((body) => [anna, boris].map((person) => send(person, group.id, body))));
      const listed = (await anna.ask(page, `GET /chats/${group.id}/messages`)).messages.map(({ seq }) => seq);
      // A number may be left out: a function that meets another one takes the next.
      same(
        'the numbers in the list',
        listed,
        [...new Set(listed)].sort((a, b) => a - b),
      );
      same('how many there are', listed.length, 5);
    },
  },
  {
    id: 'messages.times',
    text: 'createdAt never decreases with the number.',
    faults: [
      {
        what: `${listing}: the times are in the opposite order`,
        begin: () => ({
          answer(answer, { method }) {
            const { messages: all } = answer.body as { messages?: { createdAt: string }[] };
            if (method !== 'GET' || !all) return answer;
            const times = all.map(({ createdAt }) => createdAt).reverse();
            return {
              ...answer,
              body: { ...(answer.body as object), messages: all.map((one, n) => ({ ...one, createdAt: times[n] })) },
            };
          },
        }),
      },
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      for (const person of [anna, boris]) await send(person, group.id, { content: 'Hello' });
      const times = (await anna.ask(page, `GET /chats/${group.id}/messages`)).messages.map(
        ({ createdAt }) => createdAt,
      );
      same('the times', times, times.toSorted());
    },
  },
  {
    id: 'messages.pages',
    text: 'after= returns the messages above a number, before= the newest ones below it; both oldest first.',
    faults: [
      ...answers(listing, turned('messages'), shortened('messages'), doubled('messages'), becomes('messages', [])),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      for (const content of ['Two', 'Three', 'Four']) await send(anna, group.id, { content });
      const numbers = async (query: string) =>
        (await anna.ask(page, `GET /chats/${group.id}/messages?${query}`)).messages.map(({ seq }) => seq);
      same('after=1&limit=2', await numbers('after=1&limit=2'), [2, 3]);
      same('before=4&limit=2', await numbers('before=4&limit=2'), [2, 3]);
      same('the newest page', await numbers('limit=2'), [3, 4]);
      same('around=3&limit=3', await numbers('around=3&limit=3'), [2, 3, 4]);
    },
  },
  {
    id: 'messages.reply',
    text: 'A reply has a quote of the message in replyTo; one to an unknown message is refused with 422 unknown_reply.',
    faults: [
      ...answers(sending, without('message.replyTo'), becomes('message.replyTo.content', 'Another text')),
      accepts(sending),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { id, content } = await send(anna, group.id, { content: 'Hills or lake?' });
      const { replyTo } = await send(boris, group.id, { content: 'Lake!', replyToId: id });
      same('the quote', [replyTo?.messageId, replyTo?.content, replyTo?.userId], [id, content, anna.id]);
      const body = { content: 'What?', replyToId: world.newId() };
      await refused(boris, [422, 'unknown_reply'], `POST /chats/${group.id}/messages`, { body });
    },
  },
  {
    id: 'messages.assistant',
    text: "The assistant's answer is stored in the chat, with a number, the question and who asked.",
    faults: [
      ...answers(
        listing,
        shortened('messages'),
        becomes('messages.*.type', 'text'),
        without('messages.*.metadata.question'),
        becomes('messages.*.metadata.askedBy', 'another-user'),
      ),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const body = { chatId: group.id, question: 'Hills or lake?' };
      const { status } = await anna.send(`GET /ai/suggestions?chatId=${group.id}`);
      if (status === 503) throw new Skipped('the assistant is not set up on this server');
      const { message } = await anna.askTwice(ofAnswer, 'POST /ai/ask', body);
      const { messages: listed } = await boris.ask(page, `GET /chats/${group.id}/messages`);
      const { id, seq, type, metadata } = listed.at(-1) ?? {};
      same(
        'the newest message',
        [id, seq, type, metadata?.question, metadata?.askedBy],
        [message.id, 2, 'ai', body.question, anna.id],
      );
    },
  },
  {
    id: 'messages.reserved-content',
    text: 'Content in which nothing can be seen is refused with 400 invalid_input, and a content of 4,000 characters is not.',
    faults: [accepts(sending), answersWith(sending, 413)],
    async check(world) {
      const { anna, group } = await world.room();
      const line = `POST /chats/${group.id}/messages`;
      await refused(anna, [400, 'invalid_input'], line, { body: { content: ' \n\u200b' } });
      await anna.ask(anything, line, { content: 'ж'.repeat(4000) });
    },
  },
];
