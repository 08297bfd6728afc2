import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { remove } from '../../support/changes.ts';
import { tokensOf } from '../../support/limits.ts';
import { connect, newGroup } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { askAbout, history, scene } from './scene.ts';

beforeEach(() => openai.behave({ pieces: ['Fine.'], tokens: 100 }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const underWay = { status: 409, headers: { 'retry-after': '2' }, body: { code: 'question_under_way' } };

describe('a question with a clientId', () => {
  test('that is repeated gets the same answer, one message and one charge', async () => {
    const { anna, boris, chatId } = await scene();
    const socket = await connect(boris, chatId);
    const first = await askAbout(anna, chatId, 'What now?', 'q1');
    openai.behave({ pieces: ['Something else.'] });
    const repeated = await askAbout(anna, chatId, 'What now?', 'q1');
    expect(repeated).toMatchObject({ status: 200, body: first.body });
    expect(first.body.message).toMatchObject({ content: 'Fine.', metadata: { question: 'What now?' } });
    expect(openai.requests).toEqual([]);
    expect(await history(anna, chatId)).toHaveLength(2);
    expect(standIn.received(socket)).toEqual([first.body.message]);
    expect(await tokensOf('user', anna.id)).toBe(100);
  });

  test('that is repeated while it is being answered is told to wait, and then gets that answer', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ pieces: ['Fine.'], tokens: 100, pause: 500 });
    const asking = Array.from({ length: 10 }, () => askAbout(anna, chatId, 'What now?', 'q1'));
    const answers = await Promise.all(asking);
    const answered = answers.filter(({ status }) => status === 200);
    expect(answered).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(answer).toMatchObject(underWay);
    expect((await askAbout(anna, chatId, 'What now?', 'q1')).body).toEqual(answered[0]?.body);
    expect(openai.requests).toHaveLength(1);
    expect(await history(anna, chatId)).toHaveLength(2);
    expect(await tokensOf('user', anna.id)).toBe(100);
  });

  test('is answered anew when it is repeated after a failure', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ pieces: ['Half an'], fault: 'cut' });
    expect((await askAbout(anna, chatId, 'What now?', 'q1')).status).toBe(502);
    openai.behave({ pieces: ['Fine.'] });
    expect(await askAbout(anna, chatId, 'What now?', 'q1')).toMatchObject({
      status: 200,
      body: { message: { content: 'Fine.' } },
    });
  });

  test('is refused if the clientId belongs to another question', async () => {
    const { anna, chatId } = await scene();
    await askAbout(anna, chatId, 'What now?', 'q1');
    expect(await askAbout(anna, chatId, 'And then?', 'q1')).toMatchObject({
      status: 409,
      body: { code: 'client_id_reused' },
    });
  });

  test('gets the answer as it is now, also when it was deleted, and no other question does', async () => {
    const { anna, boris, chatId } = await scene();
    const live = await connect(boris, chatId, { events: '1' });
    const { body } = await askAbout(anna, chatId, 'What now?', 'q1');
    const deleted = await remove(anna, body.message);
    expect(deleted.body.message).toMatchObject({ id: body.message.id, deletedBy: anna.id });
    expect((await askAbout(anna, chatId, 'What now?', 'q1')).body).toEqual(deleted.body);
    expect(standIn.received(live).at(-1)).toEqual(deleted.body.message);
    expect(await askAbout(anna, chatId, 'And then?', 'q1')).toMatchObject({ body: { code: 'client_id_reused' } });
    expect(openai.requests).toHaveLength(1);
  });

  test('has its own answer for each user and each chat', async () => {
    const { anna, boris, chatId } = await scene();
    const { id: other } = await newGroup(anna);
    const asked = [await askAbout(anna, chatId, '?', 'q1'), await askAbout(boris, chatId, '?', 'q1')];
    asked.push(await askAbout(anna, other, '?', 'q1'));
    expect(new Set(asked.map(({ body }) => body.message.id)).size).toBe(3);
    expect(openai.requests).toHaveLength(3);
  });

  test('can be repeated 30 seconds after the function that answered it died', async () => {
    const { anna, chatId } = await scene();
    const question = randomUUID();
    const real = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => real(time > 10_000 ? 3000 : time));
    openai.behave({ fault: 'silent' });
    const dying = askAbout(anna, chatId, question, 'q1');
    await vi.waitFor(() => expect(openai.requests).toHaveLength(1));
    openai.behave({ pieces: ['Fine.'] });
    expect(await askAbout(anna, chatId, question, 'q1')).toMatchObject(underWay);
    vi.useFakeTimers({ now: Date.now() + 28_000, toFake: ['Date'] });
    expect(await askAbout(anna, chatId, question, 'q1')).toMatchObject(underWay);
    vi.useFakeTimers({ now: Date.now() + 3_000, toFake: ['Date'] });
    expect((await askAbout(anna, chatId, question, 'q1')).status).toBe(200);
    vi.useRealTimers();
    await dying;
  });
});
