import { expect, test } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { call } from '../../support/call.ts';
import { edit, remove, sent } from '../../support/changes.ts';
import { newDirect, newGroup, newPerson } from '../../support/people.ts';
import { newDevice, pass, shown, takeQueued, work, workOff } from '../../support/push.ts';

/** A group of three with a device each. */
async function threeWithDevices() {
  const [anna, boris, vera] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Vera')]);
  const [{ id: chatId, inviteCode }, ...tokens] = await Promise.all([
    newGroup(anna, boris, vera),
    newDevice(anna),
    newDevice(boris),
    newDevice(vera),
  ]);
  await workOff(chatId);
  const [annas, boriss, veras] = tokens as [string, string, string];
  for (const token of tokens) shown(token);
  pass(10);
  return { anna, boris, vera, chatId, inviteCode, annas, boriss, veras };
}

test('everybody gets a message who has not read it, except its author', async () => {
  const { anna, boris, chatId, annas, boriss, veras } = await threeWithDevices();
  const { seq } = await sent(anna, chatId, 'Hello');
  const [queued] = takeQueued(chatId);
  expect(queued?.delaySeconds).toBe(8);
  await call(markRead, boris, { params: { chatId }, body: { seq } });
  await sent(anna, chatId, 'Hello again');
  await workOff(chatId);
  expect(shown(annas)).toEqual([]);
  expect(shown(boriss)).toEqual(['Weekend: \u2068Anna\u2069: Hello again']);
  expect(shown(veras)).toEqual(['Weekend: 2 new messages']);
  pass(10);
  await sent(boris, chatId, 'from Boris');
  await sent(anna, chatId, 'mine');
  // The event of the last message comes first, so that both messages are due at once.
  const [, mine] = takeQueued(chatId);
  await work(mine?.event ?? expect.fail());
  expect(shown(annas)).toEqual(['Weekend: \u2068Boris\u2069: from Boris']);
});

test('nobody who has muted the chat, and below their level only what mentions or answers them', async () => {
  const { anna, boris, vera, chatId, boriss, veras } = await threeWithDevices();
  const notify = (person: typeof boris, body: object) => call(setNotifications, person, { params: { chatId }, body });
  await notify(boris, { level: 'none' });
  await notify(vera, { level: 'mentions' });
  await sent(anna, chatId, 'for nobody');
  await workOff(chatId);
  expect([shown(boriss), shown(veras)]).toEqual([[], []]);
  await sent(anna, chatId, 'for Vera', { mentions: [boris.id, vera.id] });
  await workOff(chatId);
  expect([shown(boriss), shown(veras)]).toEqual([[], ['Weekend: \u2068Anna\u2069: for Vera']]);
  const future = new Date(Date.now() + 60_000).toISOString();
  await notify(boris, { level: 'all', mutedUntil: future });
  const { chatId: other, anna: annaToo, boriss: borisToo, boris: boristToo } = await threeWithDevices();
  const past = new Date(Date.now() - 1000).toISOString();
  await call(setNotifications, boristToo, { params: { chatId: other }, body: { level: 'all', mutedUntil: past } });
  await Promise.all([sent(anna, chatId, 'muted'), sent(annaToo, other, 'not any more')]);
  await Promise.all([workOff(chatId), workOff(other)]);
  expect([shown(boriss), shown(borisToo)]).toEqual([[], ['Weekend: \u2068Anna\u2069: not any more']]);
});

test('an answer to my message, and one that mentions everyone, reach me at the level of mentions', async () => {
  const { anna, vera, chatId, veras } = await threeWithDevices();
  const own = await sent(vera, chatId, 'a question');
  await call(setNotifications, vera, { params: { chatId }, body: { level: 'mentions' } });
  await workOff(chatId);
  pass(10);
  await sent(anna, chatId, 'an answer', { replyToId: own.id });
  await workOff(chatId);
  expect(shown(veras)).toEqual(['Weekend: \u2068Anna\u2069: an answer']);
  const { anna: annaToo, vera: veraToo, chatId: other, veras: verasToo } = await threeWithDevices();
  await call(setNotifications, veraToo, { params: { chatId: other }, body: { level: 'mentions' } });
  await sent(annaToo, other, 'listen', { everyone: true });
  await workOff(other);
  expect(shown(verasToo)).toEqual(['Weekend: \u2068Anna\u2069: listen']);
});

test('nobody with a block between them and the author, also in a group and whoever has blocked the other', async () => {
  const { anna, boris, vera, chatId, boriss, veras } = await threeWithDevices();
  await call(blockUser, boris, { params: { userId: anna.id } });
  await call(blockUser, anna, { params: { userId: vera.id } });
  await sent(anna, chatId, 'hello');
  await workOff(chatId);
  expect([shown(boriss), shown(veras)]).toEqual([[], []]);
  await sent(boris, chatId, 'hello');
  await workOff(chatId);
  expect(shown(veras)).toEqual(['Weekend: \u2068Boris\u2069: hello']);
});

test('in a direct chat, not what was written just before a block', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const [token, chatId] = await Promise.all([newDevice(boris), newDirect(anna, boris)]);
  await sent(anna, chatId, 'hello');
  await workOff(chatId);
  expect(shown(token)).toEqual(['Anna: hello']);
  pass(10);
  await sent(anna, chatId, 'hello?');
  await call(blockUser, boris, { params: { userId: anna.id } });
  await workOff(chatId);
  expect(shown(token)).toEqual([]);
});

test('of system messages, only those who were added, removed or made an admin', async () => {
  const { anna, boris, vera, chatId, inviteCode, annas, boriss, veras } = await threeWithDevices();
  const gleb = await newPerson('Gleb');
  const glebs = await newDevice(gleb);
  const all = () => [annas, boriss, veras, glebs].map(shown);
  await call(addMembers, anna, { params: { groupId: chatId }, body: { userIds: [gleb.id] } });
  await workOff(chatId);
  expect(all()).toEqual([[], [], [], ['Weekend: \u2068Anna\u2069 added you to the group']]);
  pass(10);
  await call(removeMember, anna, { params: { groupId: chatId, userId: gleb.id } });
  await workOff(chatId);
  expect(all()).toEqual([[], [], [], ['Weekend: \u2068Anna\u2069 removed you from the group']]);
  pass(10);
  await call(setRole, anna, { params: { groupId: chatId, userId: boris.id }, body: { role: 'admin' } });
  await workOff(chatId);
  expect(all()).toEqual([[], ['Weekend: \u2068Anna\u2069 made you an admin'], [], []]);
  await call(setRole, anna, { params: { groupId: chatId, userId: boris.id }, body: { role: 'member' } });
  await call(renameGroup, anna, { params: { groupId: chatId }, body: { name: 'Sunday' } });
  await call(leaveChat, vera, { params: { chatId } });
  await call(joinGroup, vera, { body: { inviteCode } });
  expect(takeQueued(chatId)).toEqual([]);
});

test('who is put into a new group is told so, and its creator is not', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const [annas, boriss] = [await newDevice(anna), await newDevice(boris)];
  const { id } = await newGroup(anna, boris);
  await workOff(id);
  expect([shown(annas), shown(boriss)]).toEqual([[], ['Weekend: \u2068Anna\u2069 added you to the group']]);
  const { id: alone } = await newGroup(anna);
  expect(takeQueued(alone)).toEqual([]);
});

test('who was removed more than once is told so once', async () => {
  const { anna, boris, chatId, boriss } = await threeWithDevices();
  const params = { groupId: chatId, userId: boris.id };
  for (let n = 0; n < 2; n++) {
    await call(removeMember, anna, { params });
    await call(addMembers, anna, { params: { groupId: chatId }, body: { userIds: [boris.id] } });
  }
  await call(removeMember, anna, { params });
  pass(20);
  await workOff(chatId);
  expect(shown(boriss)).toEqual(['Weekend: \u2068Anna\u2069 removed you from the group']);
});

test('nobody who was removed, or has left, before the push', async () => {
  const { anna, boris, vera, chatId, boriss, veras } = await threeWithDevices();
  await sent(anna, chatId, 'a secret');
  const [first] = takeQueued(chatId);
  await call(removeMember, anna, { params: { groupId: chatId, userId: boris.id } });
  await call(leaveChat, vera, { params: { chatId } });
  await workOff(chatId);
  expect([shown(boriss), shown(veras)]).toEqual([['Weekend: \u2068Anna\u2069 removed you from the group'], []]);
  expect(first?.event.seq).toBeGreaterThan(0);
});

test('a message that was deleted meanwhile is not pushed, and an edited one with its text of now', async () => {
  const { anna, chatId, boriss } = await threeWithDevices();
  const message = await sent(anna, chatId, 'a mistake');
  await remove(anna, message);
  await workOff(chatId);
  expect(shown(boriss)).toEqual([]);
  const other = await sent(anna, chatId, 'a mistaek');
  await edit(anna, other, 'a mistake, again');
  await workOff(chatId);
  expect(shown(boriss)).toEqual(['Weekend: \u2068Anna\u2069: a mistake, again']);
});
