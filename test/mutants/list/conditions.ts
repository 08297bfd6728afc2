import { type Mutant, mutantsOf } from '../mutant.ts';

/** Conditions of writes (shared/data) that are missing or let too much pass. */

const refused = (title: string) => `test/data/refusals.test.ts "${title}"`;
const limits = (title: string) => `test/data/limits.test.ts "${title}"`;

export const conditions: Mutant[] = [
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
  ...mutantsOf('shared/data/chats/groups.ts', [
    {
      name: 'a group takes a participant too many',
      find: 'size(participantIds) <= :room',
      replace: 'size(participantIds) >= :room',
      killedBy: refused('takes a thousand participants and no more'),
    },
    {
      name: 'a group that is gone is joined',
      find: "'attribute_exists(pk) AND size(participantIds) <= :room'",
      replace: "'attribute_not_exists(pk) OR size(participantIds) <= :room'",
      killedBy: refused('is not joined after its last member has left'),
    },
    {
      name: 'the last participant leaves an empty group behind',
      find: "ConditionExpression: 'size(participantIds) > :one',",
      replace: "ConditionExpression: 'size(participantIds) >= :one',",
      killedBy: refused('is left by its last member only by closing it'),
    },
    {
      name: 'a group with members is closed',
      find: "ConditionExpression: 'size(participantIds) = :one',",
      replace: "ConditionExpression: 'size(participantIds) >= :one',",
      killedBy: refused('is not closed while it has other members'),
    },
    {
      name: 'a former admin adds members',
      find: "{ ...rosterAdd(chatId, userIds), otherwise: 'full' },\n    { ...roleCheck(actor.userId, chatId, actor.role), otherwise: 'changed' },",
      replace: "{ ...rosterAdd(chatId, userIds), otherwise: 'full' },",
      killedBy: refused('adds nobody'),
    },
    {
      name: 'a former admin removes members',
      find: "...(actor ? [{ ...roleCheck(actor.userId, chatId, actor.role), otherwise: 'changed' as const }] : []),",
      replace: '',
      killedBy: refused('removes nobody'),
    },
    {
      name: 'a group is closed with an old invite code',
      find: ', ...hasInvite(inviteCode) }',
      replace: ' }',
      killedBy: refused('is not closed with an invite code that was replaced meanwhile'),
    },
    {
      name: 'a former admin renames a group',
      find: "    { ...roleCheck(actor.userId, chatId, actor.role), otherwise: 'role changed' },\n",
      replace: '',
      killedBy: refused('renames nothing'),
    },
    {
      name: 'a former owner changes roles',
      find: "roleCheck(owner.userId, owner.chatId, 'owner')",
      replace: "roleCheck(owner.userId, owner.chatId, 'member')",
      killedBy: refused('changes no role'),
    },
  ]),
  ...mutantsOf('shared/data/chats/invites.ts', [
    {
      name: 'an invite code admits to any chat',
      find: 'chatId = :chat AND (',
      replace: '(chatId = :chat OR chatId <> :chat) AND (',
      killedBy: refused('admits to no other chat'),
    },
    {
      name: 'an invite code is used once too often',
      find: 'uses < maxUses',
      replace: 'uses <= maxUses',
      killedBy: refused('admits as often as it may'),
    },
    {
      name: 'an invite code never expires',
      find: '(attribute_not_exists(expiresAt) OR expiresAt > :now)',
      replace: '(attribute_not_exists(expiresAt) OR expiresAt <> :now)',
      killedBy: refused('admits nobody after it has expired'),
    },
    {
      name: 'an invite code replaces that of another group',
      find: ', uses: 0 }, ...isNew }',
      replace: ', uses: 0 } }',
      killedBy: refused('is not one that another group has'),
    },
    {
      name: 'a group without a code gets a second one',
      find: "'attribute_exists(pk) AND attribute_not_exists(inviteCode)'",
      replace: "'attribute_exists(pk)'",
      killedBy: refused('is replaced once'),
    },
    {
      name: 'an invite code is replaced although it has changed',
      find: "'inviteCode = :invite'",
      replace: "'inviteCode = :invite OR inviteCode <> :invite'",
      killedBy: refused('is replaced once'),
    },
    {
      name: 'a former admin replaces the invite code',
      find: "    { ...roleCheck(actor.userId, chatId, actor.role), otherwise: 'changed' },\n",
      replace: '',
      killedBy: refused('replaces no invite code'),
    },
  ]),
  ...mutantsOf('shared/data/chats/memberships.ts', [
    {
      name: 'a group is joined twice',
      find: '    ...isNew,\n',
      replace: '',
      killedBy: refused('is not joined twice'),
    },
    {
      name: 'a member is removed whatever their role is now',
      find: 'Delete: { TableName: table, Key: keys.membership(userId, chatId), ...hasRole(role) }',
      replace: 'Delete: { TableName: table, Key: keys.membership(userId, chatId) }',
      killedBy: refused('is not removed'),
    },
    {
      name: 'any participant has any role',
      find: 'ConditionCheck: { TableName: table, Key: keys.membership(userId, chatId), ...hasRole(role) }',
      replace:
        "ConditionCheck: { TableName: table, Key: keys.membership(userId, chatId), ConditionExpression: 'attribute_exists(pk)' }",
      killedBy: refused('renames nothing'),
    },
    {
      name: 'a blocked user opens a socket',
      find: "'attribute_exists(pk) AND attribute_not_exists(blocked)'",
      replace: "'attribute_exists(pk)'",
      killedBy: refused('is not stored for someone who is not in the chat, or is blocked there'),
    },
    {
      name: 'a stranger opens a socket',
      find: "'attribute_exists(pk) AND attribute_not_exists(blocked)'",
      replace: "'attribute_not_exists(blocked)'",
      killedBy: refused('is not stored for someone who is not in the chat, or is blocked there'),
    },
    {
      name: 'a role is changed whatever it is now',
      find: "'#role = :was'",
      replace: "'#role = :was OR #role <> :was'",
      killedBy: refused('does not become the owner'),
    },
    {
      name: 'a read mark moves back',
      find: "'attribute_exists(pk) AND readSeq < :seq'",
      replace: "'attribute_exists(pk) AND readSeq <> :seq'",
      killedBy: refused('a read mark never moves back'),
    },
    {
      name: 'a read mark makes a membership',
      find: "'attribute_exists(pk) AND readSeq < :seq'",
      replace: "'attribute_not_exists(pk) OR readSeq < :seq'",
      killedBy: refused('is not marked as read'),
    },
  ]),
  ...mutantsOf('shared/data/chats/messages.ts', [
    {
      name: 'a chat that is gone gives numbers',
      find: '    ...exists,\n',
      replace: '',
      killedBy: refused('has no next number'),
    },
    {
      name: 'a message is stored twice',
      find: 'Item: marker, ...isNew',
      replace: 'Item: marker',
      killedBy: refused('a message with a clientId is stored once'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/google-links.ts', [
    {
      name: 'Google is linked by an ended session',
      find: "    { ...sessionCheck(userId, sessionId), otherwise: 'session ended' },\n",
      replace: '',
      killedBy: refused('is not stored for a session that has ended'),
    },
    {
      name: 'a renewed Google link replaces another account',
      find: "'sealedTokens = :was'",
      replace: "'sealedTokens = :was OR sealedTokens <> :was'",
      killedBy: refused('is renewed only if it is still the one that was read'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/one-time-codes.ts', [
    {
      name: 'a one-time code has any number of tries',
      find: 'triesLeft > :none AND',
      replace: '(triesLeft > :none OR triesLeft <= :none) AND',
      killedBy: refused('has five tries'),
    },
    {
      name: 'a one-time code never expires',
      find: 'AND expiresAt > :now',
      replace: 'AND expiresAt <> :now',
      killedBy: refused('has no try after it has expired'),
    },
    {
      name: 'an old one-time code uses up a newer one',
      find: "'digest = :digest'",
      replace: "'digest = :digest OR digest <> :digest'",
      killedBy: refused('is used once, and not if a newer one has replaced it'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/sessions.ts', [
    {
      name: 'an expired session still opens sockets',
      find: "ConditionExpression: 'expiresAt > :now',",
      replace: "ConditionExpression: 'expiresAt <> :now',",
      killedBy: refused('opens no socket after it has expired'),
    },
    {
      name: 'any old refresh token is valid',
      find: '(rotation = :rotation OR usedRotation = :rotation) AND',
      replace: '(rotation = :rotation OR rotation <> :rotation) AND',
      killedBy: refused('accepts the last two refresh tokens, not an older one'),
    },
    {
      name: 'a replaced refresh token is invalid before the new one is used',
      find: '(rotation = :rotation OR usedRotation = :rotation)',
      replace: '(rotation = :rotation)',
      killedBy: refused('accepts the last two refresh tokens, not an older one'),
    },
    {
      name: 'an expired session is refreshed',
      find: 'AND expiresAt > :seconds',
      replace: 'AND expiresAt <> :seconds',
      killedBy: refused('is not refreshed after it has expired'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/tickets.ts', [
    {
      name: 'a ticket never expires',
      find: "'expiresAt > :now'",
      replace: "'expiresAt <> :now'",
      killedBy: 'test/functions/auth/tickets.test.ts "expires after a minute, and a made-up ticket is rejected"',
    },
  ]),
  ...mutantsOf('shared/data/accounts/users.ts', [
    {
      name: 'an account takes the email of another one',
      find: 'userId: user.id }, ...isNew },',
      replace: 'userId: user.id } },',
      killedBy: refused('takes no email that another one has'),
    },
    {
      name: 'a profile is made by a change of a user who is gone',
      find: "['attribute_exists(pk)', ...tests]",
      replace: "['attribute_not_exists(nothing)', ...tests]",
      killedBy: refused('is not made by a change of a user who is gone'),
    },
    {
      name: 'a profile is changed whatever it holds now',
      find: "['attribute_exists(pk)', ...tests].join(' AND ')",
      replace: "['attribute_exists(pk)', ...tests].join(' OR ')",
      killedBy: refused('keeps a password that was set meanwhile, and opens no session for the old one'),
    },
    {
      name: 'a field that was set meanwhile counts as absent',
      find: '`attribute_not_exists(#${name})`',
      replace: '`(attribute_not_exists(#${name}) OR attribute_exists(#${name}))`',
      killedBy: refused('keeps a phone that was set meanwhile, where there was none'),
    },
    {
      name: 'a session is opened by a password that has changed',
      find: 'Key: keys.user(session.userId), ...stillHolds(unchanged) }',
      replace: 'Key: keys.user(session.userId), ...stillHolds({}) }',
      killedBy: refused('keeps a password that was set meanwhile, and opens no session for the old one'),
    },
    {
      name: 'an email of another account is linked',
      find: "'attribute_not_exists(pk) OR userId = :user'",
      replace: "'attribute_not_exists(pk) OR userId = :user OR userId <> :user'",
      killedBy: refused('takes no email that another one has'),
    },
    {
      name: 'an account is erased although its email has changed',
      find: 'stillHolds({ email: user.email, phone: user.phone })',
      replace: 'stillHolds({ phone: user.phone })',
      killedBy: refused('keeps an email that was set meanwhile'),
    },
  ]),
];
