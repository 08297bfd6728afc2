import { afterEach, expect, test, vi } from 'vitest';
import { liveAnswer } from '#shared/assistant/live-answer.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { throttleNext } from '../../support/intercept-next.ts';
import { connect, connectInbox, newGroup, newPerson } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

afterEach(() => void vi.useRealTimers());

const textOn = (socket: string) =>
  standIn
    .received(socket)
    .filter(({ type }) => type === 'ai.delta')
    .map(({ delta }) => delta)
    .join('');

const later = (ms: number) => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

async function scene() {
  const [anna, boris, eve] = await Promise.all([newPerson(), newPerson(), newPerson()]);
  const { id } = await newGroup(anna, boris, eve);
  const sockets = [await connect(anna, id, { events: '1' }), await connectInbox(boris), await connectInbox(eve)];
  const live = await liveAnswer(id, `${id}-9`);
  const show = async (text: string) => {
    live.add(text);
    await live.end();
  };
  return { anna, eve, id, show, texts: () => sockets.map(textOn) };
}

test('an answer that is being written is shown on inboxes, but no longer to somebody who was removed meanwhile', async () => {
  const { anna, eve, id, show, texts } = await scene();
  await show('The lake ');
  expect(texts()).toEqual(['The lake ', 'The lake ', 'The lake ']);
  await call(removeMember, anna, { params: { groupId: id, userId: eve.id } });
  later(1001);
  await show('is warm.');
  expect(texts()).toEqual(['The lake is warm.', 'The lake is warm.', 'The lake ']);
});

test('the participants are read again once a second, and only if an inbox listens', async () => {
  const { show } = await scene();
  later(500);
  expect((await countOperations(() => show('The '))).operations).toEqual([]);
  later(600);
  expect((await countOperations(() => show('lake '))).operations).toEqual(['GetItem']);
  later(500);
  expect((await countOperations(() => show('is '))).operations).toEqual([]);
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const socket = await connect(anna, id, { events: '1' });
  const live = await liveAnswer(id, `${id}-9`);
  later(1001);
  live.add('Hi');
  expect((await countOperations(live.end)).operations).toEqual([]);
  expect(textOn(socket)).toBe('Hi');
});

test('an answer goes on when the participants cannot be read', async () => {
  const { show, texts } = await scene();
  later(1001);
  throttleNext('GetItem');
  await show('lost ');
  later(1001);
  await show('shown');
  expect(texts()).toEqual(['shown', 'shown', 'shown']);
});
