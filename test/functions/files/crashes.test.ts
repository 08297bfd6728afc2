import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { setPicture } from '#shared/contract/groups/set-picture.ts';
import { deleteMessage } from '#shared/contract/messages/delete-message.ts';
import { setAvatar } from '#shared/contract/users/set-avatar.ts';
import { getUser } from '#shared/data/accounts/users.ts';
import { getChatsAlone } from '#shared/data/chats/chats.ts';
import { listMessages } from '#shared/data/chats/messages.ts';
import { randomFrom } from '../../../infra/local/random.ts';
import { call } from '../../support/call.ts';
import { crashing, makeMortal } from '../../support/crashes.ts';
import { deleteFiles, takeFileEvents, uploaded } from '../../support/files.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';
import { s3 } from '../../support/stand-ins/s3.ts';

beforeAll(makeMortal);
beforeEach(() => void takeFileEvents());

const thumbnail = { size: 50, width: 4, height: 3 };

interface World {
  anna: Person;
  chatId: string;
}

async function newWorld(): Promise<World> {
  const anna = await newPerson('Anna');
  return { anna, chatId: (await newGroup(anna)).id };
}

/** The objects that messages, the group and the person have. */
async function needed({ anna, chatId }: World): Promise<string[]> {
  const [[chat], messages, user] = await Promise.all([
    getChatsAlone([chatId]),
    listMessages(chatId, { after: 0, limit: 1000 }),
    getUser(anna.id),
  ]);
  const live = messages.filter(({ deletedAt }) => chat && deletedAt === undefined);
  const attached = live.flatMap(({ seq, files = [] }) => files.map(({ id }) => `chats/${chatId}/${seq}/${id}`));
  return [
    ...attached.flatMap((key) => [key, `${key}.thumbnail`]),
    ...(chat?.pictureId ? [`chats/${chatId}/picture/${chat.pictureId}`] : []),
    ...(user?.avatarId ? [`users/${anna.id}/${user.avatarId}`] : []),
  ].sort();
}

const stored = async ({ anna, chatId }: World): Promise<string[]> =>
  [...(await s3.keys(`chats/${chatId}/`)), ...(await s3.keys(`users/${anna.id}/`))].sort();

/** Nothing is missing at any time, and when the worker is done nothing is left over. */
async function expectWhole(world: World): Promise<void> {
  expect(await stored(world)).toEqual(expect.arrayContaining(await needed(world)));
  expect(await deleteFiles()).toBe(0);
  expect(await stored(world)).toEqual(await needed(world));
}

type Act = (world: World) => Promise<() => ReturnType<typeof call>>;

/** What is prepared before, and the request that dies. */
const acts: Record<string, Act> = {
  'a message is sent': async ({ anna, chatId }) => {
    const body = { fileIds: [await uploaded(anna, { thumbnail })], clientId: randomUUID() };
    return () => call(sendMessage, anna, { params: { chatId }, body });
  },
  'a message is deleted': async ({ anna, chatId }) => {
    const sent = { fileIds: [await uploaded(anna, { thumbnail })] };
    const { body } = await call(sendMessage, anna, { params: { chatId }, body: sent });
    return () => call(deleteMessage, anna, { params: { chatId, messageId: body.message.id }, body: {} });
  },
  'an avatar is replaced': async ({ anna }) => {
    await call(setAvatar, anna, { body: { fileId: await uploaded(anna, { purpose: 'avatar' }) } });
    const fileId = await uploaded(anna, { purpose: 'avatar' });
    return () => call(setAvatar, anna, { body: { fileId } });
  },
  'a picture is replaced': async ({ anna, chatId }) => {
    const set = async () => {
      const body = { fileId: await uploaded(anna, { purpose: 'picture' }) };
      return () => call(setPicture, anna, { params: { groupId: chatId }, body });
    };
    await (await set())();
    return set();
  },
  'a group is closed': async ({ anna, chatId }) => {
    await call(sendMessage, anna, { params: { chatId }, body: { fileIds: [await uploaded(anna, { thumbnail })] } });
    return () => call(leaveChat, anna, { params: { chatId } });
  },
};

test.each(Object.entries(acts))(
  'whenever the function dies while %s, no object is missing or left over',
  async (_what, act) => {
    for (const arrives of [false, true]) {
      let survives = false;
      for (let after = 0; !survives; after++) {
        const world = await newWorld();
        const request = await act(world);
        // Those of the preparation are done.
        takeFileEvents();
        const { result } = await crashing({ after, arrives }, request);
        await expectWhole(world);
        survives = result !== undefined;
        // The client tries again.
        const again = result ?? (await request());
        await expectWhole(world);
        if (survives) expect(again.status).toBe(200);
        expect(after).toBeLessThan(200);
      }
    }
  },
);

test('many requests that die, and a worker that fails, leave nothing over and nothing out', async () => {
  const random = randomFrom(24);
  const pick = <T>(all: T[]): T => all[Math.floor(random() * all.length)] as T;
  for (let history = 0; history < 10; history++) {
    const world = await newWorld();
    const some = Object.entries(acts).filter(([name]) => !name.includes('closed'));
    for (let step = 0; step < 6; step++) {
      const request = await pick(some)[1](world);
      const fatal = () => ({ after: Math.floor(random() * 14), arrives: random() < 0.5 });
      await Promise.all([crashing(fatal(), request), random() < 0.3 && crashing(fatal(), request)]);
      expect(await stored(world)).toEqual(expect.arrayContaining(await needed(world)));
      if (random() < 0.5) await request();
      if (random() < 0.3) s3.failNext(503, { times: 4, of: /^DELETE/ });
      const events = takeFileEvents();
      await deleteFiles(events);
      s3.recover();
      // Those that failed, and others again.
      await deleteFiles(events);
    }
    await expectWhole(world);
  }
});
