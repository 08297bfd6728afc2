import { mutantsOf } from '../mutant.ts';

/** Checks of the authorisation module. */

const members = (title: string) => `test/functions/groups/members.test.ts "${title}"`;
const matrix = (request: string) =>
  `test/functions/access.test.ts "reads nothing and changes nothing through ${request}"`;

export const access = mutantsOf('shared/chats/access.ts', [
  {
    name: 'everyone is a participant',
    find: "if (!membership) throw new Problem('not_a_participant');",
    replace: '',
    killedBy: matrix('GET /chats/{chatId}/messages'),
    asvs: ['8.2.2', '8.3.1'],
  },
  {
    name: 'everyone reads the name of everyone',
    find: "if (!(await haveCommonChat(userId, otherId))) throw new Problem('user_not_found');",
    replace: '',
    killedBy: 'test/functions/users/get-user.test.ts "answers a stranger as if there were no such user"',
  },
  {
    name: 'a blocked user acts in the direct chat',
    find: "if (membership.blockedBy) throw new Problem('blocked');",
    replace: '',
    killedBy: matrix('POST /google/meet/create'),
    asvs: ['8.2.2'],
  },
  {
    name: 'a participant sends any number of messages',
    find: "if (counted.outcome === 'used up') throw new Problem('too_many_requests', { retryAfter: counted.retryAfter });",
    replace: "if (counted.outcome === 'used up') return requireWriter(userId, chatId);",
    killedBy: 'test/functions/chats/send-message.test.ts "is refused above the rate limit, with Retry-After"',
  },
  {
    name: 'everyone sends messages',
    find: "if (counted.outcome === 'not a participant') throw new Problem('not_a_participant');",
    replace: "if (counted.outcome === 'not a participant') return { userId, chatId } as Membership;",
    killedBy: matrix('POST /chats/{chatId}/messages'),
    asvs: ['8.2.2'],
  },
  {
    name: 'a blocked user sends messages',
    find: 'return requireNoBlock(await requireParticipantWithin(allowance, userId, chatId));',
    replace: 'return requireParticipantWithin(allowance, userId, chatId);',
    killedBy:
      'test/functions/users/blocks.test.ts "leaves a chat in which nobody can write, by any route, until every block is lifted"',
  },
  {
    name: 'every member of a group pins messages',
    find: "if (!isDirectId(chatId) && rank[role] < rank.admin) throw new Problem('role_too_low');",
    replace: '',
    killedBy: 'test/functions/messages/pins.test.ts "in a group the owner and admins pin messages"',
    asvs: ['8.2.2'],
  },
  {
    name: 'in a direct chat the owner of nothing deletes what the other one wrote',
    find: "if (isDirectId(chatId) || role === 'member') throw new Problem('role_too_low');",
    replace: "if (role === 'member' && !isDirectId(chatId)) throw new Problem('role_too_low');",
    killedBy:
      'test/functions/messages/delete-message.test.ts "in a direct chat nobody deletes what the other one wrote"',
    asvs: ['8.2.2'],
  },
  {
    name: 'an admin deletes what the owner wrote',
    find: "if (author?.role === 'owner') throw new Problem('role_too_low');",
    replace: '',
    killedBy:
      'test/functions/messages/delete-message.test.ts "in a group the owner deletes any message, an admin any but the owner’s, and a member only their own"',
    asvs: ['8.2.2'],
  },
  {
    name: 'deliveries have no budget',
    find: "if (retryAfter > 0) throw new Problem('too_many_requests', { retryAfter });",
    replace: '',
    killedBy: 'test/functions/abuse.test.ts "end for the hour with the budget, in every chat and by every route"',
  },
  {
    name: 'unknown users are added to a group',
    find: "if (!user) return 'unknown_participants';",
    replace: 'if (!user) return undefined;',
    killedBy: members('rejects unknown users and adds nobody'),
    asvs: ['2.3.3'],
  },
  {
    name: 'a blocked user adds the blocker to groups',
    find: "if (hasBlocked) return 'blocked';",
    replace: '',
    killedBy:
      'test/functions/users/blocks.test.ts "cannot add the blocker to a new or an existing group, but shared groups stay as they are"',
  },
  {
    name: 'who lets nobody add them is added',
    find: "addedBy === 'nobody' || ",
    replace: '',
    killedBy: 'test/functions/groups/additions.test.ts "can be refused to everybody, and allowed again"',
  },
  {
    name: 'strangers are contacts',
    find: "(addedBy === 'contacts' && !isContact)",
    replace: "(addedBy === 'contacts' && !user)",
    killedBy: 'test/functions/groups/additions.test.ts "can be left to contacts"',
  },
  {
    name: 'a direct chat is administered like a group',
    find: "if (isDirectId(groupId)) throw new Problem('not_a_group');",
    replace: '',
    killedBy: 'test/functions/chats/direct.test.ts "is not a group, so nobody can be removed from it"',
  },
  {
    name: 'every member is an admin',
    find: 'rank[membership.role] < rank[lowest]',
    replace: 'rank[membership.role] < rank.member',
    killedBy: members('requires an admin and delivers a system message'),
  },
  {
    name: 'an admin is an owner',
    find: 'rank[membership.role] < rank[lowest]',
    replace: 'rank[membership.role] < Math.min(rank[lowest], 1)',
    killedBy: members('can be changed only by the owner'),
  },
  {
    name: 'an admin removes another admin',
    find: 'rank[actor.role] <= rank[member.role]',
    replace: 'rank[actor.role] < rank[member.role]',
    killedBy: members('is refused for a role that is not lower: an admin removes neither an admin nor the owner'),
  },
  {
    name: 'a member inherits a group that has an admin',
    find: 'admins.length > 0 ? admins : members',
    replace: 'members',
    killedBy: members('passes ownership to an admin rather than to a member who joined earlier'),
  },
  {
    name: 'the next owner of a group is anybody of those who joined at once',
    find: '`${joinedAt} ${userId}`',
    replace: 'joinedAt',
    killedBy: members('passes ownership to the lowest id of those who were added at once'),
  },
]);
