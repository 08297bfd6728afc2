import { randomUUID } from 'node:crypto';
import type { Person } from '../../client/person.ts';
import type { Answer } from '../../client/transport.ts';
import { holds, same } from '../../client/unmet.ts';
import { becomes, doubled, turned, without } from '../../faults/changes.ts';
import { accepts, answers, header, refusals, refusesWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { refused } from './refused.ts';
import { ofNumbered, page } from './shapes.ts';

const sending = 'POST /chats/{id}/messages';
const listing = 'GET /chats/{id}/messages';

const send = async (person: Person, chatId: string, body: { content: string; clientId?: string; replyToId?: string }) =>
  (await person.ask(ofNumbered, `POST /chats/${chatId}/messages`, body)).message;

/** "Send with a clientId" in docs/api.md, and how often */
export const clientIds: Requirement[] = [
  {
    id: 'messages.client-id',
    text: 'A message that is sent again with its clientId comes back as it was stored, and is stored once.',
    faults: [
      ...answers(sending, without('message.clientId')),
      ...answers(listing, doubled('messages')),
      {
        what: `${sending}: each answer has another message`,
        begin: () => ({
          answer: (answer, { method, path }) =>
            method === 'POST' && path.endsWith('/messages')
              ? { ...answer, body: { message: { ...(answer.body as { message: object }).message, id: randomUUID() } } }
              : answer,
        }),
      },
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const body = { content: 'Once', clientId: world.newId() };
      const [first, second] = [await send(anna, group.id, body), await send(anna, group.id, body)];
      same('the second answer', [second.id, second.seq, second.clientId], [first.id, first.seq, body.clientId]);
      const { messages: listed } = await anna.ask(page, `GET /chats/${group.id}/messages`);
      same(
        'the stored messages',
        listed.map(({ seq }) => seq),
        [1, 2],
      );
    },
  },
  {
    id: 'messages.client-id-parallel',
    text: 'A message that is sent three times at the same moment with one clientId is stored once.',
    faults: [...answers(listing, doubled('messages'), turned('messages'), becomes('messages', []))],
    async check(world) {
      const { anna, group } = await world.room();
      const body = { content: 'Once', clientId: world.newId() };
      const line = `POST /chats/${group.id}/messages`;
      await Promise.all([1, 2, 3].map(() => anna.ask(ofNumbered, line, body)));
      const { messages: listed } = await anna.ask(page, `GET /chats/${group.id}/messages`);
      const types = listed.map(({ type }) => type);
      same('the stored messages', types, ['system', 'text']);
    },
  },
  {
    id: 'messages.client-id-reused',
    text: 'Another text with a clientId that was used is refused with 409 client_id_reused.',
    faults: [accepts(sending), ...refusals(sending, becomes('code', 'invalid_input'))],
    async check(world) {
      const { anna, group } = await world.room();
      const clientId = world.newId();
      await send(anna, group.id, { content: 'One', clientId });
      const body = { content: 'Two', clientId };
      await refused(anna, [409, 'client_id_reused'], `POST /chats/${group.id}/messages`, { body });
    },
  },
  {
    id: 'messages.limit',
    text: 'More than ten messages in two seconds are refused with 429 too_many_requests and the seconds to wait in Retry-After.',
    faults: [
      refusesWith(sending, 503),
      header(sending, 'retry-after'),
      ...refusals(sending, becomes('code', 'unavailable')),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const line = `POST /chats/${group.id}/messages`;
      let refusal: Answer | undefined;
      const sendUntilRefused = async () => {
        for (let n = 0; n < 10 && !refusal; n++) {
          const answer = await anna.send(line, { body: { content: 'Hello' } });
          if (answer.status !== 200) refusal = answer;
        }
      };
      await Promise.all(Array.from({ length: 6 }, sendUntilRefused));
      holds('sixty messages in a row', refusal !== undefined, 'a refusal', 'sixty successes');
      const { status, headers, body } = refusal ?? { status: 0, headers: {}, body: {} };
      same('the refusal', [status, (body as { code?: string }).code], [429, 'too_many_requests']);
      holds('Retry-After', /^[1-9]\d*$/.test(headers['retry-after'] ?? ''), 'a number of seconds', headers);
    },
  },
];
