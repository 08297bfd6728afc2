import type { Person } from '../../client/person.ts';
import { holds, same } from '../../client/unmet.ts';
import { becomes, doubled, turned, without } from '../../faults/changes.ts';
import { accepts, answers, ignores, refusals, refusesWith } from '../../faults/kinds.ts';
import type { Requirement } from '../requirement.ts';
import { refused } from './refused.ts';
import { changes as changesShape, ofNumbered, page } from './shapes.ts';

const one = '/chats/{id}/messages/{id}';
const reaction = `${one}/reactions/{emoji}`;

async function message(person: Person, chatId: string, content = 'Hello') {
  const sent = (await person.ask(ofNumbered, `POST /chats/${chatId}/messages`, { content })).message;
  return { ...sent, path: `/chats/${chatId}/messages/${sent.id}` };
}

/** "Messages that change" in docs/api.md */
export const changes: Requirement[] = [
  {
    id: 'changes.edit',
    text: 'PATCH changes the text of my message, keeps its number, and counts version up; everybody reads the new text.',
    faults: [
      ...answers(
        `PATCH ${one}`,
        becomes('message.content', 'Hello'),
        without('message.version'),
        without('message.editedAt'),
        becomes('message.seq', 7),
      ),
      ...answers(`GET ${one}`, becomes('message.content', 'Hello')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { path, seq } = await message(anna, group.id);
      const edited = (await anna.ask(ofNumbered, `PATCH ${path}`, { content: 'Good morning' })).message;
      const { content, version } = edited;
      same('the edited message', [edited.seq, content, version], [seq, 'Good morning', 1]);
      holds('editedAt', edited.editedAt !== undefined, 'a time', edited);
      const read = (await boris.ask(ofNumbered, `GET ${path}`)).message;
      same('the message as others read it', [read.content, read.version], ['Good morning', 1]);
    },
  },
  {
    id: 'changes.edit-of-others',
    text: 'Only its author edits a message: 403 not_the_author, also for the owner of the group.',
    faults: [accepts(`PATCH ${one}`), ...refusals(`PATCH ${one}`, becomes('code', 'role_too_low'))],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { path } = await message(boris, group.id);
      await refused(anna, [403, 'not_the_author'], `PATCH ${path}`, { body: { content: 'Mine' } });
    },
  },
  {
    id: 'changes.delete',
    text: 'DELETE leaves a tombstone with its number and deletedAt, without the text; an edit of it is 409 message_deleted.',
    faults: [
      ...answers(
        `DELETE ${one}`,
        without('message.deletedAt'),
        becomes('message.content', 'A secret'),
        becomes('message.seq', 7),
      ),
      ...answers('GET /chats/{id}/messages', becomes('messages.*.content', 'A secret')),
      accepts(`PATCH ${one}`),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { path, seq } = await message(anna, group.id, 'A secret');
      const deleted = (await anna.ask(ofNumbered, `DELETE ${path}`)).message;
      holds(
        'the tombstone',
        deleted.deletedAt !== undefined && deleted.seq === seq,
        'its number and deletedAt',
        deleted,
      );
      const { messages } = await boris.ask(page, `GET /chats/${group.id}/messages`);
      const texts = [deleted.content, ...messages.map(({ content }) => content)];
      holds('the texts', !texts.includes('A secret'), 'not the deleted one', texts);
      await refused(anna, [409, 'message_deleted'], `PATCH ${path}`, { body: { content: 'Again' } });
    },
  },
  {
    id: 'changes.delete-of-others',
    text: 'A member cannot delete a message of others: 403 role_too_low; the owner of the group can.',
    faults: [
      accepts(`DELETE ${one}`),
      refusesWith(`DELETE ${one}`, 404),
      ...answers(`DELETE ${one}`, without('message')),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const [annas, boriss] = [await message(anna, group.id), await message(boris, group.id)];
      await refused(boris, [403, 'role_too_low'], `DELETE ${annas.path}`);
      await anna.ask(ofNumbered, `DELETE ${boriss.path}`, { reason: 'Off topic' });
    },
  },
  {
    id: 'changes.reactions',
    text: 'A reaction is counted once for each person, with who reacted, and can be taken back.',
    faults: [
      ...answers(
        `PUT ${reaction}`,
        without('message.reactions'),
        becomes('message.reactions.*.count', 3),
        becomes('message.reactions.*.userIds', []),
        becomes('message.reactions.*.emoji', '❤️'),
        doubled('message.reactions'),
      ),
      ignores(`DELETE ${reaction}`),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { path } = await message(anna, group.id);
      const line = `${path}/reactions/${encodeURIComponent('👍')}`;
      await anna.ask(ofNumbered, `PUT ${line}`);
      await boris.ask(ofNumbered, `PUT ${line}`);
      const { reactions } = (await boris.ask(ofNumbered, `PUT ${line}`)).message;
      same('the reactions', reactions, [{ emoji: '👍', count: 2, userIds: [anna.id, boris.id] }]);
      const left = (await boris.ask(ofNumbered, `DELETE ${line}`)).message.reactions;
      same('the reactions after one was taken back', left, [{ emoji: '👍', count: 1, userIds: [anna.id] }]);
    },
  },
  {
    id: 'changes.pins',
    text: 'A pinned message has pinned: true and is in GET /chats/{chatId}/pins, the one pinned last first, until it is unpinned.',
    faults: [
      ...answers('PUT /chats/{id}/pins/{id}', without('message.pinned')),
      ...answers('GET /chats/{id}/pins', turned('messages'), becomes('messages', [])),
      ignores('DELETE /chats/{id}/pins/{id}'),
    ],
    async check(world) {
      const { anna, group } = await world.room();
      const [first, second] = [await message(anna, group.id, 'First'), await message(anna, group.id, 'Second')];
      const pins = `/chats/${group.id}/pins`;
      for (const { id } of [first, second]) {
        const { pinned } = (await anna.ask(ofNumbered, `PUT ${pins}/${id}`)).message;
        same('pinned', pinned, true);
      }
      const listed = async () =>
        (await anna.ask(page.pick({ messages: true }), `GET ${pins}`)).messages.map(({ id }) => id);
      same('the pins', await listed(), [second.id, first.id]);
      await anna.ask(ofNumbered, `DELETE ${pins}/${second.id}`);
      same('the pins afterwards', await listed(), [first.id]);
    },
  },
  {
    id: 'changes.list',
    text: 'GET /chats/{chatId}/changes has each message that changed after the cursor once, as it is now, and the highest rev as head.',
    faults: [
      ...answers(
        'GET /chats/{id}/changes',
        becomes('messages', []),
        doubled('messages'),
        becomes('messages.*.content', 'Hello'),
        without('rev'),
        without('head'),
        without('epoch'),
        becomes('head', 0),
      ),
    ],
    async check(world) {
      const { anna, boris, group } = await world.room();
      const { rev, epoch } = await boris.ask(page, `GET /chats/${group.id}/messages`);
      const [{ path, id }] = [await message(anna, group.id), await message(anna, group.id)];
      await anna.ask(ofNumbered, `PATCH ${path}`, { content: 'Good evening' });
      await anna.ask(ofNumbered, `PATCH ${path}`, { content: 'Good night' });
      const line = `GET /chats/${group.id}/changes?after=${rev}&epoch=${encodeURIComponent(epoch)}`;
      const { messages, head, ...cursor } = await boris.ask(changesShape, line);
      same(
        'what has changed',
        messages.map((each) => [each.id, each.content]),
        [[id, 'Good night']],
      );
      same('the cursor', [head, cursor.epoch], [rev + 2, epoch]);
    },
  },
  {
    id: 'changes.epoch',
    text: 'GET /chats/{chatId}/changes with an epoch that is not the current one answers reset: true.',
    faults: [...answers('GET /chats/{id}/changes', without('reset'))],
    async check(world) {
      const { anna, group } = await world.room();
      const line = `GET /chats/${group.id}/changes?after=0&epoch=another`;
      same('reset', (await anna.ask(changesShape, line)).reset, true);
    },
  },
];
