import { mutantsOf } from '../mutant.ts';

const test = (file: string) => (title: string) => `test/functions/files/${file}.test.ts "${title}"`;
const create = test('create-file');
const send = test('send-files');
const remove = test('delete-files');
const pictures = test('pictures');

/** Files of messages, avatars and group pictures. */
export const files = [
  ...mutantsOf('shared/data/files.ts', [
    {
      name: 'a file is in two messages',
      find: "'attribute_exists(pk) AND attribute_not_exists(isUsed)'",
      replace: "'attribute_exists(pk)'",
      killedBy: send('of two messages with the same file at the same moment, one is stored'),
    },
    {
      name: 'an expired file can be sent until DynamoDB deletes it',
      find: 'found.filter(({ expiresAt }) => expiresAt > nowInSeconds())',
      replace: 'found',
      killedBy: send('a file that was announced a day ago has expired'),
    },
  ]),
  ...mutantsOf('shared/files/announce.ts', [
    {
      name: 'an upload may have any size',
      find: "'content-length': String(size)",
      replace: "'content-type': mimeType",
      killedBy: create('an upload with another size is refused'),
    },
    {
      name: 'an upload may be replaced',
      find: "'if-none-match': '*' };\n  const signed = { ...headers,",
      replace: "'if-none-match': '*' };\n  const signed = { 'content-type': mimeType,",
      killedBy: create('an upload with permission to overwrite is refused'),
    },
    {
      name: 'a file may be as large as anybody likes',
      find: 'if (size > limit)',
      replace: 'if (size > limit * 1e6)',
      killedBy: create('image/jpeg has at most 10000000 bytes'),
      asvs: ['5.2.1'],
    },
    {
      name: 'thumbnails do not count for the day',
      find: 'size + (thumbnail?.size ?? 0)',
      replace: 'size',
      killedBy: create('a user uploads only so many bytes in a day'),
    },
    {
      name: 'a file’s name leaves the folder',
      find: "announced.name.replace(/[/\\\\]/g, '_')",
      replace: 'announced.name',
      killedBy: create('whoever saves a file stays in the folder that they chose'),
      asvs: ['5.4.1'],
    },
  ]),
  ...mutantsOf('shared/files/check.ts', [
    {
      name: 'an avatar is sent as a message',
      find: "if (file.purpose !== purpose) return 'wrong_purpose';",
      replace: '',
      killedBy: send('each file must be one’s own, uploaded as announced, and in no other message'),
    },
    {
      name: 'HTML is sent as a picture',
      find: ' || !beginsAs(promised.mimeType, found.bytes)',
      replace: '',
      killedBy: send('each file must be one’s own, uploaded as announced, and in no other message'),
      asvs: ['5.2.2'],
    },
    {
      name: 'an upload has another type than was announced',
      find: 'found.contentType !== promised.mimeType || ',
      replace: '',
      killedBy: send('each file must be one’s own, uploaded as announced, and in no other message'),
    },
    {
      name: 'an upload has another size than was announced',
      find: "if (found.size !== promised.size) return 'wrong_size';",
      replace: '',
      killedBy: send('each file must be one’s own, uploaded as announced, and in no other message'),
    },
    {
      name: 'a thumbnail is not looked at',
      find: "if (typeof thumbnail === 'string') return thumbnail;",
      replace: "if (typeof thumbnail === 'string') return { ...file, etag: upload.etag };",
      killedBy: send('each file must be one’s own, uploaded as announced, and in no other message'),
    },
  ]),
  ...mutantsOf('shared/files/keep.ts', [
    {
      name: 'files are copied before anybody would delete them',
      find: '  await enqueueFiles({ chatId, seq, fileIds: files.map(({ id }) => id) });\n',
      replace: '',
      killedBy: remove('a message that was not stored leaves nothing'),
    },
    {
      name: 'browsers open documents',
      find: "kindOf(mimeType) === 'file' ?",
      replace: "name === '' ?",
      killedBy: send('a message shows its files to everybody, with current URLs'),
    },
  ]),
  ...mutantsOf('shared/files/delete-unused.ts', [
    {
      name: 'the files of a message are deleted while it shows them',
      find: 'message?.deletedAt === undefined ? (message?.files ?? [])',
      replace: 'message?.deletedAt !== undefined ? (message?.files ?? [])',
      killedBy: remove('a message that was stored keeps its files, whenever the worker looks'),
    },
    {
      name: 'the thumbnails of deleted files stay',
      find: 'flatMap((key) => [key, thumbnailOf(key)])',
      replace: 'filter((key) => thumbnailOf(key))',
      killedBy: remove('deleting a message deletes its files, and no others'),
    },
    {
      name: 'the files of a chat go although it was not closed',
      find: 'if ((await getChatsAlone([chatId])).length > 0) return 0;',
      replace: '',
      killedBy: remove('a chat that was not closed in the end keeps its files'),
    },
  ]),
  ...mutantsOf('shared/files/urls.ts', [
    {
      name: 'the signature of a URL is for all chats',
      find: '.slice(0, 2)',
      replace: '.slice(0, 1)',
      killedBy: send('a message shows its files to everybody, with current URLs'),
    },
  ]),
  ...mutantsOf('shared/changes/delete.ts', [
    {
      name: 'the files of a deleted message stay',
      find: 'if (files) await enqueueFiles(',
      replace: 'if (!files) await enqueueFiles(',
      killedBy: remove('deleting a message deletes its files, and no others'),
    },
  ]),
  ...mutantsOf('shared/accounts/avatar.ts', [
    {
      name: 'a replaced avatar stays',
      find: 'fileIds: [fileId, ...idsOf(user)]',
      replace: 'fileIds: [fileId]',
      killedBy: pictures('a new avatar replaces the old one, and removing it leaves none'),
    },
  ]),
  ...mutantsOf('shared/accounts/erase.ts', [
    {
      name: 'the avatar of a deleted account stays',
      find: 'if (user.avatarId) await enqueueFiles',
      replace: 'if (!user.id) await enqueueFiles',
      killedBy: pictures('a deleted account leaves no avatar'),
    },
  ]),
  ...mutantsOf('shared/chats/picture.ts', [
    {
      name: 'members set the picture of a group',
      find: "const actor = await requireRole(userId, groupId, 'admin');\n  const group = await readGroup(groupId);\n  // The answer",
      replace:
        "const actor = await requireRole(userId, groupId, 'member');\n  const group = await readGroup(groupId);\n  // The answer",
      killedBy: pictures('admins set the picture of a group, and everybody learns of it'),
    },
  ]),
  ...mutantsOf('shared/chats/remove-participant.ts', [
    {
      name: 'the files of a closed group stay',
      find: '    await enqueueFiles({ closedChatId: chatId });\n',
      replace: '',
      killedBy: remove('the last one who leaves a group takes all its files along'),
    },
  ]),
];
