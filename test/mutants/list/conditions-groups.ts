import { type Mutant, mutantsOf } from '../mutant.ts';

/** Conditions of writes to groups that are missing or let too much pass. */

const refused = (title: string) => `test/data/refusals/groups.test.ts "${title}"`;

export const conditionsGroups: Mutant[] = [
  ...mutantsOf('shared/data/chats/created-groups.ts', [
    {
      name: 'a double tap creates two groups',
      find: '    ...isNew,\n',
      replace: '',
      killedBy:
        'test/functions/groups/repeated-groups.test.ts "finds the group that has been created since the request was looked up"',
    },
  ]),
  ...mutantsOf('shared/data/chats/additions.ts', [
    {
      name: 'additions at once pass the allowance',
      find: 'ConditionExpression: `${anyoneMay} AND added.windowEnd = :end AND added.used < :allow`',
      replace:
        'ConditionExpression: `${anyoneMay} AND added.windowEnd = :end AND (added.used < :allow OR added.used >= :allow)`',
      killedBy: refused('is counted in one window, and not above the allowance'),
    },
    {
      name: 'an addition is counted in a window that is over',
      find: 'ConditionExpression: `${anyoneMay} AND added.windowEnd = :end AND',
      replace: 'ConditionExpression: `${anyoneMay} AND (added.windowEnd = :end OR added.windowEnd <> :end) AND',
      killedBy: refused('is counted in one window, and not above the allowance'),
    },
    {
      name: 'an addition opens a new window although one is open',
      find: 'ConditionExpression: `${anyoneMay} AND (attribute_not_exists(added) OR added.windowEnd <= :now)`',
      replace: 'ConditionExpression: `${anyoneMay} AND (attribute_not_exists(added) OR added.windowEnd <> :now)`',
      killedBy: refused('is counted in one window, and not above the allowance'),
    },
    {
      name: 'a stranger adds a user who has just refused that',
      find: 'OR addedBy = :anyone)',
      replace: 'OR addedBy = :anyone OR addedBy <> :anyone)',
      killedBy: refused('is refused to a user who has just refused strangers'),
    },
  ]),
  ...mutantsOf('shared/data/chats/groups.ts', [
    {
      name: 'a user who is gone creates a group',
      find: "    { ...userCheck(ownerId), otherwise: 'no such user' },\n",
      replace: '',
      killedBy: refused('is not done to a new group either, whose owner must exist'),
    },
    {
      name: 'a user who is gone joins',
      find: "    { ...userCheck(userId), otherwise: 'no such user' },\n",
      replace: '',
      killedBy: refused('is refused to a user who is gone'),
    },
    {
      name: 'who was removed joins',
      find: "    { ...notRemovedCheck(userId, chatId, invite.createdAt), otherwise: 'removed' },\n",
      replace: '',
      killedBy: refused('is refused after a removal with a code from before, and allowed after leaving'),
    },
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
      find: 'OR uses < maxUses',
      replace: 'OR uses <= maxUses',
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
      find: "'attribute_exists(pk) AND attribute_not_exists(blockedBy)'",
      replace: "'attribute_exists(pk)'",
      killedBy:
        'test/data/refusals/chats.test.ts "is not stored for someone who is not in the chat, or is blocked there"',
    },
    {
      name: 'a stranger opens a socket',
      find: "'attribute_exists(pk) AND attribute_not_exists(blockedBy)'",
      replace: "'attribute_not_exists(blockedBy)'",
      killedBy:
        'test/data/refusals/chats.test.ts "is not stored for someone who is not in the chat, or is blocked there"',
    },
    {
      name: 'a removed person joins with an old code',
      find: "ConditionExpression: 'attribute_not_exists(removed) OR leftAt < :since',",
      replace: "ConditionExpression: 'attribute_not_exists(removed) OR leftAt <> :since',",
      killedBy: refused('is refused after a removal with a code from before, and allowed after leaving'),
    },
    {
      name: 'hiding a chat makes a membership',
      find: "'SET hiddenUpTo = :seq',\n    ...exists,",
      replace: "'SET hiddenUpTo = :seq',",
      killedBy: refused('a membership that is gone is not made by hiding its chat, showing it or writing there'),
    },
    {
      name: 'showing a chat makes a membership',
      find: "'REMOVE hiddenUpTo',\n    ...exists,",
      replace: "'REMOVE hiddenUpTo',",
      killedBy: refused('a membership that is gone is not made by hiding its chat, showing it or writing there'),
    },
    {
      name: 'writing makes a membership',
      find: "'SET hasWritten = :true',\n    ...exists,",
      replace: "'SET hasWritten = :true',",
      killedBy: refused('a membership that is gone is not made by hiding its chat, showing it or writing there'),
    },
    {
      name: 'a role is changed although it has changed meanwhile',
      find: "'#role = :was'",
      replace: "'#role = :was OR #role <> :was'",
      killedBy: refused('does not become the owner'),
    },
  ]),
];
