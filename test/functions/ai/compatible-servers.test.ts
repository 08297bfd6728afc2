import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { tokensOf } from '../../support/limits.ts';
import { linesOf } from '../../support/log-lines.ts';
import { connect } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import {
  brokenStreams,
  looseSuggestions,
  streams,
  thoughtful,
  toolCalls,
  uselessSuggestions,
} from '../../support/stand-ins/dialects.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { type Strict, strictError, strictServers } from '../../support/stand-ins/strict-servers.ts';
import { askAbout, history, say, scene } from './scene.ts';

// What a server refuses is known as long as the function instance lives.
beforeEach(() => void vi.resetModules());
afterEach(() => void vi.restoreAllMocks());

const all = <T>(those: Record<string, T>): [string, T][] => Object.entries(those);

const behaveStrictly = (strict: Strict) =>
  openai.behave((request: Json) =>
    strict.refuses(request)
      ? { status: strict.status, body: strictError(strict, request), headers: { 'content-type': 'application/json' } }
      : { pieces: ['Fine.'], tokens: 123 },
  );

describe('a server', () => {
  test.each(all(strictServers))('that refuses %s is asked without, and never with it again', async (_what, strict) => {
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
  });

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

describe('a stream with', () => {
  test.each(all(streams))('%s is an answer', async (_what, behavior) => {
    const { anna, chatId } = await scene();
    openai.behave(behavior);
    expect((await askAbout(anna, chatId)).body.message?.content).toBe('Go to the lake.');
    const charged = await tokensOf('user', anna.id);
    // Estimated, as none of them counts its tokens: a quarter of the bytes of question and answer.
    const { messages, tools } = openai.requests[0];
    const asked = Buffer.byteLength(JSON.stringify({ messages, tools })) / 4;
    expect(charged).toBeGreaterThan(asked);
    expect(charged).toBeLessThan(asked + 20);
  });

  test.each(all(brokenStreams))('%s is none, and is not stored', async (_what, behavior) => {
    const { anna, chatId } = await scene();
    openai.behave(behavior);
    expect(await askAbout(anna, chatId)).toMatchObject({ status: 502, body: { code: 'assistant_failed' } });
    expect(await history(anna, chatId)).toHaveLength(1);
    expect(await tokensOf('user', anna.id)).toBeGreaterThan(100);
  });

  test.each(['cut', 'stalled'] as const)('its finish_reason is whole, even if it is %s then', async (fault) => {
    const { anna, chatId } = await scene();
    const real = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => real(time > 10_000 ? 300 : time));
    openai.behave({ ...streams['a finish_reason and no [DONE]'], fault });
    expect((await askAbout(anna, chatId)).body.message?.content).toBe('Go to the lake.');
  });

  test('the error that the server is too busy says so', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ body: 'data: {"error":{"message":"Slow down","code":429},"choices":[]}\n\n' });
    expect(await askAbout(anna, chatId)).toMatchObject({ status: 503, body: { code: 'assistant_busy' } });
  });

  test('the tokens of the question and of the answer alone is charged for both', async () => {
    const { anna, chatId } = await scene();
    const usage = { usage: { prompt_tokens: 70, completion_tokens: 7 } };
    openai.behave({
      body: `data: {"choices":[{"delta":{"content":"Fine."}}]}\n\ndata: ${JSON.stringify(usage)}\n\ndata: [DONE]\n`,
    });
    expect((await askAbout(anna, chatId)).status).toBe(200);
    expect(await tokensOf('user', anna.id)).toBe(77);
  });
});

describe('thoughts', () => {
  test.each(all(thoughtful))('%s are not in the answer', async (_what, pieces) => {
    const { anna, chatId } = await scene();
    openai.behave({ pieces });
    expect((await askAbout(anna, chatId)).body.message.content).toBe('Go to the lake.');
  });

  test('are not shown while the answer is being written', async () => {
    const { anna, boris, chatId } = await scene();
    const watching = await connect(boris, chatId, { events: '1' });
    openai.behave({
      pieces: ['<thi', 'nk>swim ', 'or not ', '</think> ', 'Go ', 'to the ', 'lake. ', 'Now.'],
      pause: 250,
    });
    await askAbout(anna, chatId);
    const deltas = standIn.received(watching).filter(({ type }) => type === 'ai.delta');
    expect(deltas.map(({ delta }) => delta).join('')).toMatch(/^Go to/);
  });

  test.each(['What <think> means', '1 < 2', '<', 'Say <think> and </think>.'])(
    'are not what is no thought: %s',
    async (text) => {
      const { anna, chatId } = await scene();
      openai.behave({ pieces: [...text] });
      expect((await askAbout(anna, chatId)).body.message.content).toBe(text);
    },
  );
});

describe('a tool call with', () => {
  test.each(all(toolCalls))('%s suggests a meeting', async (_what, behavior) => {
    const { anna, chatId } = await scene();
    openai.behave(behavior);
    const { body } = await askAbout(anna, chatId);
    expect(body.message).toMatchObject({ content: 'Let us meet.', metadata: { suggestMeet: true } });
  });
});

describe('suggestions', () => {
  async function suggest(text: string) {
    const { anna, chatId } = await scene();
    await say(anna, chatId, 'Lake?');
    openai.behave({ pieces: [text] });
    return call(listSuggestions, anna, { query: { chatId } });
  }

  test.each(all(looseSuggestions))('%s are read', async (_what, text) => {
    expect((await suggest(text)).body.suggestions).toMatchObject([{ content: 'Yes' }, { content: 'No' }]);
  });

  test.each(all(uselessSuggestions))('%s are refused, and never shown as they are', async (_what, text) => {
    expect(await suggest(text)).toMatchObject({ status: 502, body: { code: 'assistant_failed' } });
  });
});
