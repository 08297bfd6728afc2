import { type Mutant, mutantsOf } from '../mutant.ts';

/** Conditions of writes to accounts that are missing or let too much pass. */

const refused = (title: string) => `test/data/refusals/accounts.test.ts "${title}"`;

export const conditionsAccounts: Mutant[] = [
  ...mutantsOf('shared/data/accounts/google-links.ts', [
    {
      name: 'Google is linked by an ended session',
      find: "if (!session) return 'session ended';",
      replace: 'if (!session) return undefined;',
      killedBy: refused('is not stored for a session that has ended'),
    },
    {
      name: 'a renewed Google link replaces another account',
      find: "sealedTokens },\n    ConditionExpression: 'sealedTokens = :was',",
      replace: "sealedTokens },\n    ConditionExpression: 'sealedTokens = :was OR sealedTokens <> :was',",
      killedBy: refused('is renewed only if it is still the one that was read'),
    },
    {
      name: 'a Google link replaces one that was made meanwhile',
      find: "'sealedTokens = :replaced'",
      replace: "'sealedTokens = :replaced OR sealedTokens <> :replaced'",
      killedBy: refused('is replaced or deleted only if it is still the one that was read'),
    },
    {
      name: 'a Google link is deleted whichever it is now',
      find: "Key: keys.googleLink(userId),\n    ConditionExpression: 'sealedTokens = :was',",
      replace: "Key: keys.googleLink(userId),\n    ConditionExpression: 'sealedTokens = :was OR sealedTokens <> :was',",
      killedBy: refused('is replaced or deleted only if it is still the one that was read'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/one-time-codes.ts', [
    {
      name: 'a one-time code has any number of tries',
      find: 'ConditionExpression: `${tries} > :none AND',
      replace: 'ConditionExpression: `(${tries} > :none OR ${tries} <= :none) AND',
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
  ...mutantsOf('shared/data/accounts/sessions.ts', [
    {
      name: 'a session of an earlier generation opens sockets',
      find: 'ConditionExpression: `${isStaying} AND (attribute_not_exists(sessionGeneration) OR sessionGeneration = :generation)`',
      replace:
        'ConditionExpression: `${isStaying} AND (attribute_not_exists(sessionGeneration) OR sessionGeneration >= :generation)`',
      killedBy: refused('opens no socket after a newer generation has begun, or while its account is deleted'),
    },
    {
      name: 'ending the sessions of a user who is gone makes a profile',
      find: '    ...exists,\n',
      replace: '',
      killedBy: refused('is not ended for a user who is gone: no profile appears'),
    },
    {
      name: 'a session that has ended goes on after a new password',
      find: "ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(generation) OR generation = :was)'",
      replace:
        "ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(generation) OR generation = :was OR generation <> :was)'",
      killedBy: refused('that has ended is not raised by a new password'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/staying.ts', [
    {
      name: 'any user id is a user',
      find: 'ConditionExpression: isStaying,',
      replace: "ConditionExpression: 'attribute_not_exists(nothing) OR nothing < :now',",
      killedBy: 'test/data/refusals/chats.test.ts "is not stored for a user who is gone"',
    },
    {
      name: 'an account that is being deleted is added to groups',
      find: ' AND (attribute_not_exists(deletion) OR deletion.holdsUntil < :now)',
      replace: ' AND (attribute_not_exists(deletion) OR deletion.holdsUntil <> :now)',
      killedBy: 'test/data/refusals/groups.test.ts "is refused to a user who is gone or is being deleted"',
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
      name: 'a profile is changed although it has changed meanwhile',
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
      find: 'stillHolds({ ...unchanged, suspendedAt: undefined, sessionGeneration: session.generation })',
      replace: 'stillHolds({})',
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
