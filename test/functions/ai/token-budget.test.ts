import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newGroup } from '../../support/people.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { askAbout, scene } from './scene.ts';

beforeEach(() => openai.behave({ pieces: ['Go ', 'to ', 'the lake.'] }));

describe('the token budget', () => {
  test('of a user applies for a day, in every chat', async () => {
    const { anna, boris, chatId } = await scene();
    openai.behave({ pieces: ['Fine.'], tokens: 600 });
    expect((await askAbout(anna, chatId)).status).toBe(200);
    expect((await askAbout(anna, chatId)).status).toBe(200);
    const refused = await askAbout(anna, chatId);
    expect(refused).toMatchObject({ status: 429, body: { code: 'assistant_budget_spent' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(23 * 3600);
    expect(refused.body.detail).toMatch(/until \d{4}-/);
    expect((await askAbout(anna, (await newGroup(anna)).id)).status).toBe(429);
    expect((await askAbout(boris, chatId)).status).toBe(200);
  });

  test('of a chat applies to all its participants', async () => {
    const { anna, boris, chatId } = await scene();
    openai.behave({ pieces: ['Fine.'], tokens: 2000 });
    await askAbout(anna, chatId);
    expect((await askAbout(boris, chatId)).body.code).toBe('assistant_budget_spent');
    expect((await askAbout(boris, (await newGroup(boris)).id)).status).toBe(200);
  });

  test('is charged even for an unusable answer', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ pieces: [], tokens: 1000 });
    expect((await askAbout(anna, chatId)).body.code).toBe('assistant_failed');
    expect((await askAbout(anna, chatId)).body.code).toBe('assistant_budget_spent');
  });

  test.each(['cut', 'stalled'] as const)('is charged by estimate for an answer that is %s', async (fault) => {
    const { anna, chatId } = await scene();
    const real = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => real(time > 10_000 ? 500 : time));
    openai.behave({ pieces: ['x'.repeat(4000)], fault });
    expect((await askAbout(anna, chatId)).status).toBe(fault === 'cut' ? 502 : 504);
    vi.restoreAllMocks();
    expect((await askAbout(anna, chatId)).body.code).toBe('assistant_budget_spent');
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
