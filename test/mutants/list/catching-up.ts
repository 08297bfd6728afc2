import { type Mutant, mutantsOf } from '../mutant.ts';

/** Quotes, pages around a number, and catching up with changed messages. */

const changes = (title: string) => `test/functions/messages/list-changes.test.ts "${title}"`;
const sync = (title: string) => `test/functions/websocket/sync-changes.test.ts "${title}"`;
const quotes = (title: string) => `test/functions/messages/quotes.test.ts "${title}"`;
const pages = (title: string) => `test/functions/chats/list-messages.test.ts "${title}"`;

const young = 'stays below every change that is less than a minute old, and never goes back';
const anew = 'with a cursor from another table, or above the newest change';
const eachOnce = 'each message comes once, `next` leads from page to page, and the first page has the new cursor';
const leftOver = 'what changes at the same moment and stays in the log does not make an answer slow, nor a reset';

export const catchingUp: Mutant[] = [
  ...mutantsOf('shared/data/changes/log.ts', [
    {
      name: 'the cursor passes changes that may still be made',
      find: '>= settlingMs',
      replace: '>= 0',
      killedBy: changes(young),
    },
  ]),
  ...mutantsOf('shared/changes/list.ts', [
    {
      name: 'the cursor goes back',
      find: 'Math.max(after, settled ?? 0)',
      replace: 'settled ?? 0',
      killedBy: changes(young),
    },
    {
      name: 'a cursor above the newest change is taken',
      find: 'after > head || ',
      replace: '',
      killedBy: changes(anew),
    },
    {
      name: 'a restored table is not noticed',
      find: '(from !== undefined && from !== epoch)',
      replace: 'from === "nothing"',
      killedBy: changes(anew),
    },
    {
      name: 'a client that is far behind is not reset',
      find: 'all.length > maxChanged',
      replace: 'all.length > maxChanged + 1',
      killedBy: changes('after changes of %d messages: %s'),
    },
    {
      name: 'a client is reset one message too early',
      find: 'all.length > maxChanged',
      replace: 'all.length >= maxChanged',
      killedBy: changes('after changes of %d messages: %s'),
    },
    {
      name: 'a message that has changed again stays on an early page',
      find: '    newest.delete(entry.seq);\n',
      replace: '',
      killedBy: changes(eachOnce),
    },
    {
      name: 'the next page begins behind the whole log',
      find: 'all.length > limit ? changed.at(-1)?.rev',
      replace: 'all.length > limit ? last',
      killedBy: changes(eachOnce),
    },
    {
      name: 'a long log is read only from its beginning',
      find: 'isCut ? last : undefined',
      replace: 'undefined',
      killedBy: changes(leftOver),
    },
    {
      name: 'the new cursor is that of a part of the log',
      find: 'isCut ? await settledRev(chatId) : ',
      replace: '',
      killedBy: changes(leftOver),
    },
    {
      name: 'a change that is made while changes are read is not the newest',
      find: 'head: Math.max(head, last)',
      replace: 'head',
      killedBy: changes('a change that is made between the two reads counts as the newest'),
    },
  ]),
  ...mutantsOf('shared/changes/sync.ts', [
    {
      name: 'missing messages come as changed ones too',
      find: '.filter(({ seq }) => seq <= after)',
      replace: '',
      killedBy: sync('sends the missing messages, then the changed ones without their numbers, then how far that went'),
    },
    {
      name: 'changed messages are not counted',
      find: 'requireAllowanceFor(userId, missed + wanted.length)',
      replace: 'requireAllowanceFor(userId, missed)',
      killedBy: sync('counts changed messages as it counts missing ones'),
    },
    {
      name: 'a client of the specification learns of changes',
      find: 'return events ? {',
      replace: 'return true ? {',
      killedBy: sync('gets what it always got: no changes, and nothing about them in `synced`'),
    },
    {
      name: 'a client that is reset gets messages',
      find: '  if (changes?.reset) return { missing: [], changed: [], changes };\n',
      replace: '',
      killedBy: sync('resets a client whose cursor is from another table, above the newest change, or too far behind'),
    },
    {
      name: 'changed messages that were not sent are skipped',
      find: 'if (posted === missing.length + changed.length) return',
      replace: 'if (posted >= 0) return',
      killedBy: sync('continues after the last frame that was posted: %d of two messages and two changes'),
    },
    {
      name: 'catching up goes on after API Gateway has given up',
      find: 'Date.now() >= deadline || ',
      replace: '',
      killedBy: sync('ends after 20 seconds, before API Gateway gives up, and says where to continue'),
    },
    {
      name: 'further pages of changes are not announced',
      find: ' || changes.next !== undefined',
      replace: '',
      killedBy: sync('sends more than 500 changed messages on several pages, each once'),
    },
    {
      name: 'changes come again with each page of messages',
      find: 'changes?.next ?? entries.at(-1)?.rev ?? rev',
      replace: 'changes?.next ?? rev',
      killedBy: sync('with more than 500 missing messages as well, everything arrives once'),
    },
  ]),
  ...mutantsOf('shared/platform/cut.ts', [
    {
      name: 'a quote is cut as if JSON escaped nothing',
      find: 'jsonBytes(codePoint) - 2',
      replace: 'Buffer.byteLength(codePoint)',
      killedBy: quotes('a quote takes 600 bytes at most and cuts no character: %s'),
    },
  ]),
  ...mutantsOf('shared/chats/messages/quotes.ts', [
    {
      name: 'quotes are longer than they may be',
      find: 'const maxBytes = 600;',
      replace: 'const maxBytes = 610;',
      killedBy: quotes('a quote takes 600 bytes at most and cuts no character: %s'),
    },
    {
      name: 'the end of a cut name makes a quote too long',
      find: 'room - isolateBytes',
      replace: 'room',
      killedBy: quotes('a system message that is cut isolates no text behind it'),
    },
    {
      name: 'quotes from the same page are read again',
      find: '.filter((seq) => !all.has(seq))',
      replace: '',
      killedBy: quotes('quotes from the same page are not read again'),
    },
  ]),
  ...mutantsOf('shared/chats/messages/messages.ts', [
    {
      name: 'a tombstone shows what another change has added',
      find: 'if (deletedAt !== undefined) return',
      replace: "if (deletedAt === '') return",
      killedBy: quotes('a tombstone quotes nothing'),
    },
  ]),
  ...mutantsOf('shared/data/chats/messages.ts', [
    {
      name: 'a page around a number is short near the end',
      find: 'Math.max(Math.floor(limit / 2), limit - from.length)',
      replace: 'Math.floor(limit / 2)',
      killedBy: pages('around a number, of which half a page is before, filled from the other side at either end'),
    },
    {
      name: 'a page around a number is short near the beginning',
      find: 'from.slice(0, limit - older)',
      replace: 'from.slice(0, limit - Math.floor(limit / 2))',
      killedBy: pages('around a number, of which half a page is before, filled from the other side at either end'),
    },
  ]),
];
