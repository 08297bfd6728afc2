import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { linesOf } from '../../support/log-lines.ts';
import { aws } from '../../support/stand-ins/aws.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { askAbout, history, scene } from './scene.ts';

beforeEach(() => openai.behave({ pieces: ['Go ', 'to ', 'the lake.'] }));

describe('a provider', () => {
  afterEach(() => void vi.restoreAllMocks());

  test.each([
    ['answers 500', { status: 500 }, 502, 'assistant_failed'],
    ['rejects the key', { status: 401 }, 502, 'assistant_failed'],
    ['answers 429', { status: 429, headers: { 'retry-after': '7' } }, 503, 'assistant_busy'],
    ['cuts its answer off', { pieces: ['Half an'], fault: 'cut' }, 502, 'assistant_failed'],
    ['sends invalid JSON', { pieces: ['Half an'], fault: 'nonsense' }, 502, 'assistant_failed'],
    ['sends an empty answer', { pieces: [] }, 502, 'assistant_failed'],
  ] as const)(
    'that %s causes a problem with a stable code and stores nothing',
    async (_what, behavior, status, code) => {
      const { anna, chatId } = await scene();
      openai.behave(behavior as Parameters<typeof openai.behave>[0]);
      const answer = await askAbout(anna, chatId);
      expect(answer).toMatchObject({ status, body: { code } });
      if (status === 503) expect(answer.headers['retry-after']).toBe('7');
      expect(await history(anna, chatId)).toHaveLength(1);
    },
  );

  test.each([
    ['1e300', '3600'],
    ['-5', '10'],
    ['soon', '10'],
  ])('that is busy for %s seconds is waited for %s', async (asked, told) => {
    const { anna, chatId } = await scene();
    openai.behave({ status: 429, headers: { 'retry-after': asked } });
    expect((await askAbout(anna, chatId)).headers['retry-after']).toBe(told);
  });

  test('that quotes the key and the question is logged with its own words alone', async () => {
    const { anna, chatId } = await scene();
    const question = 'My doctor says\nthat I have diabètes, what should I eat?';
    const refuse = (error: object) => openai.behave({ status: 401, body: JSON.stringify({ error }) });
    const asking = async () => expect((await askAbout(anna, chatId, question)).status).toBe(502);
    const lines = JSON.stringify(
      await linesOf(async () => {
        refuse({ message: 'Incorrect API key provided: Bearer a key', code: 'invalid_api_key' });
        await asking();
        refuse({ message: 'content refused', input: question });
        await asking();
        refuse({ message: `I cannot answer ${question.slice(3, 40)}..., by policy` });
        await asking();
        refuse({ message: `I cannot ${JSON.stringify(question).replace('è', '\\u00e8')}` });
        await asking();
        openai.behave({ body: 'data: {"choices":["Your diabetes\n\n' });
        await asking();
      }),
    );
    expect(lines).toContain('401 Incorrect API key provided: Bearer … invalid_api_key');
    expect(lines).toContain('401 content refused');
    expect(lines).toMatch(/I cannot answer…\.\.\., by policy/);
    expect(lines).not.toContain('a key');
    expect(lines).not.toMatch(/doctor|diab|should I eat/);
  });

  test('that never ends its error has the beginning read', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ status: 400, body: 'x'.repeat(100_000), fault: 'stalled' });
    expect((await askAbout(anna, chatId)).status).toBe(502);
  });

  test('that never answers is abandoned within 18 seconds', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ fault: 'silent' });
    const real = AbortSignal.timeout.bind(AbortSignal);
    const timeouts = vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => real(time > 10_000 ? 100 : time));
    expect(await askAbout(anna, chatId)).toMatchObject({ status: 504, body: { code: 'assistant_timeout' } });
    const longest = Math.max(...timeouts.mock.calls.map(([time]) => time));
    expect(longest).toBeLessThanOrEqual(18_000);
    expect(longest).toBeGreaterThan(17_000);
    expect(await history(anna, chatId)).toHaveLength(1);
  });

  test('without a key is logged with the name of the operator’s secret', async () => {
    const { anna, chatId } = await scene();
    const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    aws.fillOperatorSecret({ openaiApiKey: '' });
    // The previous key is cached for five minutes.
    vi.useFakeTimers({ now: Date.now() + 400_000, toFake: ['Date'] });
    const answer = await askAbout(anna, chatId);
    aws.fillOperatorSecret();
    vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] });
    expect((await askAbout(anna, chatId)).status).toBe(200);
    vi.useRealTimers();
    expect(answer).toMatchObject({ status: 503, body: { code: 'assistant_not_configured' } });
    const lines = log.mock.calls.map(([line]) => String(line)).join('');
    expect(lines).toContain('"secret":"operator"');
  });

  test('with an invalid secret is logged with the name of the secret and nothing of its content', async () => {
    const { anna, chatId } = await scene();
    aws.secrets.set('operator', '{"openaiApiKey": sk-live-1234567890}');
    // The previous content is cached for five minutes, and the test above ran in the future.
    vi.useFakeTimers({ now: Date.now() + 1_200_000, toFake: ['Date'] });
    const lines = await linesOf(async () => expect((await askAbout(anna, chatId)).status).toBe(500));
    aws.fillOperatorSecret();
    vi.useRealTimers();
    expect(JSON.stringify(lines)).toContain('operator');
    // Not a part of "ask-assistant", which is in the stack.
    expect(JSON.stringify(lines)).not.toMatch(/\bsk-/);
  });
});
