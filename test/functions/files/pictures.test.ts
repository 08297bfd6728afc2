import { afterEach, expect, test } from 'vitest';
import { getChat } from '#shared/contract/chats/get-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { deletePicture } from '#shared/contract/groups/delete-picture.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { setPicture } from '#shared/contract/groups/set-picture.ts';
import { deleteAvatar } from '#shared/contract/users/delete-avatar.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { getUser } from '#shared/contract/users/get-user.ts';
import { setAvatar } from '#shared/contract/users/set-avatar.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { deleteFiles, takeFileEvents, uploaded } from '../../support/files.ts';
import { newDirect, newGroup, newPerson, type Person, password } from '../../support/people.ts';
import { pass } from '../../support/push.ts';
import { s3 } from '../../support/stand-ins/s3.ts';

afterEach(() => void takeFileEvents());

async function newAvatar(person: Person): Promise<string> {
  const fileId = await uploaded(person, { purpose: 'avatar' });
  const { status } = await call(setAvatar, person, { body: { fileId } });
  expect(status).toBe(200);
  return fileId;
}

const urlOf = (person: Person, fileId: string) =>
  expect.stringMatching(
    new RegExp(`^https://chat\\.example\\.com/files/users/${person.id}/${fileId}\\?w=\\d+&v=1&s=[\\w-]{43}$`),
  );

test('an avatar is shown to its owner and to everybody who finds the person', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: groupId } = await newGroup(anna, boris);
  const directId = await newDirect(boris, anna);
  const avatarUrl = urlOf(anna, await newAvatar(anna));
  // Other functions, which this process has too, have cached the names.
  pass(61);
  const me = await call(getMe, anna);
  expect(me.body.user.avatarUrl).toEqual(avatarUrl);
  const user = await call(getUser, boris, { params: { userId: anna.id } });
  expect(user.body.user).toEqual({ id: anna.id, name: 'Anna', avatarUrl });
  const found = await call(findUsers, boris, { body: { emails: [anna.email] } });
  expect(found.body.users).toMatchObject([{ id: anna.id, avatarUrl }]);
  const group = await call(getGroup, boris, { params: { groupId } });
  const avatars = group.body.group.members.map(({ name, avatarUrl: url }: Json) => [name, url]).sort();
  expect(avatars).toEqual([
    ['Anna', avatarUrl],
    ['Boris', undefined],
  ]);
  const chat = await call(getChat, boris, { params: { chatId: directId } });
  expect(chat.body.chat).toMatchObject({ name: 'Anna', pictureUrl: avatarUrl });
});

test('a new avatar replaces the old one, and removing it leaves none', async () => {
  const anna = await newPerson();
  await newAvatar(anna);
  // The first event is over, so that the second one has to name the avatar that it replaces.
  await deleteFiles();
  const second = await newAvatar(anna);
  await deleteFiles();
  expect(await s3.keys(`users/${anna.id}/`)).toEqual([`users/${anna.id}/${second}`]);
  const { body } = await call(deleteAvatar, anna);
  expect(body.user.avatarUrl).toBeUndefined();
  await deleteFiles();
  expect(await s3.keys(`users/${anna.id}/`)).toEqual([]);
  expect((await call(deleteAvatar, anna)).status).toBe(200);
});

test('of two avatars at the same moment one is left', async () => {
  const anna = await newPerson();
  await Promise.all([newAvatar(anna), newAvatar(anna)]);
  const { body } = await call(getMe, anna);
  await deleteFiles();
  const [key, ...others] = await s3.keys(`users/${anna.id}/`);
  expect(others).toEqual([]);
  expect(body.user.avatarUrl).toContain(key);
});

test('a deleted account leaves no avatar', async () => {
  const anna = await newPerson();
  await newAvatar(anna);
  takeFileEvents();
  await call(deleteMe, anna, { body: { password } });
  await deleteFiles();
  expect(await s3.keys(`users/${anna.id}/`)).toEqual([]);
});

test('an avatar must be an upload of one’s own for this purpose', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const used = await newAvatar(anna);
  // The same again is no mistake: the answer may have been lost.
  expect((await call(setAvatar, anna, { body: { fileId: used } })).status).toBe(200);
  await newAvatar(anna);
  for (const [rule, fileId] of [
    ['unknown_file', await uploaded(boris, { purpose: 'avatar' })],
    ['wrong_purpose', await uploaded(anna)],
    ['already_used', used],
  ]) {
    const { status, body } = await call(setAvatar, anna, { body: { fileId } });
    expect([status, body.code, body.errors[0].rule]).toEqual([422, 'file_refused', rule]);
  }
});

test('admins set the picture of a group, and everybody learns of it', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: groupId } = await newGroup(anna, boris);
  const fileId = await uploaded(anna, { purpose: 'picture' });
  const { body } = await call(setPicture, anna, { params: { groupId }, body: { fileId } });
  const pictureUrl = expect.stringContaining(`/files/chats/${groupId}/picture/${fileId}?w=`);
  expect(body.group.pictureUrl).toEqual(pictureUrl);
  const { body: page } = await call(listMessages, boris, { params: { chatId: groupId } });
  expect(page.messages.at(-1)).toMatchObject({
    content: '\u2068Anna\u2069 changed the group picture',
    metadata: { event: 'picture_changed' },
  });
  expect((await call(listChats, boris)).body.chats).toMatchObject([{ pictureUrl }]);
  const ofBoris = await uploaded(boris, { purpose: 'picture' });
  const refused = await call(setPicture, boris, { params: { groupId }, body: { fileId: ofBoris } });
  expect([refused.status, refused.body.code]).toEqual([403, 'role_too_low']);
  expect((await call(deletePicture, boris, { params: { groupId } })).status).toBe(403);
  const repeated = await call(setPicture, anna, { params: { groupId }, body: { fileId } });
  expect([repeated.status, repeated.body.group.pictureUrl]).toEqual([200, pictureUrl]);
  await call(deletePicture, anna, { params: { groupId } });
  const again = await call(setPicture, anna, { params: { groupId }, body: { fileId } });
  expect([again.status, again.body.errors[0].rule]).toEqual([422, 'already_used']);
});

test('a group’s former picture is deleted, and a removed one leaves none', async () => {
  const anna = await newPerson();
  const { id: groupId } = await newGroup(anna);
  const ids: string[] = [];
  for (let n = 0; n < 2; n++) {
    ids.push(await uploaded(anna, { purpose: 'picture' }));
    await call(setPicture, anna, { params: { groupId }, body: { fileId: ids[n] } });
  }
  await deleteFiles();
  expect(await s3.keys(`chats/${groupId}/`)).toEqual([`chats/${groupId}/picture/${ids[1]}`]);
  const { body } = await call(deletePicture, anna, { params: { groupId } });
  expect(body.group.pictureUrl).toBeUndefined();
  await deleteFiles();
  expect(await s3.keys(`chats/${groupId}/`)).toEqual([]);
});
