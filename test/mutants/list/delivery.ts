import { type Mutant, mutantsOf } from '../mutant.ts';

/** Retries of the delivery that are missing, too many or of the wrong result. */

const broadcast = (title: string) => `test/delivery/broadcast.test.ts "${title}"`;
const retryPost = (title: string) => `test/delivery/retry-post.test.ts "${title}"`;
const close = (title: string) => `test/delivery/close.test.ts "${title}"`;
const reply = (title: string) => `test/delivery/reply.test.ts "${title}"`;
const inboxes = (title: string) => `test/delivery/inboxes.test.ts "${title}"`;
const receivers = (title: string) => `test/delivery/receivers.test.ts "${title}"`;
const toChat = (title: string) => `test/delivery/to-chat.test.ts "${title}"`;

export const delivery: Mutant[] = [
  ...mutantsOf('shared/delivery/broadcast.ts', [
    {
      name: 'a post without a result counts as delivered',
      find: "{ result: 'try again', cause: 'OutOfTime' }",
      replace: "{ result: 'done' }",
      killedBy: broadcast('counts as given up what has no result when time is up'),
    },
    {
      name: 'a failed post is not repeated',
      find: 'await retryPost(attempt, this.deadline, { firstAttempt, afterFirstRound, mayStillBeOpening })',
      replace: 'await firstAttempt',
      killedBy: broadcast('retries after %i'),
    },
    {
      name: 'a connection that is still opening is given up',
      find: 'firstAttempt, afterFirstRound, mayStillBeOpening }',
      replace: 'firstAttempt, afterFirstRound }',
      killedBy: broadcast('retries a connection that is still opening, and keeps it'),
    },
    {
      name: 'what could be tried again is taken for refused',
      find: "refused = [], 'try again': left = [] } = byResult;",
      replace: "'try again': refused = [], refused: left = [] } = byResult;",
      killedBy: inboxes('tries again only those who are still in the chat'),
    },
  ]),
  ...mutantsOf('shared/delivery/inboxes.ts', [
    {
      name: 'a throttled inbox is tried again without asking whether its user is still there',
      find: '    if (round > 1) left = await staying(chatId, left);\n',
      replace: '',
      killedBy: inboxes('tries again only those who are still in the chat'),
    },
    {
      name: 'a throttled inbox is tried for one round only',
      find: 'const maxRounds = 10;',
      replace: 'const maxRounds = 1;',
      killedBy: inboxes('tries again only those who are still in the chat'),
    },
  ]),
  ...mutantsOf('shared/delivery/receivers.ts', [
    {
      name: 'a blocked person hears what happens in the direct chat',
      find: 'participantIds.filter((userId) => !blockedIds.has(userId))',
      replace: 'participantIds.filter((userId) => !blockedIds.has(`${userId}.`))',
      killedBy: receivers('in a direct chat with a block are not those who are blocked'),
    },
    {
      name: 'the sender’s function reads the inboxes of large chats',
      find: 'userIds.length > maxSmallRoom ||',
      replace: 'userIds.length > 4 * maxSmallRoom ||',
      killedBy: receivers('are left to the deliver function beyond 250 participants, whoever is there'),
    },
    {
      name: 'it is shown who is writing in chats that are too large',
      find: 'userIds.length > maxParticipants',
      replace: 'userIds.length > maxParticipants + 1',
      killedBy:
        'test/functions/websocket/typing.test.ts "is shown in chats of up to as many people as the stage allows"',
    },
  ]),
  ...mutantsOf('shared/delivery/post.ts', [
    {
      name: 'a connection that is gone is posted to again and again',
      find: "return { result: 'gone', cause };",
      replace: "return { result: 'try again', cause };",
      killedBy: broadcast('removes a gone connection and reaches the live ones'),
    },
    {
      name: 'a throttled post is not repeated',
      find: 'status < 500 && status !== 429',
      replace: 'status < 500',
      killedBy: broadcast('retries after 429'),
    },
    {
      name: 'a post that API Gateway fails is not repeated',
      find: "'refused' : 'try again'",
      replace: "'refused' : status === 429 ? 'try again' : 'refused'",
      killedBy: broadcast('retries after 500'),
    },
    {
      name: 'a post whose connection breaks is not repeated',
      find: "return { result: 'try again', cause: code ?? name };",
      replace: "return { result: 'refused', cause: code ?? name };",
      killedBy: broadcast('retries after a broken connection'),
    },
  ]),
  ...mutantsOf('shared/delivery/retry-post.ts', [
    {
      name: 'a refused post is repeated',
      find: "last.result !== 'try again' &&",
      replace: "last.result === 'done' &&",
      killedBy: retryPost('does not retry after %s'),
    },
    {
      name: 'a connection that is gone is never tried again',
      find: "last.result === 'gone' && mayStillBeOpening()",
      replace: "last.result === 'gone' && false",
      killedBy: retryPost('retries a connection that is gone only while it may still be opening'),
    },
    {
      name: 'an attempt begins when time is up',
      find: 'if (Date.now() + pause >= deadline) return last;',
      replace: '',
      killedBy: retryPost('ends with the last result when time is up'),
    },
    {
      name: 'a second attempt is made before everybody was tried once',
      find: '    await afterFirstRound;\n',
      replace: '',
      killedBy: retryPost('makes no second attempt before everybody was tried once'),
    },
  ]),
  ...mutantsOf('shared/delivery/close.ts', [
    {
      name: 'a closing that API Gateway throttles is not repeated',
      find: 'await retryPost(() => closeConnection(connectionId, deadline), deadline)',
      replace: 'await closeConnection(connectionId, deadline)',
      killedBy: close('closing a socket is retried when API Gateway throttles it'),
    },
    {
      name: 'a closing that was refused goes unnoticed',
      find: "if (result !== 'done' && result !== 'gone') log",
      replace: "if (result === 'try again') log",
      killedBy: close('closing a socket that is refused succeeds'),
    },
    {
      name: 'closing a socket that is gone is a warning',
      find: " && result !== 'gone') log",
      replace: ') log',
      killedBy: close('closing a socket that is gone already succeeds'),
    },
    {
      name: 'sockets that are opened while access ends stay open',
      find: '  const outcome = await end();\n  await closeSockets(userId, shouldClose);',
      replace: '  const outcome = await end();',
      killedBy: close(
        'a socket that is opened while its owner is being removed is closed before the others are notified',
      ),
    },
  ]),
  ...mutantsOf('shared/delivery/reply.ts', [
    {
      name: 'a failed reply is not repeated',
      find: 'await retryPost(() => post(connectionId, text, deadline), deadline)',
      replace: 'await post(connectionId, text, deadline)',
      killedBy: reply('a reply is repeated after %s'),
    },
    {
      name: 'a reply to a socket that is gone is a warning',
      find: " && result !== 'gone') log",
      replace: ') log',
      killedBy: reply('a reply to a socket that is gone is not worth a warning'),
    },
    {
      name: 'a reply that was refused goes unnoticed',
      find: "if (result !== 'done' && result !== 'gone') log",
      replace: "if (result === 'try again') log",
      killedBy: reply('a reply that is refused is given up with a warning'),
    },
  ]),
  ...mutantsOf('shared/platform/aws/invoke.ts', [
    {
      name: 'an invocation is not repeated',
      find: 'retry({ attempts: 3,',
      replace: 'retry({ attempts: 1,',
      killedBy: 'test/delivery/invoke.test.ts "an invocation is repeated when Lambda fails"',
    },
    {
      name: 'an invocation that Lambda refuses counts as made',
      find: 'if (status !== 202)',
      replace: 'if (status < 100)',
      killedBy: 'test/delivery/invoke.test.ts "an invocation that Lambda keeps refusing throws"',
    },
  ]),
  ...mutantsOf('shared/delivery/page.ts', [
    {
      name: 'a page that is done is posted again',
      find: "if (state === 'done') return;",
      replace: '',
      killedBy: toChat('gets a message once, even if Lambda invokes twice for each event'),
    },
    {
      name: 'a page that was posted is posted again on a retry',
      find: "state === 'posted' ? []",
      replace: "state === 'done' ? []",
      killedBy: toChat('continues with the next shard on a retry, without posting twice'),
    },
    {
      name: 'a page whose successors could not be started counts as done',
      find: "started.status === 'fulfilled' ? 'done' : 'posted'",
      replace: "'done'",
      killedBy: toChat('continues with the next shard on a retry, without posting twice'),
    },
    {
      name: 'a page whose successors could not be started is not repeated',
      find: "  if (started.status === 'rejected') throw started.reason;\n",
      replace: '',
      killedBy: toChat('continues with the next shard on a retry, without posting twice'),
    },
  ]),
];
