import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import { takeSlot } from '#shared/data/slots.ts';
import { call } from '../../support/call.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { askAbout, say, scene } from './scene.ts';

beforeEach(() => openai.behave({ pieces: ['Fine.'] }));
afterEach(() => void vi.useRealTimers());

const tooMany = { status: 429, headers: { 'retry-after': '5' }, body: { code: 'too_many_questions' } };

describe('the assistant', () => {
  test('works on three requests of a user at once, and on those of others meanwhile', async () => {
    const { anna, boris, chatId } = await scene();
    openai.behave({ pieces: ['Fine.'], pause: 2000 });
    const asking = Array.from({ length: 10 }, () => askAbout(anna, chatId));
    await vi.waitFor(() => expect(openai.requests.length).toBeGreaterThanOrEqual(3), 30_000);
    expect((await askAbout(boris, chatId)).status).toBe(200);
    const answers = await Promise.all(asking);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(answer).toMatchObject(tooMany);
    expect(openai.requests).toHaveLength(4);
    expect((await askAbout(anna, chatId)).status).toBe(200);
  });

  test('counts requests for suggestions among the three', async () => {
    const { anna, chatId } = await scene();
    await say(anna, chatId, 'Lake?');
    for (let n = 0; n < 3; n++) await takeSlot('assistant', anna.id, 3, 30);
    expect(await call(listSuggestions, anna, { query: { chatId } })).toMatchObject(tooMany);
    expect(openai.requests).toEqual([]);
  });

  test('is free again after a request that failed', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ status: 500 });
    for (let n = 0; n < 4; n++) expect((await askAbout(anna, chatId)).status).toBe(502);
  });

  test('is free again 30 seconds after a function that died', async () => {
    const { anna, chatId } = await scene();
    for (let n = 0; n < 3; n++) await takeSlot('assistant', anna.id, 3, 30);
    expect(await askAbout(anna, chatId)).toMatchObject(tooMany);
    vi.useFakeTimers({ now: Date.now() + 29_000, toFake: ['Date'] });
    expect(await askAbout(anna, chatId)).toMatchObject(tooMany);
    vi.useFakeTimers({ now: Date.now() + 2_000, toFake: ['Date'] });
    expect((await askAbout(anna, chatId)).status).toBe(200);
  });
});
