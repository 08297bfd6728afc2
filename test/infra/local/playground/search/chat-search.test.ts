import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChatSearch } from '../../../../../infra/local/playground/state/search/chat-search.ts';
import { messageOf } from '../list/chats.ts';
import { newServer, tooMany } from './server.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function newSearch() {
  const { api, asked } = newServer();
  const search = new ChatSearch(api, 'lake', () => {});
  return {
    search,
    asked,
    found: () => search.hits.map(({ seq }) => seq),
    settle: () => vi.advanceTimersByTimeAsync(0),
  };
}

const hits = (...seqs: number[]) => seqs.map((seq) => messageOf({ seq }));

test('searches after a pause of typing, once, and at once when told to', async () => {
  const { search, asked } = newSearch();
  search.write('la');
  await vi.advanceTimersByTimeAsync(400);
  search.write(' lake ');
  await vi.advanceTimersByTimeAsync(499);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toMatchObject([{ chatId: 'lake', q: 'lake', before: undefined }]);
  search.write('lakes');
  void search.search();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.map(({ q }) => q)).toEqual(['lake', 'lakes']);
});

test('a single letter is searched for only when told to', async () => {
  const { search, asked } = newSearch();
  search.write('a');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([]);
});

test('drops the answer to a query that has changed meanwhile', async () => {
  const { search, asked, found, settle } = newSearch();
  void search.search('lake');
  await settle();
  void search.search('hill');
  await settle();
  asked[0]?.answer({ messages: hits(9) });
  await settle();
  expect([found(), search.isSearching]).toEqual([[], true]);
  asked[1]?.answer({ messages: hits(5) });
  await settle();
  expect([found(), search.isSearching, search.query]).toEqual([[5], false, 'hill']);
});

test('searches anew for one author, and for anybody', async () => {
  const { search, asked, found, settle } = newSearch();
  await search.searchBy('boris');
  expect([asked, search.isSearching]).toEqual([[], false]);
  void search.search('lake');
  await settle();
  asked[0]?.answer({ messages: hits(9), searchedTo: 9 });
  await settle();
  void search.searchBy(undefined);
  await settle();
  expect(found()).toEqual([]);
  asked[1]?.answer({ messages: hits(5) });
  await settle();
  expect(asked.map(({ q, from, before }) => [q, from, before])).toEqual([
    ['lake', 'boris', undefined],
    ['lake', undefined, undefined],
  ]);
  expect(found()).toEqual([5]);
});

test('a search that is stopped before its answer begins again', async () => {
  const { search, asked, found, settle } = newSearch();
  void search.search('lake');
  await settle();
  search.stop();
  asked[0]?.answer({ messages: hits(9) });
  await settle();
  expect([found(), search.isSearching, search.isCurrent, search.text]).toEqual([[], false, false, 'lake']);
  void search.search();
  await settle();
  asked[1]?.answer({ messages: hits(9), searchedTo: 9 });
  await settle();
  void search.further();
  await settle();
  search.stop();
  expect([found(), search.isSearching, search.isCurrent]).toEqual([[9], false, true]);
});

test('an empty box ends the search', async () => {
  const { search, asked, found, settle } = newSearch();
  void search.search('lake');
  await settle();
  search.write('');
  asked[0]?.answer({ messages: hits(9) });
  await settle();
  expect([found(), search.isSearching, search.query]).toEqual([[], false, '']);
});

test('goes on where the search has ended, and knows the time there', async () => {
  const { search, asked, found, settle } = newSearch();
  void search.search('lake');
  await settle();
  asked[0]?.answer({ messages: hits(90, 80), searchedTo: 80 });
  await settle();
  expect(search.reached).toEqual({ seq: 80, time: '2026-03-05T09:30:00.000Z' });
  void search.further();
  await settle();
  expect(asked[1]).toMatchObject({ q: 'lake', before: 80 });
  asked[1]?.answer({ messages: [], searchedTo: 7 });
  await settle();
  expect(search.reached).toEqual({ seq: 7, time: '2026-03-05T09:00:00.007Z' });
  void search.further();
  await settle();
  asked[2]?.answer({ messages: hits(3) });
  await settle();
  expect([found(), search.reached]).toEqual([[90, 80, 3], undefined]);
});

test('repeats a search that was one too many when the server says', async () => {
  const { search, asked, found, settle } = newSearch();
  void search.search('lake');
  await settle();
  asked[0]?.refuse(tooMany(30));
  await settle();
  expect([search.waitsUntil, search.isSearching]).toEqual([Date.now() + 30_000, true]);
  // Another search waits as well: the limit is the user's.
  void search.search('hill');
  await vi.advanceTimersByTimeAsync(29_999);
  expect(asked.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.map(({ q }) => q)).toEqual(['lake', 'hill']);
  asked[1]?.answer({ messages: hits(5) });
  await settle();
  expect([found(), search.waitsUntil]).toEqual([[5], undefined]);
});

test('a failure keeps what was found, and the next try asks for the same', async () => {
  const { search, asked, found, settle } = newSearch();
  void search.search('lake');
  await settle();
  asked[0]?.answer({ messages: hits(90), searchedTo: 90 });
  await settle();
  for (const n of [1, 2]) {
    void search.further();
    await settle();
    expect(asked[n]).toMatchObject({ before: 90 });
    asked[n]?.refuse(new Error('No answer'));
    await settle();
    expect([search.error, search.isSearching, found()]).toEqual([new Error('No answer'), false, [90]]);
  }
});
