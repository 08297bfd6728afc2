import { type Mutant, mutantsOf } from '../mutant.ts';

/** Conditions of writes to direct chats, messages, sockets and counters that are missing or let too much pass. */

const limits = (title: string) => `test/data/limits.test.ts "${title}"`;
const refused = (title: string) => `test/data/refusals/chats.test.ts "${title}"`;

export const conditionsChats: Mutant[] = [
  ...mutantsOf('shared/data/limits.ts', [
    {
      name: 'a use opens a window for an item that is missing',
      find: "${create ? '' : 'attribute_exists(pk) AND '}${noOpenWindow}",
      replace: '${noOpenWindow}',
      killedBy: limits('does not create a missing item'),
    },
    {
      name: 'a use opens a new window although one is open',
      find: "const noOpenWindow = '(attribute_not_exists(windowEnd) OR windowEnd <= :now)'",
      replace: "const noOpenWindow = '(attribute_not_exists(windowEnd) OR windowEnd <> :now)'",
      killedBy: limits(
        'counts up to the allowance in a window, says how long to wait, and starts again after the window',
      ),
    },
    {
      name: 'a window is never over',
      find: ' OR windowEnd <= :now)',
      replace: ' OR windowEnd = :now AND windowEnd < :now)',
      killedBy: limits(
        'counts up to the allowance in a window, says how long to wait, and starts again after the window',
      ),
    },
    {
      name: 'uses at once pass the allowance',
      find: "'attribute_exists(pk) AND used < :allow'",
      replace: "'attribute_exists(pk) AND (used < :allow OR used >= :allow)'",
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
      find: 'ConditionExpression: noOpenWindow,',
      replace: "ConditionExpression: 'attribute_not_exists(windowEnd) OR windowEnd <> :now',",
      killedBy: refused('an amount is added to what is used in the window'),
    },
    {
      name: 'an amount is added only to an item that is missing',
      find: "ConditionExpression: 'attribute_exists(pk)',",
      replace: "ConditionExpression: 'attribute_not_exists(pk)',",
      killedBy: refused('an amount is added to what is used in the window'),
    },
  ]),
  ...mutantsOf('shared/data/connections/connections.ts', [
    {
      name: 'a socket is stored for anyone',
      find: "    { ...membershipCheck(userId, chatId), otherwise: 'not a participant' },\n",
      replace: '',
      killedBy: refused('is not stored for someone who is not in the chat, or is blocked there'),
    },
    {
      name: 'a socket is stored for an ended session',
      find: "    { ...sessionCheck(userId, sessionId), otherwise: 'session ended' },\n",
      replace: '',
      killedBy: refused('is not stored for a session that has ended'),
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
      find: '...mark, ...exists }',
      replace: '...mark }',
      killedBy: refused('leaves no mark where there is no chat'),
    },
    {
      name: 'a block misses a chat that is opened at the same moment',
      find: 'ConditionCheck: { ...membership, ...isNew }',
      replace: "ConditionCheck: { ...membership, ConditionExpression: 'attribute_not_exists(nothing)' }",
      killedBy: refused('marks a chat that is opened while it is written'),
    },
  ]),
  ...mutantsOf('shared/data/chats/chats.ts', [
    {
      name: 'any user id is a user',
      find: 'Key: keys.user(userId), ...exists }',
      replace: "Key: keys.user(userId), ConditionExpression: 'attribute_not_exists(nothing)' }",
      killedBy: refused('is not stored for a user who is gone'),
    },
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
  ...mutantsOf('shared/data/chats/messages.ts', [
    {
      name: 'a chat that is gone gives numbers',
      find: '    ...exists,\n',
      replace: '',
      killedBy: refused('a chat that is gone has no next number'),
    },
    {
      name: 'a message is stored twice',
      find: 'Item: marker, ...isNew',
      replace: 'Item: marker',
      killedBy: refused('a message with a clientId is stored once'),
    },
  ]),
];
