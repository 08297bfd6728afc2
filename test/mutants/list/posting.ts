import { type Mutant, mutantsOf } from '../mutant.ts';

/** Who may write in a group, and how often. */

const group = (title: string) => `test/functions/groups/posting.test.ts "${title}"`;
const question = (title: string) => `test/functions/ai/posting.test.ts "${title}"`;

export const posting: Mutant[] = [
  ...mutantsOf('shared/chats/posting.ts', [
    {
      name: 'members write where only admins may',
      find: "if (rules.posting === 'admins') throw new Problem('posting_restricted');",
      replace: '',
      killedBy: group(
        'refuses the messages of members, over REST and over the socket, and takes those of the owner and admins',
      ),
    },
    {
      name: 'a member of a group in slow mode asks the data each time',
      find: 'if (retryAfter > 0) throw slowDown(Math.min(retryAfter, slowModeSeconds));',
      replace: '',
      killedBy: group('costs one operation for a member’s message, and none for an admin’s or a refused one'),
    },
    {
      name: 'members write at once in slow mode',
      find: "if (refusal) throw refusal === 'too early' ? slowDown(seconds) : new Problem('not_a_participant');",
      replace: '',
      killedBy: group('refuses a message if another one has been written since the membership was read'),
    },
    {
      name: 'slow mode slows admins down',
      find: "if (membership.role !== 'member' || !seconds) return;",
      replace: 'if (!seconds) return;',
      killedBy: group('lets each member write once in its time, over REST and over the socket, and admins always'),
    },
  ]),
  ...mutantsOf('shared/data/chats/posting.ts', [
    {
      name: 'a turn makes somebody a participant',
      find: "'attribute_exists(pk) AND (attribute_not_exists(turnAt) OR turnAt <= :before OR turnFor = :for)'",
      replace: "'attribute_not_exists(turnAt) OR turnAt <= :before OR turnFor = :for'",
      killedBy: group('writes nothing for a member who is removed meanwhile'),
    },
  ]),
  ...mutantsOf('shared/chats/messages/send.ts', [
    {
      name: 'a message that is refused takes a turn',
      find: '  const [replyTo, mentioning, files] = await Promise.all([',
      replace:
        '  await takeTurn(membership, rules, randomUUID());\n  const [replyTo, mentioning, files] = await Promise.all([',
      killedBy: group('does not count a message that is refused'),
    },
  ]),
  ...mutantsOf('shared/assistant/compose-answer.ts', [
    {
      name: 'members ask where only admins may write',
      find: 'await takeTurn(asker, await requireMayPostNow(asker, id), id);',
      replace: '',
      killedBy: question('of a member is refused where only admins may write, before the model is asked'),
    },
  ]),
  ...mutantsOf('functions/google/create-meeting.ts', [
    {
      name: 'a meeting is created that may not be posted',
      find: 'await requireMayPostNow(await requireWriter(userId, chatId));',
      replace: 'await requireWriter(userId, chatId);',
      killedBy:
        'test/functions/google/create-meeting.test.ts "is not created for a group in which the user may not write"',
    },
    {
      name: 'meetings do not count in slow mode',
      find: 'await takeTurn(membership, await requireMayPostNow(membership), randomUUID());',
      replace: '',
      killedBy:
        'test/functions/google/create-meeting.test.ts "is not created for a group in which the user may not write"',
    },
  ]),
];
