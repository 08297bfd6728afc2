import { expect, test } from 'vitest';
import { listUnread } from '#shared/contract/chats/list-unread.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { sent } from '../../support/changes.ts';
import { uploaded } from '../../support/files.ts';
import { newDirect, newGroup, newPerson } from '../../support/people.ts';
import { newDevice, pass, shown, workOff } from '../../support/push.ts';
import { fcm } from '../../support/stand-ins/fcm.ts';

async function annaToBoris(locale?: string) {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const [{ id: group }, direct, token] = await Promise.all([
    newGroup(anna, boris),
    newDirect(anna, boris),
    newDevice(boris, locale === undefined ? {} : { locale }),
  ]);
  await workOff(group);
  shown(token);
  pass(10);
  return { anna, boris, group, direct, token };
}

test.each([
  ['ru-RU', 'Weekend: \u2068Anna\u2069 назначает вас администратором'],
  ['ru_RU', 'Weekend: \u2068Anna\u2069 назначает вас администратором'],
  ['ru', 'Weekend: \u2068Anna\u2069 назначает вас администратором'],
  ['RU-kz', 'Weekend: \u2068Anna\u2069 назначает вас администратором'],
  ['en-GB', 'Weekend: \u2068Anna\u2069 made you an admin'],
  // We have no such language: that of the stage.
  ['de-DE', 'Weekend: \u2068Anna\u2069 made you an admin'],
  ['run', 'Weekend: \u2068Anna\u2069 made you an admin'],
  [undefined, 'Weekend: \u2068Anna\u2069 made you an admin'],
])('a device with the locale %s', async (locale, text) => {
  const { anna, boris, group, token } = await annaToBoris(locale);
  await call(setRole, anna, { params: { groupId: group, userId: boris.id }, body: { role: 'admin' } });
  await workOff(group);
  expect(shown(token)).toEqual([text]);
});

test.each([
  ['text', 'Anna: a secret', 'Weekend: \u2068Anna\u2069: a secret', 'Weekend: 2 new messages'],
  ['name', 'Anna: New message', 'Weekend: \u2068Anna\u2069: New message', 'Weekend: 2 new messages'],
  ['none', 'New message', 'New message', '2 new messages'],
])('pushPreview %s', async (pushPreview, inDirect, inGroup, several) => {
  const { anna, boris, group, direct, token } = await annaToBoris();
  expect((await call(updateMe, boris, { body: { pushPreview } })).body.user.pushPreview).toBe(pushPreview);
  await sent(anna, direct, 'a secret');
  await workOff(direct);
  expect(shown(token)).toEqual([inDirect]);
  await sent(anna, group, 'a secret');
  await workOff(group);
  expect(shown(token)).toEqual([inGroup]);
  await sent(anna, group, 'a secret');
  await sent(anna, group, 'a secret');
  pass(20);
  await workOff(group);
  expect(shown(token)).toEqual([several]);
});

test('Russian counts', async () => {
  const { anna, direct, token } = await annaToBoris('ru-RU');
  const several = async (count: number) => {
    for (let n = 0; n < count; n++) await sent(anna, direct, 'привет');
    pass(20);
    await workOff(direct);
    return shown(token);
  };
  expect(await several(1)).toEqual(['Anna: привет']);
  expect(await several(2)).toEqual(['Anna: 2 новых сообщения']);
  expect(await several(5)).toEqual(['Anna: 5 новых сообщений']);
});

test('data.unread is the chat’s number by the one formula', async () => {
  const { anna, boris, direct, token } = await annaToBoris();
  await sent(anna, direct, '1');
  const { seq } = await sent(anna, direct, '2');
  await sent(boris, direct, 'mine');
  await sent(anna, direct, '4');
  pass(20);
  await workOff(direct);
  expect(fcm.take(token).map(({ data }) => data)).toMatchObject([{ seq: '4', unread: '3', type: 'message' }]);
  await call(markRead, boris, { params: { chatId: direct }, body: { seq } });
  await sent(anna, direct, '5', { mentions: [boris.id] });
  pass(20);
  await workOff(direct);
  expect(fcm.take(token).map(({ data }) => data)).toMatchObject([{ seq: '5', unread: '2', type: 'mention' }]);
});

test('at the level of mentions, data.unread counts only these, like the total of GET /chats/unread', async () => {
  const { anna, boris, direct, token } = await annaToBoris();
  await call(setNotifications, boris, { params: { chatId: direct }, body: { level: 'mentions' } });
  await sent(anna, direct, 'nothing new');
  await sent(anna, direct, 'look', { mentions: [boris.id] });
  pass(20);
  await workOff(direct);
  const { body } = await call(listUnread, boris);
  expect(fcm.take(token).map(({ data }) => data)).toMatchObject([{ seq: '2', unread: '1', type: 'mention' }]);
  expect(body.total - body.chats.find(({ chatId }: Json) => chatId !== direct).unreadCount).toBe(1);
});

test.each([
  ['Russian', 'ы'.repeat(4000)],
  ['quotes and line breaks', '"\n'.repeat(2000)],
  ['families', '👨‍👩‍👧‍👦'.repeat(300)],
])('a long text is cut between characters: %s', async (_, content) => {
  const { anna, direct, token } = await annaToBoris();
  await sent(anna, direct, content);
  await workOff(direct);
  const [message] = fcm.take(token);
  const { body } = message.notification;
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(2000);
  expect(body).toMatch(/…$/);
  expect(content.startsWith(body.slice(0, -1))).toBe(true);
  expect(body).not.toContain('\ufffd');
});

test('a message of files without a text is pushed in the words of the device', async () => {
  const { anna, direct, token } = await annaToBoris('ru-RU');
  await sent(anna, direct, '', { fileIds: [await uploaded(anna)] });
  await workOff(direct);
  expect(shown(token)).toEqual(['Anna: Фото']);
});
