import { type Mutant, mutantsOf } from '../mutant.ts';

/** Open sockets: who may open one, how many there may be, which are found, and whose presence is shown. */

const refused = (title: string) => `test/data/refusals/chats.test.ts "${title}"`;
const data = (title: string) => `test/data/sockets.test.ts "${title}"`;
const inbox = (title: string) => `test/functions/websocket/inbox.test.ts "${title}"`;
const presence = (title: string) => `test/functions/chats/presence.test.ts "${title}"`;

export const sockets: Mutant[] = [
  ...mutantsOf('shared/contract/websocket/connect.ts', [
    {
      name: 'a user has 250 sockets',
      find: 'maxChatSockets = 100',
      replace: 'maxChatSockets = 250',
      killedBy: 'test/functions/websocket/sockets.test.ts "is limited to a hundred open sockets per user"',
    },
    {
      name: 'a user has 40 inboxes',
      find: 'maxInboxes = 30',
      replace: 'maxInboxes = 40',
      killedBy: inbox('closes the oldest one of thirty'),
    },
    {
      name: 'an inbox is opened for a chat',
      find: "inbox === undefined || chatId === ''",
      replace: 'inbox === undefined || chatId !== undefined',
      killedBy: inbox('is refused together with a chat, and by another value'),
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
      find: '    ...sessionChecks(session),\n    chatSocketAdd(',
      replace: '    chatSocketAdd(',
      killedBy: refused('is not stored for a session that has ended'),
    },
    {
      name: 'an inbox is stored for an ended session',
      find: '    ...sessionChecks(session),\n    inboxAdd(',
      replace: '    inboxAdd(',
      killedBy: refused('for all chats is not stored for a session that has ended'),
    },
    {
      name: 'an inbox that made room can still send',
      find: '    await db.send(new DeleteCommand({ TableName: table, Key: keys.byId(inbox.connectionId) }));\n',
      replace: '',
      killedBy: data('that make room can send no more'),
    },
  ]),
  ...mutantsOf('shared/data/connections/sockets.ts', [
    {
      name: 'there is one inbox too many',
      find: '`attribute_not_exists(${set}) OR size(${set}) < :max`',
      replace: '`attribute_not_exists(${set}) OR size(${set}) <= :max`',
      killedBy: data('of which thirty are open admit no other, not even at the same time'),
    },
    {
      name: 'the end of a socket makes an item',
      find: '    ...exists,\n',
      replace: '',
      killedBy: data('that nobody knows leave no item behind'),
    },
    {
      name: 'several connects close the same inbox',
      find: "'contains(inbox, :element)'",
      replace: "'contains(inbox, :element) OR NOT contains(inbox, :element)'",
      killedBy: data('make room one by one, the oldest first, also for several at once'),
    },
    {
      name: 'an inbox is found after its lifetime',
      find: '> Date.now() - socketLifetime * 1000',
      replace: '> Date.now() - socketLifetime * 2000',
      killedBy: data('that were opened more than two hours and ten minutes ago are not found'),
    },
  ]),
  ...mutantsOf('shared/delivery/open-socket.ts', [
    {
      name: 'the inbox that made room stays open',
      find: '    if (oldest) await close([oldest]);\n',
      replace: '',
      killedBy: inbox('closes the oldest one of thirty'),
    },
    {
      name: 'sockets whose end was not reported count',
      find: "refusal === 'full' && (await removeDead(session.userId)) > 0",
      replace: "refusal === 'full' && (await removeDead(session.userId)) > 100",
      killedBy: 'test/functions/websocket/sockets.test.ts "counts no socket that was closed without a report"',
    },
  ]),
  ...mutantsOf('shared/chats/presence.ts', [
    {
      name: 'a hidden presence is shown',
      find: '!one.hidesLastSeen && ',
      replace: '',
      killedBy: presence('leaves out those who hide it, and shows them only themselves'),
    },
    {
      name: 'whoever hides sees the others',
      find: '!hides && ',
      replace: '',
      killedBy: presence('leaves out those who hide it, and shows them only themselves'),
    },
    {
      name: 'a blocked user sees the presence',
      find: '!one.hasBlocked && ',
      replace: '',
      killedBy: presence('leaves out those who have blocked the caller'),
    },
    {
      name: 'a stranger sees the presence',
      find: ' && (!isDirect || one.hasWritten)',
      replace: '',
      killedBy: presence('shows the other one who has written there'),
    },
    {
      name: 'the presence is exact',
      find: ' - (seenAt % precisionMs)',
      replace: '',
      killedBy: presence('shows when the others were last connected, rounded down to five minutes'),
    },
  ]),
  ...mutantsOf('shared/contract/chats/list-presence.ts', [
    {
      name: 'the presence of a larger chat is shown',
      find: 'maxPresent = 100',
      replace: 'maxPresent = 250',
      killedBy: presence('is shown up to a hundred participants'),
    },
  ]),
];
