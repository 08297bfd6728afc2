import type { Mutant } from '../../mutants/mutant.ts';
import type { Faults } from '../../support/histories/judge.ts';

/** A fault of the code that the fault histories must find: what would be wrong, and the guarantee that it breaks. */
export interface HistoryMutant<Shown extends string = string> {
  name: string;
  guarantee: string;
  /** What must be wrong in a history. */
  shownBy: Shown[];
  changes: Pick<Mutant, 'file' | 'find' | 'replace'>[];
}

const log = 'shared/data/changes/log.ts';
const update = 'shared/data/changes/update-message.ts';
const changeMessage = 'shared/changes/change-message.ts';
const reader = 'test/support/histories/client-reader.ts';
const receivers = 'shared/delivery/receivers.ts';

const neverOnTombstones = {
  file: update,
  find: "'attribute_exists(pk) AND attribute_not_exists(deletedAt)'",
  replace: "'attribute_exists(pk)'",
};

const rosterReadOnce = {
  file: receivers,
  find: '= await getRoster(chatId);',
  replace: '= await ((globalThis as any)[chatId] ??= getRoster(chatId));',
};

export const historyMutants: HistoryMutant<keyof Faults>[] = [
  {
    name: 'a change counts as settled as soon as its entry is there',
    guarantee: 'a change is never lost, also when a reader synced between the log entry and the update',
    shownBy: ['wrongReaders'],
    changes: [{ file: log, find: '>= settlingMs', replace: '>= 0' }],
  },
  {
    name: 'the entry of a change comes after its update',
    guarantee: 'a change is never lost',
    shownBy: ['wrongReaders'],
    changes: [
      { file: changeMessage, find: '  await storeChange(chatId, entry, supersededBy(message));\n', replace: '' },
      {
        file: changeMessage,
        find: '  return deliver(made, { userId, isLive, rev });\n',
        replace: `  await storeChange(chatId, entry, supersededBy(message));
  return deliver(made, { userId, isLive, rev });
`,
      },
    ],
  },
  {
    name: 'a tombstone is changed',
    guarantee: 'a deletion wins for ever',
    shownBy: ['revived'],
    changes: [neverOnTombstones],
  },
  {
    name: 'an edit writes over whatever is there',
    guarantee: 'an edit racing a deletion never shows text again',
    shownBy: ['revived'],
    changes: [
      neverOnTombstones,
      { file: 'shared/changes/edit.ts', find: 'expected: { editRev: message.editRev }', replace: '' },
    ],
  },
  {
    name: 'a client takes every message frame',
    guarantee: 'a late message frame never brings erased text back',
    shownBy: ['revived'],
    changes: [{ file: reader, find: '(!held || isNewer(message, held))', replace: 'true' }],
  },
  {
    name: 'a client takes every quote',
    guarantee: 'an old quote never brings erased text back',
    shownBy: ['revived'],
    changes: [{ file: reader, find: 'if (!held || isNewer(quote, held)) this', replace: 'this' }],
  },
  {
    name: 'a reaction expects that nobody else has reacted meanwhile',
    guarantee: 'thirty simultaneous reactions are all counted',
    shownBy: ['reactionsRefused'],
    changes: [
      {
        file: 'shared/data/changes/reactions.ts',
        find: 'expected: { [key]: message[key] },',
        replace: 'expected: { version: message.version },',
      },
    ],
  },
  {
    name: 'an edit does not expect the edit that was read',
    guarantee: 'a slow retry never overwrites a newer edit',
    shownBy: ['editsRepeated', 'editsLost'],
    changes: [{ file: 'shared/changes/edit.ts', find: 'expected: { editRev: message.editRev }', replace: '' }],
  },
  {
    name: 'an edit that is repeated is made again',
    guarantee: 'a slow retry never overwrites a newer edit',
    shownBy: ['editsRepeated', 'editsLost'],
    changes: [
      {
        file: 'shared/changes/edit.ts',
        find: '(message.editRev ?? 0) >= ownRev',
        replace: 'ownRev < 0',
      },
    ],
  },
  {
    name: 'inboxes do not get what is posted by the sender',
    guarantee: 'everybody in the chat has everything, on an inbox as on a socket of the chat',
    shownBy: ['wrongReaders'],
    changes: [
      {
        file: receivers,
        find: 'const inboxes = await listInboxes(userIds);',
        replace: 'const inboxes: Connection[] = (await listInboxes(userIds)).slice(0, 0);',
      },
    ],
  },
  {
    name: 'inboxes do not get what `deliver` delivers',
    guarantee: 'everybody in the chat has everything, on an inbox as on a socket of the chat',
    shownBy: ['wrongReaders'],
    changes: [
      {
        file: receivers,
        find: "...(inboxes === 'large' ? (['inboxes'] as const) : []),",
        replace: '',
      },
    ],
  },
  {
    name: 'who is in the chat is read only once, when somebody has come back since',
    guarantee: 'an inbox gets the chats that its user joins, without a new connection',
    shownBy: ['wrongReaders'],
    changes: [rosterReadOnce],
  },
  {
    name: 'who is in the chat is read only once, when somebody has left since',
    guarantee: 'after a removal nothing of the chat arrives any more',
    shownBy: ['heardAway'],
    changes: [rosterReadOnce],
  },
  {
    name: 'the sockets of people who leave stay open',
    guarantee: 'after a removal nothing of the chat arrives any more',
    shownBy: ['heardAway'],
    changes: [
      {
        file: 'shared/chats/remove-participant.ts',
        find: 'await endAndCloseSockets(userId, (connection) => connection.chatId === chatId, end)',
        replace: 'await endAndCloseSockets(userId, () => false, end)',
      },
    ],
  },
  {
    name: 'a direct chat with a block gives out numbers',
    guarantee: 'in a direct chat with a block nobody writes',
    shownBy: ['heardAway'],
    changes: [
      {
        file: 'shared/data/chats/numbers.ts',
        find: "isFree(numbering) ? 'attribute_exists(pk)' :",
        replace: "true ? 'attribute_exists(pk)' :",
      },
      {
        file: 'shared/chats/access.ts',
        find: "  if (membership.blockedBy) throw new Problem('blocked');\n",
        replace: '',
      },
    ],
  },
];
