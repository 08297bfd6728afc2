import { type Mutant, mutantsOf } from '../mutant.ts';

/** Replies, mentions and messages that are sent again. */

const marks = (title: string) => `test/data/mentions.test.ts "${title}"`;
const mentions = (title: string) => `test/functions/chats/mentions.test.ts "${title}"`;
const replies = (title: string) => `test/functions/chats/replies.test.ts "${title}"`;
const retries = (title: string) => `test/functions/chats/retries.test.ts "${title}"`;

export const sending: Mutant[] = [
  ...mutantsOf('shared/data/chats/mentions.ts', [
    {
      name: 'a mention in a message that was read counts',
      find: "ConditionExpression: 'readSeq < :seq AND (attribute_not_exists(mentionSeqs)",
      replace: "ConditionExpression: 'readSeq <= :seq AND (attribute_not_exists(mentionSeqs)",
      killedBy: marks('is not marked in a message that was read, or for somebody who has left'),
    },
    {
      name: 'a mention makes a membership',
      find: "ConditionExpression: 'readSeq < :seq AND (attribute_not_exists(mentionSeqs)",
      replace:
        "ConditionExpression: '(attribute_not_exists(pk) OR readSeq < :seq) AND (attribute_not_exists(mentionSeqs)",
      killedBy: marks('is not marked in a message that was read, or for somebody who has left'),
    },
    {
      name: 'a membership keeps any number of mentions',
      find: 'size(mentionSeqs) < :max)',
      replace: 'size(mentionSeqs) <> :max OR size(mentionSeqs) = :max)',
      killedBy: marks('is kept with 29 others, all recorded at once, and one more is not'),
    },
    {
      name: 'a mention of everyone makes a chat',
      find: "    ...exists,\n    ExpressionAttributeValues: { ':number': new Set([seq]) },\n    ReturnValues",
      replace: "    ExpressionAttributeValues: { ':number': new Set([seq]) },\n    ReturnValues",
      killedBy: marks('makes no chat'),
    },
    {
      name: 'a chat keeps the oldest mentions of everyone',
      find: 'sort((a, b) => b - a)',
      replace: 'sort((a, b) => a - b)',
      killedBy: marks('is kept by the chat, in the newest twenty messages, even if all are recorded at once'),
    },
    {
      name: 'forgetting a mention makes an item that is gone',
      find: 'ConditionExpression: `contains(${attribute}, :seq)`,',
      replace: 'ConditionExpression: `contains(${attribute}, :seq) OR NOT contains(${attribute}, :seq)`,',
      killedBy: marks('is not marked in a message that was read, or for somebody who has left'),
    },
    {
      name: 'a mention that an edit drops still counts',
      find: '    ...newIn(before, after).map(',
      replace: '    ...newIn(before, before).map(',
      killedBy: marks('that an edit adds is marked, and one that it drops is forgotten'),
    },
    {
      name: 'a mark is tried twice',
      find: 'retry({ attempts: 3, baseMs: 40 }, change)',
      replace: 'retry({ attempts: 2, baseMs: 40 }, change)',
      killedBy: marks('is tried three times, and then fails nothing'),
    },
  ]),
  ...mutantsOf('shared/data/chats/read-marks.ts', [
    {
      name: 'a read mark forgets no mention',
      find: 'Object.entries({ ownSeqs, mentionSeqs })',
      replace: 'Object.entries({ ownSeqs })',
      killedBy: marks('is forgotten when its message is deleted or read'),
    },
    {
      name: 'a message that mentions a user twice counts twice',
      find: '[...new Set([...mentionSeqs, ...everyoneSeqs])]',
      replace: '[...mentionSeqs, ...everyoneSeqs]',
      killedBy: marks('mentions count once for each message above the mark that is not the user’s own'),
    },
  ]),
  ...mutantsOf('shared/chats/access.ts', [
    {
      name: 'a member mentions everyone in a large group',
      find: "if (participantIds.length > maxCalledByAnybody) throw new Problem('role_too_low');",
      replace: '',
      killedBy: mentions(
        'is allowed to members in chats of up to 50 participants, to the owner and admins in all, and takes no number if not',
      ),
    },
    {
      name: 'an author is mentioned',
      find: '.filter((id) => id !== userId)',
      replace: '',
      killedBy: mentions(
        'is shown once for each participant but the author, and counts for those until they have read it',
      ),
    },
    {
      name: 'strangers are mentioned',
      find: 'others.filter((id) => present.has(id))',
      replace: 'others',
      killedBy: mentions(
        'is shown once for each participant but the author, and counts for those until they have read it',
      ),
    },
  ]),
  ...mutantsOf('shared/delivery/to-chat.ts', [
    {
      name: 'mentions cost nothing',
      find: '1 + mentions.length',
      replace: '1 + 0 * mentions.length',
      killedBy:
        'test/functions/abuse.test.ts "are counted for the author for each participant who is mentioned, of whom a message has twenty at most"',
    },
  ]),
  ...mutantsOf('shared/chats/messages/send.ts', [
    {
      name: 'a mention that a first request did not record stays unrecorded',
      find: ', recordMentions(first)]',
      replace: ']',
      killedBy: mentions('is recorded by a retry if the first request broke off'),
    },
    {
      name: 'a reply to nothing is stored',
      find: "if (!replied) throw new Problem('unknown_reply');",
      replace: '',
      killedBy: replies('to an unknown message or one of another chat is refused, and takes no number'),
    },
  ]),
  ...mutantsOf('shared/chats/messages/first-draft.ts', [
    {
      name: 'a message that is sent again may be another',
      find: "if (!first || isDifferent(first, draftHash, sending)) throw new Problem('client_id_reused');",
      replace: "if (!first) throw new Problem('client_id_reused');",
      killedBy:
        'test/functions/chats/send-message.test.ts "is rejected with different content, over REST and over the socket"',
    },
    {
      name: 'a message that is sent again is compared under a replaced key',
      find: 'draftHash.startsWith(`${keyName}.`) && ',
      replace: '',
      killedBy: retries('is accepted without comparison after the operator replaced the key'),
    },
    {
      name: 'a message that is sent again is compared with what it became',
      find: 'if (draftHash) return',
      replace: 'if (draftHash && first.version === undefined) return',
      killedBy: retries('after an edit is delivered as it is now'),
    },
    {
      name: 'a message that is sent again may reply to another',
      find: "content, replyToId ?? '', mentioned",
      replace: "content, '', mentioned",
      killedBy: retries('is refused with %s'),
    },
    {
      name: 'a message that is sent again must mention in the same order',
      find: '[...new Set(mentions)].sort()',
      replace: 'mentions ?? []',
      killedBy: retries('is the same whatever the order of its mentions, and if it says that it mentions nobody'),
    },
    {
      name: 'equal drafts have equal hashes',
      find: '[chatId, userId, clientId, content,',
      replace: '[chatId, userId, content,',
      killedBy:
        'test/functions/chats/retries.test.ts "the hash of a draft is not found again in another message, and shows no text"',
    },
    {
      name: 'a changed message of an earlier version is compared with what it became',
      find: 'first.version === undefined && ',
      replace: '',
      killedBy: retries('is compared with what is sent again until it changes'),
    },
  ]),
  ...mutantsOf('shared/assistant/transcript.ts', [
    {
      name: 'the assistant reads deleted messages',
      find: 'stored.filter(({ deletedAt }) => deletedAt === undefined)',
      replace: 'stored',
      killedBy:
        'test/functions/ai/list-suggestions.test.ts "are generated again, without the text, after a message was edited or deleted"',
    },
  ]),
  ...mutantsOf('functions/ai/list-suggestions.ts', [
    {
      name: 'suggestions outlive an edit',
      find: ' && known.rev === last.rev',
      replace: '',
      killedBy:
        'test/functions/ai/list-suggestions.test.ts "are generated again, without the text, after a message was edited or deleted"',
    },
  ]),
  ...mutantsOf('functions/chats/report-message.ts', [
    {
      name: 'a deleted message is reported',
      find: "if (message.deletedAt !== undefined) throw new Problem('message_deleted');",
      replace: '',
      killedBy: 'test/functions/chats/report-message.test.ts "rejects a message that was deleted"',
    },
  ]),
  ...mutantsOf('shared/accounts/export-page.ts', [
    {
      name: 'an export shows the reactions of others',
      find: 'reactionsOf(message, userId)',
      replace: 'reactionsOf(message, message.userId)',
      killedBy:
        'test/functions/users/export.test.ts "returns what became of the messages, whom they mention and what they reply to, and the user’s reactions"',
    },
    {
      name: 'reactions do not count for the size of an export',
      find: ' + reactions.length * reactionsLength',
      replace: '',
      killedBy: 'test/functions/users/export.test.ts "counts mentions and reactions too"',
    },
  ]),
];
