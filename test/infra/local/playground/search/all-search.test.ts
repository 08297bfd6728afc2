import { expect, test, vi } from 'vitest';
import { ApiProblem } from '../../../../../infra/local/playground/client/rest/api-problem.ts';
import { AllSearch } from '../../../../../infra/local/playground/state/search/all-search.ts';
import { messageOf } from '../list/chats.ts';
import { newServer, tooMany } from './server.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const idsTo = (count: number) => Array.from({ length: count }, (_, n) => `chat ${n}`);

/** A search in so many chats that has begun. */
async function newSearch(chats: number) {
  const { api, asked } = newServer();
  const search = new AllSearch(api, () => {});
  void search.search('lake', idsTo(chats));
  await settle();
  const open = () => asked.filter(({ chatId }) => !answered.has(chatId));
  const answered = new Set<string>();
  /** Answers with a hit in each of these chats until nothing is asked any more. */
  const answerAll = async (...chatIds: string[]) => {
    while (open().length > 0) {
      for (const { chatId, answer } of open()) {
        answered.add(chatId);
        answer({ messages: chatIds.includes(chatId) ? [messageOf({ chatId })] : [] });
      }
      await settle();
    }
  };
  return { search, asked, answerAll, found: () => search.found.map(({ chatId }) => chatId) };
}

test('searches three chats at a time, the first ones first, and stops after ten', async () => {
  const { search, asked, answerAll, found } = await newSearch(12);
  expect(asked.map(({ chatId }) => chatId)).toEqual(idsTo(3));
  await answerAll('chat 4', 'chat 11');
  expect(asked.map(({ chatId }) => chatId)).toEqual(idsTo(10));
  expect([search.isSearching, search.leftCount, found()]).toEqual([false, 2, ['chat 4']]);
  void search.further();
  await settle();
  await answerAll('chat 4', 'chat 11');
  expect([search.isSearching, search.leftCount, found()]).toEqual([false, 0, ['chat 4', 'chat 11']]);
});

test('lists chats in their order, however late their answers are, and those of which only a part was searched', async () => {
  const { search, asked, found } = await newSearch(3);
  asked[2]?.answer({ messages: [messageOf({})] });
  await settle();
  expect([found(), search.isSearching]).toEqual([['chat 2'], true]);
  asked[1]?.answer({ messages: [] });
  asked[0]?.answer({ messages: [], searchedTo: 90_000 });
  await settle();
  expect(search.found).toMatchObject([{ hits: [], hasMore: true }, { hasMore: false }]);
});

test('drops the answers to a query that has changed meanwhile', async () => {
  const { search, asked, found } = await newSearch(2);
  void search.search('hill', ['chat 1']);
  await settle();
  for (const { q, answer } of asked) if (q === 'lake') answer({ messages: [messageOf({})] });
  await settle();
  expect([found(), search.isSearching, search.query]).toEqual([[], true, 'hill']);
  asked[2]?.answer({ messages: [] });
  await settle();
  expect([found(), search.isSearching]).toEqual([[], false]);
});

test('stops at a failure, and the next try begins with what was not searched', async () => {
  const { search, asked, answerAll, found } = await newSearch(5);
  asked[1]?.refuse(new Error('No answer'));
  await settle();
  asked[0]?.answer({ messages: [messageOf({})] });
  asked[2]?.answer({ messages: [] });
  await settle();
  expect([search.error, search.isSearching, search.leftCount]).toEqual([new Error('No answer'), false, 3]);
  void search.further();
  await settle();
  expect(asked.slice(3).map(({ chatId }) => chatId)).toEqual(['chat 1', 'chat 3', 'chat 4']);
  await answerAll();
  expect([search.error, found()]).toEqual([undefined, ['chat 0']]);
});

test('goes on without a chat that the user has left', async () => {
  const { search, asked, answerAll, found } = await newSearch(4);
  asked[0]?.refuse(new ApiProblem(403, { code: 'not_a_participant' }));
  await settle();
  await answerAll('chat 3');
  expect([search.error, search.leftCount, found()]).toEqual([undefined, 0, ['chat 3']]);
});

test('all wait when the server has had enough, and repeat what it refused', async () => {
  vi.useFakeTimers();
  try {
    const { api, asked } = newServer();
    const search = new AllSearch(api, () => {});
    void search.search('lake', idsTo(4));
    await vi.advanceTimersByTimeAsync(0);
    for (const { refuse } of asked) refuse(tooMany(20));
    await vi.advanceTimersByTimeAsync(19_999);
    expect([asked.length, search.isSearching, search.error]).toEqual([3, true, undefined]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.slice(3).map(({ chatId }) => chatId)).toEqual(idsTo(3));
  } finally {
    vi.useRealTimers();
  }
});
