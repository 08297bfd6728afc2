import type { Wrongs } from '../../support/push-histories/outcome.ts';
import type { HistoryMutant } from './list.ts';

const marks = 'shared/data/connections/push-marks.ts';
const devices = 'shared/data/accounts/push-devices.ts';
const due = 'shared/push/due-messages.ts';
const fcm = 'shared/push/fcm.ts';
const news = 'shared/push/news.ts';
const nextMark = 'shared/push/next-mark.ts';
const page = 'shared/push/page.ts';
const push = 'shared/push/push.ts';
const recipients = 'shared/push/recipients.ts';

/** Guarantees, in the words of the judge's rules. */
const never = {
  lost: 'what is enqueued, unread and wanted reaches every device',
  unwanted: 'nobody gets a push who may not read the chat, or does not want it',
  twice: 'nobody gets the same text twice without need',
  older: 'an older text never replaces a newer one',
  tooOften: 'one push per device and chat in ten seconds',
  tooEarly: 'Firebase is left alone for as long as it asks',
  devicesLost: 'only a device that is gone is removed',
};

const mutant = (
  name: string,
  shownBy: keyof typeof never,
  ...changes: HistoryMutant['changes']
): HistoryMutant<keyof Wrongs> => ({ name, guarantee: never[shownBy], shownBy: [shownBy], changes });

/** The same for pushes. */
export const pushMutants: HistoryMutant<keyof Wrongs>[] = [
  mutant('a locked mark locks nobody out', 'twice', {
    file: marks,
    find: 'OR lockId = :lock)',
    replace: 'OR lockId = :lock OR lockedUntil > :now)',
  }),
  mutant('the mark is written before the sends', 'lost', {
    file: push,
    find: '  const { next, late } = await pushPage(',
    replace: `  await endPush(chatId, page, lock, { ...mark, pushedSeq: event.seq });
  const { next, late } = await pushPage(`,
  }),
  mutant('an event that finds the mark locked is dropped', 'lost', {
    file: push,
    find: "if ('waitMs' in begun) return again(event, Math.ceil(begun.waitMs / 1000));",
    replace: "if ('waitMs' in begun) return;",
  }),
  mutant('what failed is not handed out again', 'lost', {
    file: 'shared/lambda/queue-worker.ts',
    find: 'return [{ itemIdentifier: messageId }];',
    replace: 'return [messageId].slice(1).map((itemIdentifier) => ({ itemIdentifier }));',
  }),
  mutant('nobody remembers which devices are behind', 'lost', {
    file: nextMark,
    find: "if (one.result === 'busy') behind",
    replace: "if (one.result === 'gone') behind",
  }),
  mutant('devices that are behind are not tried again', 'lost', {
    file: push,
    find: 'const failure = await tryLater(event, late);',
    replace: 'const failure = late.length < 0 ? await tryLater(event, late) : undefined;',
  }),
  mutant('a retry does not look at the mark', 'twice', {
    file: news,
    find: 'if (event.retry && !behind) return [];',
    replace: 'if (event.retry && !behind) return recipient.messages.filter(({ seq }) => seq >= event.seq);',
  }),
  mutant('a retry after a worker that died ends where the mark does', 'older', {
    file: push,
    find: 'isInterrupted ? wholeOf(event) : event',
    replace: 'isInterrupted ? event : event',
  }),
  mutant('the window is ignored', 'tooOften', {
    file: marks,
    find: 'OR pushedAt <= :windowStart)',
    replace: 'OR pushedAt <= :windowStart OR pushedAt > :windowStart)',
  }),
  mutant('numbers whose messages are missing are forgotten', 'lost', {
    file: nextMark,
    find: '    missingSeqs,\n    edits',
    replace: '    missingSeqs: undefined,\n    edits',
  }),
  mutant('what comes late is told without what came after it', 'older', {
    file: news,
    find: 'seq > since || seq >= lateFrom',
    replace: 'seq > since || seq === lateFrom',
  }),
  mutant('edits whose mentions were pushed are forgotten', 'twice', {
    file: nextMark,
    find: 'edits: edit ? new Set([...(mark.edits ?? []), edit.rev].sort((a, b) => a - b).slice(-maxEdits)) : mark.edits,',
    replace: 'edits: mark.edits,',
  }),
  mutant('an edit is pushed although its message was pushed after it', 'twice', {
    file: news,
    find: 'if (edit.rev <= (editedBefore[seq] ?? 0)) return false;',
    replace: '',
  }),
  mutant('a new mention is not pushed', 'lost', {
    file: news,
    find: 'return isMentioned || (edit.everyone && message.everyone === true);',
    replace: 'return isMentioned && edit.everyone && message.everyone === true;',
  }),
  mutant('the time that Firebase asks for is ignored', 'tooEarly', {
    file: fcm,
    find: 'Number(retryAfter) || (',
    replace: '(',
  }),
  mutant('a device that has to wait is sent to with others', 'tooEarly', {
    file: news,
    find: '> Date.now() + clockToleranceMs',
    replace: '> Date.now() + clockToleranceMs * 1e6',
  }),
  mutant('an oversized payload removes the device', 'devicesLost', {
    file: fcm,
    find: 'status === 400 && (namesToken',
    replace: 'status === 400 || (namesToken',
  }),
  mutant('UNREGISTERED removes whatever token is there', 'devicesLost', {
    file: devices,
    find: "ConditionExpression: 'push.#token = :token'",
    replace: "ConditionExpression: 'attribute_exists(pk) OR push.#token = :token'",
  }),
  mutant('a token that moves stays with its former session', 'unwanted', {
    file: devices,
    find: 'if (holder && !isOwn) await removeToken',
    replace: 'if (holder && !isOwn && device.token === "") await removeToken',
  }),
  mutant('sessions that were all ended get pushes', 'unwanted', {
    file: 'shared/push/devices.ts',
    find: 'isLive(session, sessionGeneration)',
    replace: 'isLive(session, Math.min(sessionGeneration, 0))',
  }),
  mutant('blocks are ignored', 'unwanted', {
    file: page,
    find: 'await withoutBlocked(ready)',
    replace: '(await withoutBlocked(ready), ready)',
  }),
  mutant('who reads nothing of the chat is told of it', 'unwanted', {
    file: recipients,
    find: " || level === 'none'",
    replace: '',
  }),
  mutant('what is read is pushed', 'unwanted', {
    file: recipients,
    find: 'return message.seq > readSeq && (',
    replace: 'return (',
  }),
  mutant('deleted messages are pushed', 'unwanted', {
    file: due,
    find: ' && one.deletedAt === undefined',
    replace: '',
  }),
];
