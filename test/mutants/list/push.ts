import { mutantsOf } from '../mutant.ts';

const test = (file: string) => (title: string) => `test/${file}.test.ts "${title}"`;
const marks = test('data/push-marks');
const stored = test('data/push-devices');
const devices = test('functions/push/devices');
const recipients = test('functions/push/recipients');
const firebase = test('functions/push/firebase');
const words = test('functions/push/words');
const queue = test('functions/push/queue');

/** Push notifications. */
export const push = [
  ...mutantsOf('shared/data/connections/push-marks.ts', [
    {
      name: 'devices are tried again while another worker pushes to them',
      find: 'ConditionExpression: free, values',
      replace: 'ConditionExpression: `(${free} OR lockedUntil > :now)`, values',
      killedBy: marks('one worker at a time pushes to a page, also what it tries again'),
    },
    {
      name: 'two workers push to a page at the same time',
      find: '`${free} AND ${due} AND ${open}`',
      replace: '`(${free} OR lockedUntil > :now) AND ${due} AND ${open}`',
      killedBy: marks('one worker at a time pushes to a page, also what it tries again'),
    },
    {
      name: 'two workers of one millisecond have the same lock',
      find: 'const lock = randomUUID();',
      replace: 'const lock = String(now);',
      killedBy: marks('of workers that begin within the same millisecond one gets the lock'),
    },
    {
      name: 'a worker whose lock has ended still writes the mark',
      find: "    ConditionExpression: 'lockId = :lock',\n    ExpressionAttributeValues: { ':lock': lock },\n  });\n  return !refused;",
      replace:
        "    ConditionExpression: 'lockId <> :lock OR lockId = :lock',\n    ExpressionAttributeValues: { ':lock': lock },\n  });\n  return !refused;",
      killedBy: marks('the lock of a worker that has died ends after 30 seconds, and it can’t write any more'),
    },
    {
      name: 'a worker gives back the lock of another one',
      find: "    UpdateExpression: 'REMOVE lockId, lockedUntil',\n    ConditionExpression: 'lockId = :lock',",
      replace:
        "    UpdateExpression: 'REMOVE lockId, lockedUntil',\n    ConditionExpression: 'lockId <> :lock OR lockId = :lock',",
      killedBy: marks('the lock of a worker that has died ends after 30 seconds, and it can’t write any more'),
    },
    {
      name: 'pushes of a chat come as often as its messages',
      find: 'const windowMs = 10_000;',
      replace: 'const windowMs = 1;',
      killedBy: queue('within ten seconds of a push, later messages are held and sent as one'),
    },
    {
      name: 'an edit is pushed each time that its event comes',
      find: "'NOT contains(edits, :work)'",
      replace: "'attribute_exists(pk) AND :work = :work'",
      killedBy: queue('an edit is pushed to those whom it newly mentions, once'),
    },
  ]),
  ...mutantsOf('shared/data/accounts/push-devices.ts', [
    {
      name: 'two sessions have one token',
      find: "ConditionExpression: 'registration = :before'",
      replace: "ConditionExpression: 'registration = :before OR registration <> :before'",
      killedBy: devices('two sessions that register one token at the same moment: one has it then'),
    },
    {
      name: 'registering a device makes a session',
      find: "        UpdateExpression: 'SET push = :push',\n        ...exists,",
      replace: "        UpdateExpression: 'SET push = :push',",
      killedBy: stored('a session that has ended gets no device and no item, and the token is not taken'),
    },
    {
      name: 'the new token of a device is removed with the old one',
      find: "ConditionExpression: 'push.#token = :token'",
      replace: "ConditionExpression: 'push.#token = :token OR push.#token <> :token'",
      killedBy: stored('a device is removed only while it has this token'),
    },
    {
      name: 'deleting a device makes a session',
      find: "    UpdateExpression: 'REMOVE push',\n    ...exists,",
      replace: "    UpdateExpression: 'REMOVE push',",
      killedBy: stored('a session that has ended gets no device and no item, and the token is not taken'),
    },
    {
      name: 'the item of a token goes although another session has it',
      find: "ConditionExpression: 'registration = :registration'",
      replace: "ConditionExpression: 'registration <> :registration OR registration = :registration'",
      killedBy: stored('the item of a token is deleted only by the session that has it'),
    },
    {
      name: 'the phone of somebody else shows messages of its former owner',
      find: 'if (holder && !isOwn) await removeToken(holder, device.token);',
      replace: '',
      killedBy: devices('a token that another session registers moves there'),
    },
  ]),
  ...mutantsOf('shared/push/devices.ts', [
    {
      name: 'sessions that a new password has ended get pushes',
      find: 'session.userId === id && isLive(session, sessionGeneration)',
      replace: 'session.userId === id && sessionGeneration >= 0',
      killedBy: devices('after %s nothing is pushed to the device'),
    },
  ]),
  ...mutantsOf('shared/push/recipients.ts', [
    {
      name: 'the author gets a push of their own message',
      find: "message.userId === userId || level === 'none'",
      replace: "level === 'none'",
      killedBy: recipients('everybody gets a message who has not read it, except its author'),
    },
    {
      name: 'what was read is pushed',
      find: 'return message.seq > readSeq && (',
      replace: 'return readSeq >= 0 && (',
      killedBy: recipients('everybody gets a message who has not read it, except its author'),
    },
    {
      name: 'somebody who wants only mentions gets everything',
      find: "(level !== 'mentions' || mentions(message, userId, quoted))",
      replace: "(level !== 'mentions' || quoted.size >= 0)",
      killedBy: recipients('nobody who has muted the chat, and below their level only what mentions or answers them'),
    },
    {
      name: 'answers are not mentions',
      find: 'quoted.get(message.replyToSeq ?? 0)?.userId === userId;',
      replace: 'quoted.size < 0;',
      killedBy: recipients(
        'an answer to my message, and one that mentions everyone, reach me at the level of mentions',
      ),
    },
    {
      name: 'a chat that is muted for a while is pushed',
      find: 'mutedUntil !== undefined && mutedUntil > new Date().toISOString()',
      replace: "mutedUntil === ''",
      killedBy: recipients('nobody who has muted the chat, and below their level only what mentions or answers them'),
    },
  ]),
  ...mutantsOf('shared/push/page.ts', [
    {
      name: 'people who have blocked each other get each other’s messages of a group',
      find: 'await sendAll(account, await withoutBlocked(ready)',
      replace: 'await sendAll(account, ready',
      killedBy: recipients(
        'nobody with a block between them and the author, also in a group and whoever has blocked the other',
      ),
    },
  ]),
  ...mutantsOf('shared/push/news.ts', [
    {
      name: 'devices are tried before Firebase wants it',
      find: '> Date.now() + clockToleranceMs;',
      replace: '> Date.now() + 1e12;',
      killedBy: firebase(
        'one device that Firebase can’t serve holds up no other, and waits as long as Firebase asks for',
      ),
    },
    {
      name: 'a message that was stored late is not pushed',
      find: 'if (missingSeqs?.has(seq)) return true;',
      replace: '',
      killedBy: queue('a message that is stored after one with a higher number is told with it'),
    },
  ]),
  ...mutantsOf('shared/push/push.ts', [
    {
      name: 'a retry that could not be enqueued is forgotten',
      find: '  if (failure) throw failure;\n',
      replace: '',
      killedBy: queue(
        'a retry that can’t be enqueued is enqueued when the event comes again, and repeats nothing for the others',
      ),
    },
    {
      name: 'a retry after a worker that died ends where the mark does',
      find: 'isInterrupted ? wholeOf(event) : event',
      replace: 'isInterrupted ? event : event',
      killedBy: queue('a retry after a worker that died never replaces what that worker pushed by something older'),
    },
  ]),
  ...mutantsOf('shared/push/next-mark.ts', [
    {
      name: 'an event that could not try a device forgets that no retry was enqueued for it',
      find: 'waiting.length === 0 && !',
      replace: '!',
      killedBy: queue('a retry that can’t be enqueued is not forgotten when other events come first'),
    },
    {
      name: 'a retry for others forgets that none was enqueued for a device',
      find: ' && !retry?.devices.length;',
      replace: ';',
      killedBy: queue('a retry that can’t be enqueued is not forgotten when other events come first'),
    },
  ]),
  ...mutantsOf('shared/push/due-messages.ts', [
    {
      name: 'an old mark has everything pushed again',
      find: 'lastOld(read, mark.pushedSeq ?? (isOldest(page) ? after : seq - 1))',
      replace: 'mark.pushedSeq ?? lastOld(read, isOldest(page) ? after : seq - 1)',
      killedBy: queue('what is too old to be in the queue is not pushed again, whatever the mark says'),
    },
    {
      name: 'what was deleted is pushed',
      find: ' && one.deletedAt === undefined',
      replace: '',
      killedBy: recipients(
        'a message that was deleted meanwhile is not pushed, and an edited one with its text of now',
      ),
    },
    {
      name: 'messages are pushed that may still be read',
      find: 'ageOf(one) >= settledMs',
      replace: 'ageOf(one) >= 0',
      killedBy: queue('a message that may still be read is not pushed with an older one'),
    },
  ]),
  ...mutantsOf('shared/push/fcm.ts', [
    {
      name: 'a payload that Firebase refuses costs the device',
      find: 'status === 400 && (namesToken ||',
      replace: 'status === 400 && (details.length > 0 ||',
      killedBy: firebase('%s: the device is kept, nothing is repeated, and the log has the cause'),
    },
    {
      name: 'Retry-After is ignored',
      find: 'Number(retryAfter) || (',
      replace: '0 * Number(retryAfter) || (',
      killedBy: firebase('%s: the device is tried again after that time'),
    },
  ]),
  ...mutantsOf('shared/push/notification.ts', [
    {
      name: 'a long text is cut as if JSON escaped nothing',
      find: 'const beginning = cut(text, max, escapedBytes);',
      replace: 'const beginning = cut(text, 4 * max);',
      killedBy: words('a long text is cut between characters: %s'),
    },
    {
      name: 'somebody who wants no text sees it',
      find: "device.preview === 'name' ? texts.newMessage",
      replace: "device.preview === 'none' ? texts.newMessage",
      killedBy: words('pushPreview %s'),
    },
  ]),
  ...mutantsOf('shared/delivery/push.ts', [
    {
      name: 'a queue that fails refuses the message',
      find: "    countMetric('PushesLost');",
      replace: '    throw error;',
      killedBy: queue('if the queue can’t be reached, the message is sent all the same, and the lost push is counted'),
    },
    {
      name: 'every system message is pushed',
      find: "if (message.type !== 'system' || concernsSomebody(message))",
      replace: "if (message.type !== 'system' || concernsSomebody(message) || seq > 0)",
      killedBy: recipients('of system messages, only those who were added, removed or made an admin'),
    },
  ]),
];
