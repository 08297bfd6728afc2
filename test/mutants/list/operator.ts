import { type Mutant, mutantsOf } from '../mutant.ts';

/** What operators do, and what binds those whom they have suspended and the chats that they have locked. */

const reports = (title: string) => `test/functions/operator/reports.test.ts "${title}"`;
const people = (title: string) => `test/functions/operator/people.test.ts "${title}"`;
const chats = (title: string) => `test/functions/operator/chats.test.ts "${title}"`;
const audit = (title: string) => `test/functions/operator/audit.test.ts "${title}"`;

export const operator: Mutant[] = [
  ...mutantsOf('shared/data/operator/reports.ts', [
    {
      name: 'a report stays for ever',
      find: '...report, expiresAt };',
      replace: '...report, ...(expiresAt < 0 && { expiresAt }) };',
      killedBy:
        'test/functions/chats/report-message.test.ts "stores a report with the message’s content and files for the operator, and counts it"',
    },
    {
      name: 'a report that comes during a closing is closed unseen',
      find: "ConditionExpression: 'attribute_not_exists(pk) OR lastReportedAt = :last'",
      replace: "ConditionExpression: 'attribute_not_exists(pk) OR lastReportedAt >= :last'",
      killedBy: reports('stay open if another one comes while they are being closed'),
    },
    {
      name: 'reports that were closed are closed again',
      find: "'reportedAt = :reported AND attribute_not_exists(closedAt)'",
      replace: "'reportedAt <> :reported'",
      killedBy: reports('are closed together, and open again with the next report'),
    },
  ]),
  ...mutantsOf('shared/operator/overdue.ts', [
    {
      name: 'reports are never overdue',
      find: 'now - Date.parse(firstReportedAt) > overdueMs',
      replace: 'now - Date.parse(firstReportedAt) > overdueMs * 2',
      killedBy: reports('raise the alarm when a message has waited for more than a day'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/suspension.ts', [
    {
      name: 'a user who is gone is suspended',
      find: "    ...exists,\n    ExpressionAttributeValues: { ':at'",
      replace: "    ExpressionAttributeValues: { ':at'",
      killedBy: people('that was erased meanwhile is neither suspended nor shown again'),
    },
    {
      name: 'a suspension leaves the sessions',
      find: ' ADD sessionGeneration :one',
      replace: ' ADD sessionsEnded :one',
      killedBy: people('ends sessions and sockets at once, and refuses to log in until it is lifted'),
    },
    {
      name: 'lifting a suspension brings a user back who is gone',
      find: "UpdateExpression: 'REMOVE suspendedAt',\n    ...exists,",
      replace: "UpdateExpression: 'REMOVE suspendedAt',",
      killedBy: people('that was erased meanwhile is neither suspended nor shown again'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/staying.ts', [
    {
      name: 'a suspended user joins groups',
      find: "'attribute_exists(pk) AND attribute_not_exists(suspendedAt) AND",
      replace: "'attribute_exists(pk) AND",
      killedBy: people('stops what an access token could still do'),
    },
  ]),
  ...mutantsOf('functions/auth/login.ts', [
    {
      name: 'a suspended user is told that the password is wrong',
      find: "  if (user.suspendedAt !== undefined) throw new Problem('suspended');\n",
      replace: '',
      killedBy: people('ends sessions and sockets at once, and refuses to log in until it is lifted'),
    },
  ]),
  ...mutantsOf('shared/operator/people.ts', [
    {
      name: 'a suspension leaves the sockets open',
      find: '    () => true,\n',
      replace: '    () => false,\n',
      killedBy: people('ends sessions and sockets at once, and refuses to log in until it is lifted'),
    },
  ]),
  ...mutantsOf('shared/chats/access.ts', [
    {
      name: 'a suspended user writes until the token expires',
      find: "  if (suspendedAt !== undefined) throw new Problem('suspended');\n",
      replace: '',
      killedBy: people('stops what an access token could still do'),
    },
  ]),
  ...mutantsOf('shared/changes/change-message.ts', [
    {
      name: 'a suspended user deletes messages until the token expires',
      find: "if (kind === 'delete') requireNotSuspended(before);",
      replace: "if (kind === 'delete') void requireNotSuspended;",
      killedBy: people('stops what an access token could still do'),
    },
  ]),
  ...mutantsOf('shared/operator/erase.ts', [
    {
      name: 'a user goes on writing while what they wrote is deleted',
      find: '    await suspend({ userId });\n',
      replace: '',
      killedBy: people('is erased with what its user has written, in chats that it has left too'),
    },
  ]),
  ...mutantsOf('shared/chats/posting.ts', [
    {
      name: 'the assistant answers in a locked chat',
      find: "  if (rules.lockedAt !== undefined) throw new Problem('chat_locked');\n",
      replace: '',
      killedBy: chats('costs no answer of the model'),
    },
  ]),
  ...mutantsOf('shared/data/chats/locks.ts', [
    {
      name: 'a chat that is gone is locked',
      find: "'attribute_exists(pk) AND attribute_not_exists(lockedAt)'",
      replace: "'attribute_not_exists(lockedAt)'",
      killedBy: chats('that is closed meanwhile is not locked'),
    },
  ]),
  ...mutantsOf('shared/data/chats/numbers.ts', [
    {
      name: 'a locked chat gives numbers',
      find: "'attribute_not_exists(blockedBy) AND attribute_not_exists(lockedAt)'",
      replace: "'attribute_not_exists(blockedBy)'",
      killedBy: chats('takes nothing from anybody, not from its owner either, and can be read and left'),
    },
    {
      name: 'a lock stops the operator',
      find: '  byOperator || leaving?.userId === userId;',
      replace: '  leaving?.userId === userId;',
      killedBy: chats('is a system message of the operator, in a locked chat and in one with a block too'),
    },
  ]),
  ...mutantsOf('shared/operator/remove-message.ts', [
    {
      name: 'a removed message keeps its files',
      find: '  if (files) await enqueueFiles({ chatId, seq, fileIds: files.map(({ id }) => id) });\n',
      replace: '',
      killedBy: chats('is removed for everybody, with its files, and says that the operator did it'),
    },
    {
      name: 'readers who were away do not hear of a removal',
      find: '  await storeChange(chatId, change, supersededBy(message));\n',
      replace: '',
      killedBy: chats('is removed for everybody, with its files, and says that the operator did it'),
    },
  ]),
  ...mutantsOf('shared/lambda/operator-api.ts', [
    {
      name: 'an open route lets anybody be the operator',
      find: '  if (!arn) throw new Error(',
      replace: "  if (arn === 'nobody') throw new Error(",
      killedBy: audit(
        'nothing is done without a caller whom API Gateway has checked, nor under a name that is no command',
      ),
    },
    {
      name: 'a command that breaks off leaves no trace',
      find: '      await recordAction(action);\n',
      replace: '',
      killedBy: audit('a command that breaks off stays in the audit as begun'),
    },
    {
      name: 'the audit keeps emails of accounts that are gone',
      find: 'undefined : { userId, ...input };',
      replace: 'undefined : { who, userId, ...input };',
      killedBy: audit('the audit has every command with who, when, about whom, why and how it ended, the newest first'),
    },
  ]),
];
