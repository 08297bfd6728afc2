import { type Mutant, mutantsOf } from '../mutant.ts';

/** Search: who may, what matches, how much is read, and where it goes on. */

const endpoint = (title: string) => `test/functions/chats/search-messages.test.ts "${title}"`;
const words = (title: string) => `test/chats/search/words.test.ts "${title}"`;
const paging = endpoint('pages through tombstones and numbers without a message, each hit once, while messages arrive');
const bounds = endpoint('a request reads at most 6 MB of long messages, and a search that goes on misses none');

export const search: Mutant[] = [
  ...mutantsOf('functions/chats/search-messages.ts', [
    {
      name: 'everyone searches every chat',
      find: ', requireParticipant(userId, chatId)',
      replace: '',
      killedBy: endpoint('is refused to a stranger, and to a member who has left, before any message is read'),
      asvs: ['8.2.2'],
    },
  ]),
  ...mutantsOf('shared/chats/search/search.ts', [
    {
      name: 'a search shows what was edited while it ran',
      find: 'message.deletedAt === undefined && matches(textOf(message))',
      replace: 'message.deletedAt === undefined',
      killedBy: endpoint('a hit that is edited or deleted while the search runs is left out'),
    },
    {
      name: 'a search that goes on skips the hits above the limit',
      find: 'if (hits.length > limit) searchedTo = hits[limit - 1] as number;',
      replace: '',
      killedBy: endpoint('a request searches 10,000 numbers, and stops at enough hits'),
    },
    {
      name: 'a search reads on after enough hits',
      find: '    if (hits.length >= limit) break;\n',
      replace: '',
      killedBy: endpoint('a request searches 10,000 numbers, and stops at enough hits'),
    },
    {
      name: 'a search begins at numbers that nobody has reached',
      find: 'Math.min(before, lastSeq + 1)',
      replace: 'before',
      killedBy: endpoint('has no searchedTo when the oldest message is the last hit, and answers before any number'),
    },
  ]),
  ...mutantsOf('shared/data/chats/searchable.ts', [
    {
      name: 'tombstones take the place of hits',
      find: '`attribute_not_exists(deletedAt)$',
      replace: '`attribute_exists(seq)$',
      killedBy: paging,
    },
    {
      name: 'a search ignores the author',
      find: "' AND userId = :userId'",
      replace: "' AND userId <> :userId'",
      killedBy: endpoint('with from, finds only messages of this author'),
    },
    {
      name: 'a search reads any number of messages',
      find: 'const maxNumbers = 10_000;',
      replace: 'const maxNumbers = 25_000;',
      killedBy: endpoint('a request searches 10,000 numbers, and stops at enough hits'),
    },
    {
      name: 'a search reads any amount',
      find: 'Math.floor(bytesLeft / maxPage)',
      replace: 'concurrency',
      killedBy: bounds,
    },
    {
      name: 'a search jumps over what did not fit into a page',
      find: 'const adjacent = untilHole(pages);',
      replace: 'const adjacent = pages;',
      killedBy: bounds,
    },
  ]),
  ...mutantsOf('shared/chats/search/words.ts', [
    {
      name: 'one word of a query is enough',
      find: 'checks.every(',
      replace: 'checks.some(',
      killedBy: words('lake sunday finds []'),
    },
    {
      name: 'a part of a Russian word is taken for its beginning',
      find: '    if (at > 0 && isRussian(text.charAt(at - 1))) continue;\n',
      replace: '',
      killedBy: words('коты finds [9]'),
    },
    {
      name: 'a message of accents keeps a core busy',
      find: "text.replace(manyMarks, '$1')",
      replace: 'text',
      killedBy: words('takes no long for a text of accents, which take quadratic time to sort'),
    },
  ]),
];
