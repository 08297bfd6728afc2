import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { tokensOf } from '../../support/limits.ts';
import { linesOf } from '../../support/log-lines.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import {
  badCalls,
  passingFailures,
  type Strict,
  strictError,
  strictServers,
} from '../../support/stand-ins/strict-servers.ts';
import { askAbout, say, scene } from './scene.ts';

// A server’s refusals are remembered for ten minutes, so each test loads the modules anew.
beforeEach(() => void vi.resetModules());
afterEach(() => void vi.restoreAllMocks());

const behaveStrictly = (strict: Strict) =>
  openai.behave((request: Json) =>
    strict.refuses(request)
      ? { status: strict.status, body: strictError(strict, request), headers: { 'content-type': 'application/json' } }
      : { pieces: ['Fine.'], tokens: 123 },
  );

describe('a server', () => {
  test.each(Object.entries(strictServers))(
    'that refuses %s is asked without, and never with it again',
    async (_what, strict) => {
      const { anna, chatId } = await scene();
      behaveStrictly(strict);
      expect((await askAbout(anna, chatId)).body.message.content).toBe('Fine.');
      const last = openai.requests.at(-1);
      expect(last).toMatchObject({ model: 'test-model', ...strict.instead });
      expect(JSON.stringify(last.messages)).toContain('What now?');
      expect(await tokensOf('user', anna.id)).toBe(123);
      openai.requests.length = 0;
      expect((await askAbout(anna, chatId)).status).toBe(200);
      expect(openai.requests).toHaveLength(1);
    },
  );

  test('that refuses a schema is asked for JSON by words alone', async () => {
    const { anna, chatId } = await scene();
    await say(anna, chatId, 'Lake?');
    openai.behave(({ response_format }: Json) =>
      response_format
        ? { status: 400, body: '{"error":{"message":"This response_format type is unavailable now"}}' }
        : { pieces: ['["Yes"]'] },
    );
    const { body } = await call(listSuggestions, anna, { query: { chatId } });
    expect(body.suggestions).toMatchObject([{ content: 'Yes' }]);
    expect(openai.requests[1].messages[0].content).toContain('JSON');
  });

  test('that refuses a parameter is logged once, with the parameter and without the question', async () => {
    const { anna, chatId } = await scene();
    behaveStrictly(strictServers['max_completion_tokens, as Mistral'] as Strict);
    const lines = JSON.stringify(
      await linesOf(async () => {
        await askAbout(anna, chatId, 'A secret?');
        await askAbout(anna, chatId, 'A secret?');
      }),
    );
    expect(lines.match(/max_completion_tokens/g)).toHaveLength(1);
    expect(lines).not.toContain('secret');
  });

  test('that refuses a request for another reason gets the next one as usual', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ status: 400, body: '{"error":{"message":"The prompt is too long."}}' });
    expect(await askAbout(anna, chatId)).toMatchObject({ status: 502, body: { code: 'assistant_failed' } });
    expect(openai.requests).toHaveLength(1);
    openai.behave({ status: 400, body: '{"error":{"message":"max_completion_tokens is too large"}}' });
    expect((await askAbout(anna, chatId)).status).toBe(502);
    expect(openai.requests).toHaveLength(2);
    expect(await tokensOf('user', anna.id)).toBe(0);
    openai.behave({ pieces: ['Fine.'] });
    expect((await askAbout(anna, chatId)).status).toBe(200);
    expect(openai.requests).toMatchObject([{ max_completion_tokens: 1000 }]);
  });

  test.each(Object.entries(badCalls))(
    'whose model writes a call that %s is asked once more without tools, and the next time with them',
    async (_what, behavior) => {
      const { anna, chatId } = await scene();
      openai.behave(({ tools }: Json) => (tools ? behavior : { pieces: ['Fine.'], tokens: 123 }));
      expect((await askAbout(anna, chatId)).body.message?.content).toBe('Fine.');
      // The call cost tokens too.
      const { messages, tools } = openai.requests[0];
      const asked = Math.ceil(Buffer.byteLength(JSON.stringify({ messages, tools })) / 4);
      expect(await tokensOf('user', anna.id)).toBe(asked + 123);
      openai.behave({ pieces: ['Fine.'] });
      await askAbout(anna, chatId);
      expect(openai.requests).toMatchObject([{ tools: [expect.anything()] }]);
    },
  );

  test.each(Object.entries(passingFailures))(
    'that fails and %s gets the next request as usual, and this one at most twice',
    async (_what, error) => {
      const { anna, chatId } = await scene();
      const question = 'The stream is not loading for me, and the roles must alternate.';
      openai.behave((request: Json) =>
        openai.requests.length === 1
          ? { status: 500, body: JSON.stringify({ error: error(request) }) }
          : { pieces: ['Fine.'] },
      );
      await askAbout(anna, chatId, question);
      expect(openai.requests.length).toBeLessThan(3);
      openai.behave((request: Json) => ({ status: 500, body: JSON.stringify({ error: error(request) }) }));
      expect((await askAbout(anna, chatId, question)).status).toBe(502);
      expect(openai.requests.length).toBeLessThan(3);
      const usual = { max_completion_tokens: 1000, stream_options: {}, stream: true, tools: [{}] };
      expect(openai.requests[0]).toMatchObject(usual);
      expect(openai.requests[0].messages).toHaveLength(3);
    },
  );

  test('that refuses a parameter is asked with it again after ten minutes', async () => {
    const { anna, chatId } = await scene();
    const strict = strictServers.stream_options as Strict;
    const firstAsked = async () => {
      behaveStrictly(strict);
      expect((await askAbout(anna, chatId)).status).toBe(200);
      return strict.refuses(openai.requests[0]);
    };
    expect([await firstAsked(), await firstAsked()]).toEqual([true, false]);
    vi.useFakeTimers({ now: Date.now() + 601_000, toFake: ['Date'] });
    expect([await firstAsked(), await firstAsked()]).toEqual([true, false]);
    vi.useRealTimers();
  });

  test('has the time of one answer for all attempts together', async () => {
    const { anna, chatId } = await scene();
    const real = AbortSignal.timeout.bind(AbortSignal);
    const timeouts = vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => real(time > 10_000 ? 300 : time));
    openai.behave(({ max_tokens }: Json) =>
      max_tokens ? { fault: 'silent' } : { status: 422, body: 'max_completion_tokens' },
    );
    expect(await askAbout(anna, chatId)).toMatchObject({ status: 504, body: { code: 'assistant_timeout' } });
    expect(openai.requests).toHaveLength(2);
    expect(timeouts.mock.calls.filter(([time]) => time > 10_000)).toHaveLength(1);
  });
});
