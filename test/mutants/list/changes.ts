import { type Mutant, mutantsOf } from '../mutant.ts';

/** Edits, deletions, reactions and pins. */

const edits = (title: string) => `test/functions/messages/edit-message.test.ts "${title}"`;
const deletions = (title: string) => `test/functions/messages/delete-message.test.ts "${title}"`;
const reactions = (title: string) => `test/functions/messages/reactions.test.ts "${title}"`;
const pins = (title: string) => `test/functions/messages/pins.test.ts "${title}"`;
const late = (title: string) => `test/functions/messages/late-writes.test.ts "${title}"`;
const erasure = (title: string) => `test/functions/erase-reactions.test.ts "${title}"`;

export const changes: Mutant[] = [
  ...mutantsOf('shared/data/changes/log.ts', [
    {
      name: 'a chat that is gone gets change numbers',
      find: "'attribute_exists(pk)',\n",
      replace: "'(attribute_exists(pk) OR attribute_not_exists(pk))',\n",
      killedBy: 'test/functions/messages/numbers.test.ts "a chat that does not exist gets no change number"',
    },
    {
      name: 'somebody who is leaving changes messages',
      find: '(attribute_not_exists(#leaving) OR #leaving < :past)',
      replace: '(attribute_not_exists(#leaving) OR #leaving < :past OR #leaving >= :past)',
      killedBy: 'test/functions/messages/numbers.test.ts "a user who is leaving gets no change number for a minute"',
    },
    {
      name: 'a block that comes at the same moment stops no reaction',
      find: "by.kind !== 'delete' ? [isOpen] : []",
      replace: '[]',
      killedBy:
        'test/functions/messages/numbers.test.ts "in a direct chat with a block only deletions get a change number"',
    },
    {
      name: 'the log keeps every entry of a message',
      find: 'Math.min(rev, supersededRev) || undefined',
      replace: 'undefined',
      killedBy: reactions('one member who toggles a reaction does not make the log long'),
    },
  ]),
  ...mutantsOf('shared/data/changes/update-message.ts', [
    {
      name: 'a tombstone is changed',
      find: "'attribute_exists(pk) AND attribute_not_exists(deletedAt)'",
      replace: "'attribute_exists(pk)'",
      killedBy: late('a reaction that comes after a deletion does not touch the tombstone'),
    },
  ]),
  ...mutantsOf('shared/data/changes/tombstone.ts', [
    {
      name: 'a tombstone keeps its text',
      find: 'deletedAt deletedBy reason',
      replace: 'deletedAt deletedBy reason content',
      killedBy: deletions('a deletion leaves a tombstone without anything of the message, live and in the table'),
    },
    {
      name: 'a reaction at the moment of the deletion stays on the tombstone',
      find: '  await eraseRest(erased.changed);\n',
      replace: '',
      killedBy: late('a reaction at the moment of the deletion is erased with the rest'),
    },
  ]),
  ...mutantsOf('shared/data/changes/reactions.ts', [
    {
      name: 'reactions at once exceed the number of emojis',
      find: "condition: 'attribute_not_exists(emojis) OR contains(emojis, :added) OR size(emojis) < :max',",
      replace:
        "condition: 'attribute_not_exists(emojis) OR contains(emojis, :added) OR size(emojis) < :max OR size(emojis) >= :max',",
      killedBy: reactions('of the last two different emojis at once only one has room'),
    },
    {
      name: 'an emoji that was taken back makes no room',
      find: 'new Set([...reactionsOn(message).keys(), emoji])',
      replace: 'new Set([...emojis, emoji])',
      killedBy: reactions('a message has at most twenty different emojis, and one that was taken back makes room'),
    },
    {
      name: 'the reactions of a user forget when they last changed',
      find: ', [lastChange + emoji]: rev } },',
      replace: ' } },',
      killedBy: late('a reaction whose write is repeated does not return after it was taken back'),
    },
  ]),
  ...mutantsOf('shared/data/changes/pins.ts', [
    {
      name: 'pins at once exceed their number',
      find: "'attribute_not_exists(seqs) OR contains(seqs, :seq) OR size(seqs) < :max'",
      replace: "'attribute_not_exists(seqs) OR contains(seqs, :seq) OR size(seqs) < :max OR size(seqs) >= :max'",
      killedBy: pins('a chat has at most fifty pins, and unpinning or deleting one makes room'),
    },
    {
      name: 'deleted messages fill the list of pins',
      find: "result !== 'too many pins' || !(await removeLeftovers(message.chatId))",
      replace: 'true',
      killedBy: pins('a deletion that had read the message before it was pinned makes room too, even if it breaks off'),
    },
  ]),
  ...mutantsOf('shared/changes/change-message.ts', [
    {
      name: 'changes that are refused make the log long',
      find: 'if (error instanceof Problem) await',
      replace: 'if (!error) await',
      killedBy: pins('a chat has at most fifty pins, and unpinning or deleting one makes room'),
    },
    {
      name: 'a change is made long after its number',
      find: 'if (Date.now() > again.deadline)',
      replace: 'if (Date.now() > again.deadline * 2)',
      killedBy: late('a change is not made when its number is older than twenty seconds'),
    },
    {
      name: 'a repeated deletion tells nobody',
      find: 'wasJustMade(kind, userId, message) ? deliver',
      replace: '!wasJustMade(kind, userId, message) ? deliver',
      killedBy: deletions(
        'a repeated deletion is delivered again, because the first request may have broken off before',
      ),
    },
    {
      name: 'reactions are live in every chat',
      find: "(kind !== 'react' || participantCount <= maxParticipantsForReactions)",
      replace: "(kind !== 'react' || participantCount > 0)",
      killedBy: reactions('reactions are sent live in chats of up to 50 participants'),
    },
    {
      name: 'a change is refused after one that came in between',
      find: 'const maxAttempts = 3;',
      replace: 'const maxAttempts = 1;',
      killedBy: late('of two reactions of one user at the same moment both are there'),
    },
  ]),
  ...mutantsOf('shared/changes/edit.ts', [
    {
      name: 'everybody edits everything',
      find: "if (authorId !== userId && askedBy !== userId) throw new Problem('not_the_author');",
      replace: '',
      killedBy: edits('only its author may edit a message, only a text, and no tombstone'),
    },
    {
      name: 'an edit that is repeated late overwrites a newer one',
      find: 'if (ownRev !== undefined && (message.editRev ?? 0) >= ownRev) return undefined;',
      replace: '',
      killedBy: late('an edit whose write is repeated does not overwrite a newer edit'),
    },
    {
      name: 'the same text is an edit',
      find: 'if (isSame(edited, message)) return undefined;',
      replace: '',
      killedBy: edits('the same text changes nothing'),
    },
  ]),
  ...mutantsOf('shared/changes/pin.ts', [
    {
      name: 'a pin that is repeated late returns',
      find: 'if (ownRev !== undefined && (message.pinRev ?? 0) >= ownRev) return undefined;',
      replace: '',
      killedBy: late('a pin whose write is repeated does not return after the unpin, and the other way round'),
    },
  ]),
  ...mutantsOf('shared/changes/react.ts', [
    {
      name: 'a user reacts as often as there are emojis',
      find: 'Object.keys(own).length >= maxOwn || ',
      replace: '',
      killedBy: reactions('a user has at most three reactions on a message'),
    },
  ]),
  ...mutantsOf('shared/changes/erase-reactions.ts', [
    {
      name: 'only the first chat of a deleted account is cleared of its reactions',
      find: 'else if (rest.length > 0) await invoke',
      replace: 'else if (rest.length < 0) await invoke',
      killedBy: erasure('the reactions of a deleted account go, in every chat it was in, and those of others stay'),
    },
  ]),
];
