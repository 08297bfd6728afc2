import type { Person } from '../../client/person.ts';
import { meeting, ofAnswer, ofSuggestions, success } from '../../client/shapes.ts';
import { holds, Skipped, same } from '../../client/unmet.ts';
import type { World } from '../../client/world.ts';
import { becomes, without } from '../../faults/changes.ts';
import { accepts, answers, answersWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';

const asking = 'POST /ai/ask';
const suggesting = 'GET /ai/suggestions';
const creating = 'POST /google/meet/create';

/** Skips the requirement if the operator has not set the assistant up, which only our servers say. */
async function needsAssistant(person: Person, chatId: string): Promise<void> {
  const { status, body } = await person.send(`${suggesting}?chatId=${chatId}`);
  if (status === 503 && JSON.stringify(body).includes('assistant_not_configured'))
    throw new Skipped('the assistant is not set up on this server');
}

async function linked(world: World): Promise<Person> {
  const token = world.googleToken();
  const { anna } = await world.people();
  await anna.ask(success, 'POST /auth/gmail/token', { token });
  return anna;
}

/** "AI" */
export const assistant: Requirement[] = [
  {
    id: 'ai.ask.authorization',
    text: 'POST /ai/ask is refused without an access token.',
    faults: [accepts(asking)],
    async check(world) {
      const { group } = await world.room();
      await world.stranger().refused(asking, { body: { chatId: group.id, question: 'Hills or lake?' } });
    },
  },
  {
    id: 'ai.ask.message',
    text: 'POST /ai/ask returns the answer as a message: id, chatId, userId, content, type "ai", createdAt.',
    faults: [
      answersWith(asking, 503),
      ...answers(
        asking,
        without('message'),
        without('message.id'),
        without('message.chatId'),
        without('message.userId'),
        without('message.content'),
        without('message.type'),
        without('message.createdAt'),
        becomes('message.chatId', 'another-chat'),
        becomes('message.type', 'text'),
        becomes('message.content', ''),
        becomes('message.createdAt', 'today'),
      ),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      await needsAssistant(anna, group.id);
      const body = { chatId: group.id, question: 'Hills or lake?' };
      const { message } = await anna.askTwice(ofAnswer, asking, body);
      same('the chat of the answer', message.chatId, group.id);
      holds('the content of the answer', message.content !== '', 'a text', message);
    },
  },
  {
    id: 'ai.ask.author',
    text: 'POST /ai/ask returns a message of the assistant, whose userId is not that of a participant and always the same.',
    faults: [
      {
        what: 'POST /ai/ask: the answer has the id of the caller',
        begin() {
          let caller = '';
          return {
            answer(answer, { path }) {
              const { group, message } = answer.body as { group?: { participantIds: string[] }; message?: object };
              if (path === '/groups') caller = group?.participantIds[0] ?? '';
              return path === '/ai/ask' ? { ...answer, body: { message: { ...message, userId: caller } } } : answer;
            },
          };
        },
      },
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      await needsAssistant(anna, group.id);
      const body = { chatId: group.id, question: 'Hills or lake?' };
      const first = (await anna.askTwice(ofAnswer, asking, body)).message.userId;
      const second = (await boris.askTwice(ofAnswer, asking, body)).message.userId;
      holds('userId', !group.participantIds.includes(first), 'another id than those of the participants', first);
      same('userId of the second answer', second, first);
    },
  },
  {
    id: 'ai.ask.metadata',
    text: 'The metadata of an answer about a meeting are absent or have a boolean suggestMeet and a URL as meetUrl.',
    faults: [
      ...answers(
        asking,
        becomes('message.metadata', { suggestMeet: 'yes' }),
        becomes('message.metadata', { meetUrl: 'not a URL' }),
        becomes('message.metadata', []),
      ),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      await needsAssistant(anna, group.id);
      await anna.askTwice(ofAnswer, asking, { chatId: group.id, question: 'Should we meet for a call?' });
    },
  },
  {
    id: 'ai.ask.validates',
    text: 'POST /ai/ask refuses a body without a question or without a chatId.',
    faults: [accepts(asking)],
    async check(world) {
      const { anna, group } = await world.room();
      await anna.refused(asking, { body: { chatId: group.id } });
      await anna.refused(asking, { body: { question: 'Hills or lake?' } });
    },
  },
  {
    id: 'ai.suggestions.authorization',
    text: 'GET /ai/suggestions is refused without an access token.',
    faults: [accepts(suggesting)],
    async check(world) {
      const { group } = await world.room();
      await world.stranger().refused(`${suggesting}?chatId=${group.id}`);
    },
  },
  {
    id: 'ai.suggestions.list',
    text: 'GET /ai/suggestions?chatId= returns a list: id, chatId, userId, content, type "ai", createdAt of each.',
    faults: [
      answersWith(suggesting, 503),
      ...answers(
        suggesting,
        without('suggestions'),
        becomes('suggestions', {}),
        becomes('suggestions', [{ id: 'a', chatId: 'b', userId: 'c', content: 'd', type: 'ai' }]),
        without('suggestions.*.id'),
        without('suggestions.*.chatId'),
        without('suggestions.*.userId'),
        without('suggestions.*.content'),
        becomes('suggestions.*.type', 'text'),
        becomes('suggestions.*.chatId', 'another-chat'),
      ),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      await needsAssistant(anna, group.id);
      await anna.send(`POST /chats/${group.id}/messages`, { body: { content: 'Hills or lake?' } });
      const { suggestions } = await anna.askTwice(ofSuggestions, `${suggesting}?chatId=${group.id}`);
      for (const { chatId } of suggestions) same('the chat of a suggestion', chatId, group.id);
    },
  },
  {
    id: 'google.meet.authorization',
    text: 'POST /google/meet/create is refused without an access token.',
    faults: [accepts(creating)],
    async check(world) {
      await world.stranger().refused(creating, { body: {} });
    },
  },
  {
    id: 'google.meet.url',
    text: 'POST /google/meet/create with an empty object returns the URL of a meeting as meetUrl.',
    faults: [
      answersWith(creating, 409),
      ...answers(creating, without('meetUrl'), becomes('meetUrl', ''), becomes('meetUrl', 'https://example.com/x')),
    ],
    async check(world) {
      const { meetUrl } = await (await linked(world)).askTwice(meeting, creating, {});
      holds('meetUrl', meetUrl.startsWith('https://meet.google.com/'), 'a URL at https://meet.google.com/', meetUrl);
    },
  },
];
