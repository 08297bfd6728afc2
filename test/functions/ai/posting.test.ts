import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import type { Person } from '../../support/people.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { askAbout, history, say, scene } from './scene.ts';

/** An answer is a message of the person who asked: the group's rules for writing apply to questions too. */

beforeEach(() => openai.behave({ pieces: ['Fine.'] }));
afterEach(() => vi.useRealTimers());

const change = (person: Person, groupId: string, body: object) =>
  call(renameGroup, person, { params: { groupId }, body });

const restricted = { status: 403, body: { code: 'posting_restricted' } };
const slow = { status: 429, body: { code: 'too_many_requests' } };

describe('a question', () => {
  test('of a member is refused where only admins may write, before the model is asked', async () => {
    const { anna, boris, chatId } = await scene();
    await change(anna, chatId, { posting: 'admins' });
    expect(await askAbout(boris, chatId)).toMatchObject(restricted);
    expect(openai.requests).toEqual([]);
    expect((await askAbout(anna, chatId)).status).toBe(200);
  });

  test('that was answered before gets its answer whoever may write now', async () => {
    const { anna, boris, chatId } = await scene();
    const first = await askAbout(boris, chatId, 'What now?', 'q1');
    await change(anna, chatId, { posting: 'admins', slowModeSeconds: 60 });
    expect(await askAbout(boris, chatId, 'What now?', 'q1')).toMatchObject({ status: 200, body: first.body });
  });

  test('counts as a message in slow mode, and may be asked again after a failure', async () => {
    const { anna, boris, chatId } = await scene();
    await change(anna, chatId, { slowModeSeconds: 60 });
    openai.behave({ pieces: ['Half an'], fault: 'cut' });
    expect((await askAbout(boris, chatId, 'What now?', 'q1')).status).toBe(502);
    openai.behave({ pieces: ['Fine.'] });
    expect((await askAbout(boris, chatId, 'What now?', 'q1')).status).toBe(200);
    expect(openai.requests).toHaveLength(1);
    expect(await askAbout(boris, chatId)).toMatchObject(slow);
    expect(await say(boris, chatId, 'Hi')).toMatchObject(slow);
    expect(openai.requests).toHaveLength(1);
    expect((await say(anna, chatId, 'Hi')).status).toBe(200);
    expect(await history(anna, chatId)).toHaveLength(4);
  });

  test('is refused after a message in slow mode', async () => {
    const { anna, boris, chatId } = await scene();
    await change(anna, chatId, { slowModeSeconds: 60 });
    await say(boris, chatId, 'Hi');
    expect(await askAbout(boris, chatId)).toMatchObject(slow);
  });

  test('costs one read of the rules, which a lock is among, and a member in slow mode one update', async () => {
    const { anna, boris, chatId } = await scene();
    const setRoleOf = (role: string) =>
      call(setRole, anna, { params: { groupId: chatId, userId: boris.id }, body: { role } });
    const count = async () => (await countOperations(() => askAbout(boris, chatId))).operations;
    // Nothing that is cached expires meanwhile.
    vi.useFakeTimers({ toFake: ['Date'] });
    // Counting the first question of a minute takes fewer operations.
    await askAbout(boris, chatId);
    const ofMember = await count();
    await setRoleOf('admin');
    expect(await count()).toEqual(ofMember);
    await setRoleOf('member');
    await change(anna, chatId, { slowModeSeconds: 60 });
    expect(await count()).toEqual([...ofMember, 'UpdateItem'].sort());
  });
});
