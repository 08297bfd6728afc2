import { type Mutant, mutantsOf } from '../mutant.ts';

/** Marks as unread, totals and own settings: wrong counts, and writes where there is nothing to write. */

const marking = (title: string) => `test/functions/chats/mark-unread.test.ts "${title}"`;
const listing = (title: string) => `test/functions/chats/list-unread.test.ts "${title}"`;
const settings = (title: string) => `test/functions/chats/own-settings.test.ts "${title}"`;

export const ownSettings: Mutant[] = [
  ...mutantsOf('shared/data/chats/unread-marks.ts', [
    {
      name: 'a mark as unread is counted up to an older read mark',
      find: "ConditionExpression: 'readSeq = :read'",
      replace: "ConditionExpression: 'readSeq >= :read'",
      killedBy: marking('messages are counted up to the newer mark'),
    },
    {
      name: 'a mark as unread makes a membership',
      find: "ConditionExpression: 'readSeq = :read'",
      replace: "ConditionExpression: 'attribute_not_exists(pk) OR readSeq = :read'",
      killedBy: marking('the mark of one who has left meanwhile makes no membership'),
    },
    {
      name: 'a lower read mark ends a mark as unread',
      find: "ConditionExpression: 'unreadFrom <= :seq'",
      replace: "ConditionExpression: 'unreadFrom > :seq OR unreadFrom <= :seq'",
      killedBy: marking('a read mark that is older than the mark as unread does not end it'),
    },
  ]),
  ...mutantsOf('shared/data/chats/own-settings.ts', [
    {
      name: 'own settings make a membership',
      find: '...exists,',
      replace: '',
      killedBy: settings('of one who leaves at the same moment make no membership'),
    },
    {
      name: 'a setting is never removed',
      find: '...(removed.length > 0 ?',
      replace: '...(removed.length > 9 ?',
      killedBy: settings('are shown to nobody else, and replaced as a whole'),
    },
  ]),
  ...mutantsOf('shared/data/chats/read-marks.ts', [
    {
      name: 'a read mark leaves a chat marked as unread',
      find: 'isBefore, endingUnreadMark)',
      replace: 'isBefore)',
      killedBy: marking('is read when the mark moves on, with no further operation'),
    },
    {
      name: 'a chat that was read up to its end stays marked as unread',
      find: 'unreadFrom !== undefined && unreadFrom <= seq',
      replace: 'unreadFrom !== undefined && unreadFrom > seq',
      killedBy: marking('is read when the mark is set at its last message again, and not by a lower mark'),
    },
  ]),
  ...mutantsOf('shared/chats/mark-unread.ts', [
    {
      name: 'one’s own messages are marked as unread',
      find: 'message.userId !== userId',
      replace: 'message.userId !== undefined',
      killedBy: marking('counts the messages of others from the number on, and the read mark stays'),
    },
    {
      name: 'so many messages as somebody likes are read to mark them as unread',
      find: 'const maxNumbers = 100;',
      replace: 'const maxNumbers = 200;',
      killedBy: marking('begins at most a hundred numbers before the read mark'),
    },
    {
      name: 'a chat is marked as unread where it has no message',
      find: 'if (again.length === 0) return unreadFrom;',
      replace: '',
      killedBy: marking(
        'is one that has something to read: nothing happens above the read mark, or where no message is',
      ),
    },
    {
      name: 'a read mark that moves fails a mark as unread',
      find: 'const attempts = 3;',
      replace: 'const attempts = 1;',
      killedBy: marking('messages are counted up to the newer mark'),
    },
  ]),
  ...mutantsOf('shared/chats/unread.ts', [
    {
      name: 'a chat that was removed from the list counts as unread',
      find: 'chat.seq > (membership.hiddenUpTo ?? -1)',
      replace: 'chat.seq >= 0',
      killedBy: listing('leaves out a direct chat that was removed from the list, until it has a new message'),
    },
    {
      name: 'a number without a message is the newest one',
      find: 'while (gaps?.has(last)) last--;',
      replace: '',
      killedBy: listing('does not take a number without a message for the newest: recorded'),
    },
    {
      name: 'a muted chat is in the total',
      find: "level === 'none' || ",
      replace: '',
      killedBy: listing('leaves muted chats out of the total, and not out of the mentions'),
    },
    {
      name: 'a chat is muted for ever',
      find: 'mutedUntil > now',
      replace: "mutedUntil > ''",
      killedBy: listing('leaves muted chats out of the total, and not out of the mentions'),
    },
    {
      name: 'a client that comes back does not learn what another device has set',
      find: '    ...toOwnSettings(membership),\n',
      replace: '',
      killedBy: listing('says what the user has set in a chat'),
    },
    {
      name: 'a chat that is marked as unread is not in the total',
      find: 'chat.markedUnread ? 1 : 0',
      replace: '0',
      killedBy: listing('counts a chat that is marked as unread at least once, and says where the new begins'),
    },
  ]),
  ...mutantsOf('functions/chats/read-all.ts', [
    {
      name: 'marking all chats as read has no end',
      find: 'if (Date.now() >= deadline) return;',
      replace: '',
      killedBy: listing('says that there is more when its time runs out'),
    },
    {
      name: 'a chat that is only marked as unread is not read with the others',
      find: ' || chat.markedUnread',
      replace: '',
      killedBy: listing('marks a chat as read whose unread messages are all one’s own'),
    },
  ]),
];
