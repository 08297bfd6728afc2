import { expect, test } from 'vitest';
import type { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import type { Session } from '../../../../../infra/local/playground/client/rest/session.ts';
import { Members } from '../../../../../infra/local/playground/state/members.ts';
import type { Chat } from '../../../../../shared/contract/chats/chat.ts';
import type { Message } from '../../../../../shared/contract/chats/message.ts';

interface Page {
  members: { userId: string; name: string; role: string }[];
  cursor?: string;
}

const member = (userId: string, role = 'member') => ({ userId, name: userId, role, joinedAt: '1' });
const chatOf = (...participantIds: string[]) => ({ id: 'lake', type: 'group', participantIds }) as unknown as Chat;
const made = (seq: number, metadata: Message['metadata'], userId = 'anna') =>
  ({ seq, type: 'system', userId, userName: userId, createdAt: '2', metadata }) as Message;

/** The members of a group whose pages are answered when the test says so. */
function start() {
  const asked: { cursor: string | undefined; answer(page: Page): void }[] = [];
  const get = (_id: string, cursor?: string) =>
    new Promise((resolve) => {
      asked.push({ cursor, answer: ({ members, cursor: next }) => resolve({ group: { members }, cursor: next }) });
    });
  const members = new Members({ groups: { get } } as unknown as Api, {} as Session, 'boris');
  return { asked, members };
}

const listed = (members: Members, chat: Chat) => members.listed(chat).map(({ id, role }) => `${id} ${role}`);

test('a role that changes while a page is on its way is not undone by the page', async () => {
  const { asked, members } = start();
  members.follow([made(1, { event: 'created' })]);
  const loading = members.load(chatOf('anna', 'boris'));
  members.follow([
    made(1, { event: 'created' }),
    made(2, { event: 'role_changed', memberIds: ['boris'], role: 'admin' }),
  ]);
  asked[0]?.answer({ members: [member('anna', 'owner'), member('boris')] });
  await loading;
  expect(members.roleOf('boris')).toBe('admin');
});

test('what was said before the first page was requested is not said again after it', async () => {
  const { asked, members } = start();
  members.follow([made(1, { event: 'role_changed', memberIds: ['boris'], role: 'admin' })]);
  const loading = members.load(chatOf('anna', 'boris'));
  asked[0]?.answer({ members: [member('anna', 'owner'), member('boris')] });
  await loading;
  members.follow([made(1, { event: 'role_changed', memberIds: ['boris'], role: 'admin' })]);
  expect(members.roleOf('boris')).toBe('member');
});

test('all pages are loaded once, however many ask for them', async () => {
  const { asked, members } = start();
  const chat = chatOf('anna', 'boris', 'vera');
  const pages: string[][] = [];
  const onPage = () => pages.push(listed(members, chat));
  const loading = Promise.all([members.loadAll(chat, onPage), members.loadAll(chat)]);
  asked[0]?.answer({ members: [member('anna', 'owner'), member('boris')], cursor: 'second' });
  await expect.poll(() => asked.length).toBe(2);
  expect(asked[1]?.cursor).toBe('second');
  asked[1]?.answer({ members: [member('vera')] });
  await loading;
  expect(pages).toEqual([['anna owner', 'boris member']]);
  expect(listed(members, chat)).toEqual(['anna owner', 'boris member', 'vera member']);
  await members.loadAll(chat);
  expect(asked).toHaveLength(2);
});

test('somebody who joins while the rest is loaded stays', async () => {
  const { asked, members } = start();
  members.follow([made(1, { event: 'created' })]);
  const loading = members.loadAll(chatOf('anna', 'boris'));
  members.follow([made(1, { event: 'created' }), made(2, { event: 'joined' }, 'gleb')]);
  asked[0]?.answer({ members: [member('anna', 'owner'), member('boris')] });
  await loading;
  expect(listed(members, chatOf('anna', 'boris', 'gleb'))).toContain('gleb member');
});

test('the first page is loaded anew after the rest, whose next page it would lose', async () => {
  const { asked, members } = start();
  const chat = chatOf('anna', 'boris', 'vera');
  const all = members.loadAll(chat);
  asked[0]?.answer({ members: [member('anna', 'owner'), member('boris')], cursor: 'second' });
  await expect.poll(() => asked.length).toBe(2);
  const first = members.load(chat);
  expect(asked).toHaveLength(2);
  asked[1]?.answer({ members: [member('vera')] });
  await all;
  await expect.poll(() => asked.length).toBe(3);
  asked[2]?.answer({ members: [member('anna', 'owner'), member('boris')], cursor: 'second' });
  await first;
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'second', undefined]);
});

test('those who have left are not offered', async () => {
  const { asked, members } = start();
  const loading = members.load(chatOf('anna', 'boris', 'vera'));
  asked[0]?.answer({ members: [member('anna', 'owner'), member('boris'), member('vera')] });
  await loading;
  expect(members.othersIn(chatOf('anna', 'boris')).map(({ id }) => id)).toEqual(['anna']);
});

test('only those are listed who are in the chat now', async () => {
  const { asked, members } = start();
  const loading = members.load(chatOf('anna', 'boris', 'vera'));
  asked[0]?.answer({ members: [member('anna', 'owner'), member('boris'), member('vera')] });
  await loading;
  expect(listed(members, chatOf('anna', 'boris'))).toEqual(['anna owner', 'boris member']);
});

test('following says whether something has changed', () => {
  const { members } = start();
  expect(members.follow([made(1, { event: 'created' })])).toBe(false);
  expect(members.follow([made(1, { event: 'created' }), made(2, { event: 'joined' }, 'gleb')])).toBe(true);
  expect(members.nameOf('gleb')).toBe('gleb');
});

test('a message that arrives late counts, and those after it count more', () => {
  const { members } = start();
  const [created, joined] = [made(1, { event: 'created' }), made(2, { event: 'joined' }, 'gleb')];
  const promoted = made(3, { event: 'role_changed', memberIds: ['gleb'], role: 'admin' });
  members.follow([created]);
  members.follow([created, promoted]);
  expect(members.follow([created, joined, promoted])).toBe(true);
  expect(members.roleOf('gleb')).toBe('admin');
});

test('a message that is older than the page changes nothing when it arrives late', async () => {
  const { asked, members } = start();
  const chat = chatOf('anna', 'boris');
  members.follow([made(3, { event: 'renamed' })]);
  const loading = members.load(chat);
  asked[0]?.answer({ members: [member('anna', 'owner'), member('boris', 'admin')] });
  await loading;
  const late = made(2, { event: 'role_changed', memberIds: ['boris'], role: 'member' });
  expect(members.follow([late, made(3, { event: 'renamed' })])).toBe(false);
  expect(members.roleOf('boris')).toBe('admin');
});
