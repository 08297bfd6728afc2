import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { reserveBudget } from '#shared/assistant/budget.ts';
import { keys } from '#shared/data/keys.ts';
import { leaveTokens, tokensOf } from '../../support/limits.ts';
import { newGroup, newPerson } from '../../support/people.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { askAbout, scene } from './scene.ts';

beforeEach(() => openai.behave({ pieces: ['Fine.'] }));
afterEach(() => void vi.restoreAllMocks());

const spent = { status: 429, body: { code: 'assistant_budget_spent' } };

/** The stack's counter of this test alone: that of all tests has room for all of them. */
function ownStack(): void {
  const own = randomUUID();
  const { limit } = keys;
  vi.spyOn(keys, 'limit').mockImplementation((what, who) => limit(what, what === 'assistant tokens:stack' ? own : who));
}

const times = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));

describe('the token budget', () => {
  test('of a user applies for a day, in every chat', async () => {
    const { anna, boris, chatId } = await scene();
    await leaveTokens('user', anna.id, 1000);
    const refused = await askAbout(anna, chatId);
    expect(refused).toMatchObject(spent);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(23 * 3600);
    expect(refused.body.detail).toMatch(/until \d{4}-/);
    expect(await askAbout(anna, (await newGroup(anna)).id)).toMatchObject(spent);
    expect((await askAbout(boris, chatId)).status).toBe(200);
  });

  test('of a chat applies to all its participants', async () => {
    const { anna, boris, chatId } = await scene();
    await leaveTokens('chat', chatId, 1000);
    expect(await askAbout(anna, chatId)).toMatchObject(spent);
    expect(await askAbout(boris, chatId)).toMatchObject(spent);
    expect((await askAbout(boris, (await newGroup(boris)).id)).status).toBe(200);
  });

  test('of the stack applies to everybody', async () => {
    const { anna, chatId } = await scene();
    ownStack();
    await leaveTokens('stack', '', 1000);
    expect(await askAbout(anna, chatId)).toMatchObject(spent);
    expect([await tokensOf('user', anna.id), await tokensOf('chat', chatId)]).toEqual([0, 0]);
    await leaveTokens('stack', '', 10_000);
    expect((await askAbout(anna, chatId)).status).toBe(200);
  });

  test('is reserved while the model answers, for the longest answer, and then settled', async () => {
    const { anna, chatId } = await scene();
    let reserved = 0;
    openai.behave({ pieces: ['Fine.'], tokens: 600, pause: 300 });
    const asking = askAbout(anna, chatId);
    await vi.waitFor(() => expect(openai.requests).toHaveLength(1));
    reserved = await tokensOf('user', anna.id);
    const [request] = openai.requests;
    const prompt = Buffer.byteLength(JSON.stringify({ messages: request.messages, tools: request.tools }));
    expect(request.max_completion_tokens).toBe(1000);
    expect(reserved).toBe(prompt + 1000);
    expect(await tokensOf('chat', chatId)).toBe(reserved);
    expect((await asking).status).toBe(200);
    expect([await tokensOf('user', anna.id), await tokensOf('chat', chatId)]).toEqual([600, 600]);
  });

  test.each(['chat', 'stack'] as const)('of a %s is not exceeded by twenty questions at once', async (per) => {
    const { anna, chatId } = await scene();
    const cost = 2500;
    openai.behave({ pieces: ['Fine.'], tokens: cost, pause: 500 });
    const others = await times(20, () => newPerson());
    const crowd = per === 'chat' ? await newGroup(anna, ...others) : undefined;
    const chats = await Promise.all(others.map(async (one) => crowd?.id ?? (await newGroup(one)).id));
    if (per === 'stack') ownStack();
    const who = per === 'chat' ? (crowd?.id ?? '') : '';
    await leaveTokens(per, who, 3 * cost + 500);
    const answers = await Promise.all(others.map((one, n) => askAbout(one, chats[n] ?? chatId)));
    const answered = answers.filter(({ status }) => status === 200).length;
    expect(answered).toBeGreaterThan(0);
    expect(answered * cost).toBeLessThanOrEqual(3 * cost + 500);
    expect(openai.requests).toHaveLength(answered);
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(answer).toMatchObject(spent);
  });

  test('is charged even for an unusable answer', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ pieces: [], tokens: 1000 });
    expect((await askAbout(anna, chatId)).body.code).toBe('assistant_failed');
    expect(await tokensOf('user', anna.id)).toBe(1000);
  });

  test.each(['cut', 'stalled'] as const)('is charged by estimate for an answer that is %s', async (fault) => {
    const { anna, chatId } = await scene();
    const real = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => real(time > 10_000 ? 500 : time));
    openai.behave({ pieces: ['x'.repeat(4000)], fault });
    expect((await askAbout(anna, chatId)).status).toBe(fault === 'cut' ? 502 : 504);
    const charged = await tokensOf('user', anna.id);
    expect(charged).toBeGreaterThan(1000);
    expect(charged).toBeLessThan(2000);
  });

  test.each([429, 500])('is given back when the provider refuses with %i', async (status) => {
    const { anna, chatId } = await scene();
    openai.behave({ status });
    expect((await askAbout(anna, chatId)).status).toBeGreaterThan(500);
    expect([await tokensOf('user', anna.id), await tokensOf('chat', chatId)]).toEqual([0, 0]);
  });

  test('is not given back twice, nor in the next day’s window', async () => {
    const [userId, chatId] = [randomUUID(), randomUUID()];
    const settle = await reserveBudget(userId, chatId, 5000);
    vi.useFakeTimers({ now: Date.now() + 25 * 3600 * 1000, toFake: ['Date'] });
    await (await reserveBudget(userId, chatId, 2000))(2000);
    vi.useRealTimers();
    await settle(0);
    expect([await tokensOf('user', userId), await tokensOf('chat', chatId)]).toEqual([2000, 2000]);
  });

  test('stays reserved by a function that dies', async () => {
    const [userId, chatId] = [randomUUID(), randomUUID()];
    await reserveBudget(userId, chatId, 49_000);
    await expect(reserveBudget(userId, chatId, 1001)).rejects.toThrow(/used up until/);
  });

  test('is counted in a metric', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ pieces: ['Fine.'], tokens: 123 });
    const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await askAbout(anna, chatId);
    const lines = log.mock.calls.map(([line]) => String(line)).join('');
    log.mockRestore();
    expect(lines).toContain('"AssistantTokens":123');
  });
});
