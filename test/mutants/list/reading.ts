import { type Mutant, mutantsOf } from '../mutant.ts';

/** Unread counts and live read marks: conditions that let too much pass, and frames for too many. */

const readMarks = (title: string) => `test/data/read-marks.test.ts "${title}"`;
const unread = (title: string) => `test/functions/chats/unread.test.ts "${title}"`;
const live = (title: string) => `test/functions/chats/live-reads.test.ts "${title}"`;

export const reading: Mutant[] = [
  ...mutantsOf('shared/data/chats/read-marks.ts', [
    {
      name: 'a read mark moves back',
      find: "isBefore: Condition = { ConditionExpression: 'readSeq < :seq' }",
      replace: "isBefore: Condition = { ConditionExpression: 'readSeq <> :seq' }",
      killedBy: readMarks('never moves back'),
    },
    {
      name: 'a read mark makes a membership',
      find: "isBefore: Condition = { ConditionExpression: 'readSeq < :seq' }",
      replace: "isBefore: Condition = { ConditionExpression: 'attribute_not_exists(pk) OR readSeq < :seq' }",
      killedBy: readMarks('is set only by a participant'),
    },
    {
      name: 'an own message marks those of others before it as read',
      find: "ConditionExpression: 'readSeq = :before'",
      replace: "ConditionExpression: 'readSeq <= :before'",
      killedBy: readMarks('moves the mark over no message of others, whatever was known before'),
    },
    {
      name: 'an own message moves a read mark back',
      find: "ConditionExpression: 'readSeq = :before'",
      replace: "ConditionExpression: 'readSeq >= :before'",
      killedBy: readMarks('does not move the mark back'),
    },
    {
      name: 'an own message makes a membership',
      find: "ConditionExpression: 'readSeq < :seq AND (attribute_not_exists(ownSeqs)",
      replace: "ConditionExpression: '(attribute_not_exists(pk) OR readSeq < :seq) AND (attribute_not_exists(ownSeqs)",
      killedBy: readMarks('is recorded for nobody who has left'),
    },
    {
      name: 'a membership grows with every own message',
      find: '(attribute_not_exists(ownSeqs) OR size(ownSeqs) < :max)',
      replace: '(attribute_not_exists(ownSeqs) OR size(ownSeqs) <= :max)',
      killedBy: readMarks('becomes the mark when eighty are kept already'),
    },
    {
      name: 'own numbers are never forgotten',
      find: 'filter((number) => number <= seq)',
      replace: 'filter((number) => number > seq)',
      killedBy: readMarks('forgets the own numbers that it covers'),
    },
    {
      name: 'own numbers below the mark are counted twice',
      find: '...gaps])].filter((seq) => seq > readSeq &&',
      replace: '...gaps])].filter((seq) => seq >= readSeq &&',
      killedBy: readMarks('own numbers count for nothing at or below the mark, and above the newest message'),
    },
  ]),
  ...mutantsOf('shared/chats/messages/send.ts', [
    {
      name: 'an own message is unread',
      find: 'const recorded = author && recordOwn(author, seq);',
      replace: 'const recorded = undefined;',
      killedBy: unread('stays when one replies without having read'),
    },
    {
      name: 'a message that was sent again stays unread',
      find: ', recordOwn(membership, first.seq), ',
      replace: ', ',
      killedBy: unread('is no longer unread when it is sent again'),
    },
  ]),
  ...mutantsOf('shared/chats/messages/system-messages.ts', [
    {
      name: 'an own system message is unread',
      find: 'isStaying(about) && recordOwn(causer, seq)',
      replace: 'isStaying(about)',
      killedBy: unread('includes the system messages that others caused, and none that one caused oneself'),
    },
  ]),
  ...mutantsOf('shared/chats/live-reads.ts', [
    {
      name: 'read marks are sent in larger chats',
      find: 'const maxParticipants = 20;',
      replace: 'const maxParticipants = 21;',
      killedBy: live('in a group of 21 and of 30 there is no frame on the chat’s sockets'),
    },
    {
      name: 'read marks are not sent in the largest small chat',
      find: 'const maxParticipants = 20;',
      replace: 'const maxParticipants = 19;',
      killedBy: live('in a group of 20, each mark is two frames: one to its author, one to the reader'),
    },
    {
      name: 'a read mark goes to everybody who watches',
      find: 'told.has(connection.userId)',
      replace: 'told.has(userId)',
      killedBy: live('in a group of 20, each mark is two frames: one to its author, one to the reader'),
    },
    {
      name: 'a read mark does not reach the reader’s other devices',
      find: '  told.add(userId);\n',
      replace: '',
      killedBy: live('goes to the authors of what was newly read and to the reader’s own devices, and to nobody else'),
    },
    {
      name: 'all messages are read to find their authors',
      find: 'const maxMessages = 100;',
      replace: 'const maxMessages = 101;',
      killedBy: live('goes to the authors of the newest hundred messages that were read'),
    },
    {
      name: 'the participants of a large group are read for each mark',
      find: '  cached.set(chatId, length <= maxParticipants);\n',
      replace: '',
      killedBy: live('is not done when the mark does not move, nor in a large group whose size is known'),
    },
    {
      name: 'the size of a group is never read again',
      find: 'ttlMs: 60_000',
      replace: 'ttlMs: Infinity',
      killedBy: live('a group that grows or shrinks past 20 changes within a minute'),
    },
  ]),
  ...mutantsOf('shared/chats/mark-read.ts', [
    {
      name: 'a read mark that has not moved is delivered',
      find: 'if (read.movedFrom !== undefined) await deliverRead(membership, { after: read.movedFrom, seq, exceptConnectionId });',
      replace: 'await deliverRead(membership, { after: 0, seq, exceptConnectionId });',
      killedBy: live('goes to the authors of what was newly read and to the reader’s own devices, and to nobody else'),
    },
    {
      name: 'the user’s other devices go on showing a chat as marked that was read',
      find: 'if (read.endedUnread) await tellUsers',
      replace: 'if (false) await tellUsers',
      killedBy: `test/functions/chats/mark-unread.test.ts "the user’s other devices learn when a read that moves no mark ends it"`,
    },
  ]),
];
