import type { Mutant } from '../../mutants/mutant.ts';

/** A fault of the code that the fault histories must find: what would be wrong, and the guarantee that it breaks. */
export interface HistoryMutant {
  name: string;
  guarantee: string;
  changes: Pick<Mutant, 'file' | 'find' | 'replace'>[];
}

const log = 'shared/data/changes/log.ts';
const update = 'shared/data/changes/update-message.ts';
const changeMessage = 'shared/changes/change-message.ts';
const reader = 'test/support/histories/client-reader.ts';

const neverOnTombstones = {
  file: update,
  find: "'attribute_exists(pk) AND attribute_not_exists(deletedAt)'",
  replace: "'attribute_exists(pk)'",
};

export const historyMutants: HistoryMutant[] = [
  {
    name: 'a change counts as settled as soon as its entry is there',
    guarantee: 'a change is never lost, also when a reader synced between the log entry and the update',
    changes: [{ file: log, find: '>= settlingMs', replace: '>= 0' }],
  },
  {
    name: 'the entry of a change comes after its update',
    guarantee: 'a change is never lost',
    changes: [
      { file: changeMessage, find: '  await storeChange(chatId, change, supersededBy(read));\n', replace: '' },
      {
        file: changeMessage,
        find: "if ('changed' in result) return finish(result.changed, current.follow);",
        replace: `if ('changed' in result) {
      await storeChange(chatId, change, supersededBy(read));
      return finish(result.changed, current.follow);
    }`,
      },
    ],
  },
  {
    name: 'a tombstone is changed',
    guarantee: 'a deletion wins for ever',
    changes: [neverOnTombstones],
  },
  {
    name: 'an edit writes over whatever is there',
    guarantee: 'an edit racing a deletion never shows text again',
    changes: [
      neverOnTombstones,
      { file: 'shared/changes/edit.ts', find: 'expected: { version: message.version }', replace: '' },
    ],
  },
  {
    name: 'a client takes every message frame',
    guarantee: 'a late message frame never brings erased text back',
    changes: [{ file: reader, find: 'if (!held || isNewer(message, held)) this', replace: 'this' }],
  },
  {
    name: 'a client takes every quote',
    guarantee: 'an old quote never brings erased text back',
    changes: [{ file: reader, find: 'if (!held || isNewer(quote, held)) this', replace: 'this' }],
  },
  {
    name: 'a reaction replaces those of others that came after the message was read',
    guarantee: 'thirty simultaneous reactions are all counted',
    changes: [
      {
        file: 'shared/data/changes/reactions.ts',
        find: "const prefix = 'r:';",
        replace:
          "const prefix = 'r:';\nconst others = (message: StoredMessage) =>\n  Object.keys(message).filter((name) => name.startsWith(prefix));",
      },
      {
        file: 'shared/data/changes/reactions.ts',
        find: '    set: { [key]: next },\n    expected: { [key]: message[key] },',
        replace:
          '    set: { ...Object.fromEntries(others(message).map((name) => [name, message[name as "r:"]])), [key]: next },',
      },
    ],
  },
  {
    name: 'an edit does not expect the version that was read',
    guarantee: 'a slow retry never overwrites a newer edit',
    changes: [{ file: 'shared/changes/edit.ts', find: 'expected: { version: message.version }', replace: '' }],
  },
  {
    name: 'an edit that is repeated is made again',
    guarantee: 'a slow retry never overwrites a newer edit',
    changes: [
      {
        file: 'shared/changes/edit.ts',
        find: '  if ((message.editRev ?? 0) >= tried) return undefined;\n',
        replace: '  void tried;\n',
      },
    ],
  },
];
