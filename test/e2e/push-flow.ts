import { expect, test } from 'vitest';
import { toMessageBy } from '#shared/chats/messages/messages.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { editMessage } from '#shared/contract/messages/edit-message.ts';
import { deletePush } from '#shared/contract/users/delete-push.ts';
import { setPush } from '#shared/contract/users/set-push.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import type { Json } from '../support/api-client.ts';
import { stored } from '../support/stored.ts';
import type { Somebody, World } from './world.ts';

/** From a message to the phone: the queue, the worker and the stand-in of Firebase. */
export function pushFlow(world: () => World): void {
  const pushesTo = async ({ id }: Somebody): Promise<Json[]> => {
    await world().runner.queues.idle();
    return (await world().call('GET', `/_local/push?user=${id}`)).body.pushes;
  };

  test('a message is pushed to the device of somebody who does not read it', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Борис')];
    const { id: chatId } = (await w.do(openDirect, anna, { body: { userId: boris.id } })).chat;
    const token = `boris-${boris.id}`;
    w.secrets.push(token);
    await w.do(setPush, boris, { body: { token: `old-${boris.id}`, platform: 'android' } });
    await w.do(setPush, boris, { body: { token, platform: 'android', locale: 'ru-RU' } });
    await w.do(sendMessage, anna, { params: { chatId }, body: { content: 'Привет!' } });
    expect(await pushesTo(boris)).toEqual([
      {
        at: expect.any(String),
        token,
        platform: 'android',
        title: 'Anna',
        body: 'Привет!',
        data: { chatId, seq: '1', rev: '0', unread: '1', type: 'message' },
      },
    ]);
    expect(await pushesTo(anna)).toEqual([]);
  });

  test('a device that Firebase can’t serve at first gets its push a little later', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = (await w.do(openDirect, anna, { body: { userId: boris.id } })).chat;
    await w.do(setPush, boris, { body: { token: `busy-${boris.id}`, platform: 'android' } });
    await w.do(sendMessage, anna, { params: { chatId }, body: { content: 'Hi' } });
    expect(await pushesTo(boris)).toMatchObject([{ title: 'Anna', body: 'Hi' }]);
  });

  test('an edit is pushed to whom it mentions', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = await w.newGroup(anna, boris);
    await w.runner.queues.idle();
    await w.do(setPush, boris, { body: { token: `boris-${boris.id}`, platform: 'web' } });
    const createdAt = new Date(Date.now() - 60_000).toISOString();
    const message = toMessageBy(await stored(anna, chatId, { createdAt, content: 'Who comes?' }), 'Anna');
    const params = { chatId, messageId: message.id };
    await w.do(editMessage, anna, { params, body: { content: 'Who comes? Boris?', mentions: [boris.id] } });
    expect(await pushesTo(boris)).toMatchObject([
      { title: 'Weekend', body: '\u2068Anna\u2069: Who comes? Boris?', data: { type: 'mention', unread: '2' } },
    ]);
  });

  test('who is removed from a group is told so, on an iPhone and without names if they want none', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: groupId } = await w.newGroup(anna, boris);
    await w.runner.queues.idle();
    await w.do(setPush, boris, { body: { token: `boris-${boris.id}`, platform: 'ios' } });
    await w.do(updateMe, boris, { body: { pushPreview: 'none' } });
    await w.do(removeMember, anna, { params: { groupId, userId: boris.id } });
    expect(await pushesTo(boris)).toMatchObject([
      { platform: 'ios', title: 'New message', data: { type: 'removed', unread: '0' } },
    ]);
  });

  test('a device that the app has been removed from is forgotten, and one that wants no more pushes gets none', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = (await w.do(openDirect, anna, { body: { userId: boris.id } })).chat;
    const send = () => w.do(sendMessage, anna, { params: { chatId }, body: { content: 'Hi' } });
    await w.do(setPush, boris, { body: { token: `unregistered-${boris.id}`, platform: 'web' } });
    await send();
    expect(await pushesTo(boris)).toEqual([]);
    await w.do(setPush, boris, { body: { token: `boris-${boris.id}`, platform: 'web' } });
    await w.do(deletePush, boris);
    await send();
    expect(await pushesTo(boris)).toEqual([]);
  });
}
