import { type Mutant, mutantsOf } from '../mutant.ts';

/** Conditions of writes to direct chats, messages and counters that are missing or let too much pass. */

const limits = (title: string) => `test/data/limits.test.ts "${title}"`;
const lostAnswers = (title: string) => `test/functions/lost-answers.test.ts "${title}"`;
const refused = (title: string) => `test/data/refusals/chats.test.ts "${title}"`;

export const conditionsChats: Mutant[] = [
  ...mutantsOf('shared/data/write.ts', [
    {
      name: 'a write whose answer was lost is refused when it is repeated',
      find: 'refused: done.refused && done.item?.lastWrite !== id',
      replace: 'refused: done.refused',
      killedBy: lostAnswers('somebody leaves, and an admin removes somebody'),
    },
    {
      name: 'a write whose answer was lost is done twice',
      find: 'ConditionExpression: `${input.ConditionExpression} AND (attribute_not_exists(lastWrite) OR lastWrite <> :write)`',
      replace: 'ConditionExpression: `${input.ConditionExpression} AND :write = :write`',
      killedBy: lostAnswers('a message takes one number'),
    },
  ]),
  ...mutantsOf('shared/data/limits.ts', [
    {
      name: 'a use opens a window for an item that is missing',
      find: "${create ? '' : 'attribute_exists(pk) AND '}${noOpen(windowEnd)}",
      replace: '${noOpen(windowEnd)}',
      killedBy: limits('does not create a missing item'),
    },
    {
      name: 'a use opens a new window although one is open',
      find: '`(attribute_not_exists(${windowEnd}) OR ${windowEnd} <= :now)`',
      replace: '`(attribute_not_exists(${windowEnd}) OR ${windowEnd} <> :now)`',
      killedBy: limits(
        'counts up to the allowance in a window, says how long to wait, and starts again after the window',
      ),
    },
    {
      name: 'a window is never over',
      find: ' OR ${windowEnd} <= :now)`',
      replace: ' OR ${windowEnd} = :now AND ${windowEnd} < :now)`',
      killedBy: limits(
        'counts up to the allowance in a window, says how long to wait, and starts again after the window',
      ),
    },
    {
      name: 'uses at once pass the allowance',
      find: '`attribute_exists(pk) AND ${used} <= :before`',
      replace: '`attribute_exists(pk) AND (${used} <= :before OR ${used} > :before)`',
      killedBy: limits('counts no more than the allowance when all uses come at once'),
    },
    {
      name: 'uses are taken back below zero',
      find: "'used > :none AND windowEnd > :now'",
      replace: "'windowEnd > :now AND (used > :none OR used <= :none)'",
      killedBy: limits('a use that is taken back can be used again, but only once'),
    },
    {
      name: 'an amount replaces what was used in the window',
      find: "ConditionExpression: noOpen('windowEnd'),",
      replace: "ConditionExpression: 'attribute_not_exists(windowEnd) OR windowEnd <> :now',",
      killedBy: refused('amounts that open the window at once are all counted'),
    },
    {
      name: 'a settled reservation changes a later window',
      find: "ConditionExpression: 'windowEnd = :end',",
      replace: "ConditionExpression: 'windowEnd = :end OR windowEnd <> :end',",
      killedBy: refused('a reservation is settled only in its own window'),
    },
    {
      name: 'an amount is added only after the window',
      find: "ConditionExpression: 'windowEnd > :now',\n      ExpressionAttributeValues: { ':amount'",
      replace: "ConditionExpression: 'windowEnd < :now',\n      ExpressionAttributeValues: { ':amount'",
      killedBy: refused('an amount is added to what is used in the window'),
    },
  ]),
  ...mutantsOf('shared/data/connections/deliveries.ts', [
    {
      name: 'a repeated page gets another end',
      find: "ConditionExpression: 'attribute_not_exists(pk)',",
      replace: '',
      killedBy: refused('a page keeps its first end'),
    },
  ]),
  ...mutantsOf('shared/data/connections/shards.ts', [
    {
      name: 'a room is spread over fewer shards',
      find: "'attribute_not_exists(pk) OR shards < :shards OR",
      replace: "'attribute_not_exists(pk) OR shards <> :shards OR",
      killedBy: refused('a room is spread over more shards, never over fewer'),
    },
  ]),
  ...mutantsOf('shared/data/chats/blocks.ts', [
    {
      name: 'a direct chat is opened despite a block',
      find: 'Key: keys.block(userId, otherId), ...isNew }',
      replace: "Key: keys.block(userId, otherId), ConditionExpression: 'attribute_not_exists(nothing)' }",
      killedBy: refused('is not stored if one of the two has blocked the other'),
    },
    {
      name: 'a block makes a membership',
      find: "      ...exists,\n      ExpressionAttributeValues: { ':user'",
      replace: "      ExpressionAttributeValues: { ':user'",
      killedBy: refused('leaves no mark where there is no chat'),
    },
    {
      name: 'a block misses a chat that is opened at the same moment',
      find: 'keys.membership(blockedId, directId), ...isNew }',
      replace: "keys.membership(blockedId, directId), ConditionExpression: 'attribute_not_exists(nothing)' }",
      killedBy: refused('marks a chat that is opened while it is written'),
    },
    {
      name: 'a user who is gone blocks somebody',
      find: '...userCheck(userId)',
      replace: '...userCheck(blockedId)',
      killedBy: refused('a block is not stored by a user who is gone'),
    },
  ]),
  ...mutantsOf('shared/data/chats/chats.ts', [
    {
      name: 'a direct chat replaces one that exists',
      find: "...isNew }, otherwise: 'already exists' },\n    { ...userCheck",
      replace: "}, otherwise: 'already exists' },\n    { ...userCheck",
      killedBy: refused('is stored once'),
    },
    {
      name: 'a direct chat is opened by a user who is gone',
      find: "    { ...userCheck(userId), otherwise: 'no such user' },\n",
      replace: '',
      killedBy: refused('is not stored for a user who is gone'),
    },
    {
      name: 'a direct chat is opened with a user who is gone',
      find: "    { ...userCheck(otherId), otherwise: 'no such user' },\n",
      replace: '',
      killedBy: refused('is not stored for a user who is gone'),
    },
    {
      name: 'a blocker opens a direct chat',
      find: "    { ...noBlockCheck(userId, otherId), otherwise: 'blocked' },\n",
      replace: '',
      killedBy: refused('is not stored if one of the two has blocked the other'),
    },
    {
      name: 'a blocked user opens a direct chat',
      find: "    { ...noBlockCheck(otherId, userId), otherwise: 'blocked' },\n",
      replace: '',
      killedBy: refused('is not stored if one of the two has blocked the other'),
    },
  ]),
  ...mutantsOf('shared/data/chats/numbers.ts', [
    {
      name: 'a chat that is gone gives numbers',
      find: '`attribute_exists(pk) AND ${isOpen}`',
      replace: 'isOpen',
      killedBy: refused('a chat that is gone has no next number'),
    },
    {
      name: 'a chat that is gone gives numbers to who leaves',
      find: "ConditionExpression: [\n      isFree(numbering) ? 'attribute_exists(pk)'",
      replace: "ConditionExpression: [\n      isFree(numbering) ? 'attribute_not_exists(nothing)'",
      killedBy: refused('a chat that is gone has no next number'),
    },
    {
      name: 'a direct chat with a block gives numbers',
      find: "'attribute_not_exists(blockedBy) AND attribute_not_exists(lockedAt)'",
      replace: "'attribute_not_exists(lockedAt)'",
      killedBy: refused('is given to nobody in a direct chat with a block, except about leaving'),
    },
    {
      name: 'a chat remembers any number of gaps',
      find: 'size(gaps) < :max)',
      replace: 'size(gaps) <> :max OR size(gaps) = :max)',
      killedBy: refused('is remembered if it has no message, and of more than fifty the newest are'),
    },
    {
      name: 'a gap makes a chat',
      find: "'attribute_exists(pk) AND (attribute_not_exists(gaps)",
      replace: "'(attribute_not_exists(gaps)",
      killedBy: refused('is not remembered of a chat that is gone'),
    },
    {
      name: 'gaps of the same moment are forgotten',
      find: "ConditionExpression: 'gaps = :full',",
      replace: "ConditionExpression: 'gaps <> :full',",
      killedBy: refused('is remembered if it has no message, and of more than fifty the newest are'),
    },
    {
      name: 'a number has a time before the last one',
      find: 'lastAt <= :at)',
      replace: 'lastAt <> :at)',
      killedBy: refused('has a time that is not before the last one'),
    },
    {
      name: 'who leaves takes numbers',
      find: 'OR ${name} < :past)',
      replace: 'OR ${name} <> :past)',
      killedBy: refused('is not given to a user who is leaving, for a minute, except about leaving and joining'),
    },
    {
      name: 'the record of a new removal is forgotten with an old one',
      find: 'ConditionExpression: entries.map((_, n) => `#r${n} = :v${n}`)',
      replace: 'ConditionExpression: entries.map((_, n) => `(#r${n} = :v${n} OR #r${n} <> :v${n})`)',
      killedBy: refused('is not given to a user who is leaving, for a minute, except about leaving and joining'),
    },
  ]),
  ...mutantsOf('shared/data/slots.ts', [
    {
      name: 'a slot is taken that is held',
      find: "ConditionExpression: 'attribute_not_exists(pk) OR heldUntil <= :now',",
      replace: "ConditionExpression: 'attribute_not_exists(pk) OR heldUntil <> :now',",
      killedBy: 'test/data/slots.test.ts "are taken by no more than there are, even when all come at once"',
    },
    {
      name: 'a slot is freed by one who has lost it',
      find: "ConditionExpression: 'holder = :holder',",
      replace: "ConditionExpression: 'holder = :holder OR holder <> :holder',",
      killedBy: 'test/data/slots.test.ts "are not freed by a holder that has lost them"',
    },
  ]),
  ...mutantsOf('shared/data/chats/messages.ts', [
    {
      name: 'a message is stored twice',
      find: 'Item: marker, ...isNew',
      replace: 'Item: marker',
      killedBy: refused('a message with a clientId is stored once'),
    },
  ]),
];
