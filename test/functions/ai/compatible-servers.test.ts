import { afterEach, describe, expect, test, vi } from 'vitest';
import { readCompletion } from '#shared/assistant/model/read-completion.ts';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import { call } from '../../support/call.ts';
import { tokensOf } from '../../support/limits.ts';
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
import { askAbout, history, say, scene } from './scene.ts';

afterEach(() => void vi.restoreAllMocks());

const all = <T>(those: Record<string, T>): [string, T][] => Object.entries(those);

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

  test('its finish_reason is not waited for any longer than a second', async () => {
    const { anna, chatId } = await scene();
    openai.behave({ ...streams['a finish_reason and no [DONE]'], fault: 'stalled' });
    const asked = performance.now();
    expect((await askAbout(anna, chatId)).body.message?.content).toBe('Go to the lake.');
    expect(performance.now() - asked).toBeLessThan(9000);
  });

  test('its finish_reason and its tokens is not waited for at all', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const event = 'data: {"choices":[{"finish_reason":"stop"}],"usage":{"total_tokens":77}}\n\n';
    const cancel = vi.fn();
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode(event)), cancel });
    const completion = { text: '', toolCalls: [], tokens: 0, bytes: 0 };
    await readCompletion(new Response(body), completion, () => {});
    vi.useRealTimers();
    expect(completion.tokens).toBe(77);
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
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

describe('the count of tokens', () => {
  async function charge(tokens: number) {
    const { anna, chatId } = await scene();
    const counted = `data: {"choices":[{"delta":{"content":"Fine."}}],"usage":{"total_tokens":${tokens}}}`;
    openai.behave({ body: `${counted}\n\ndata: [DONE]\n\n` });
    await askAbout(anna, chatId);
    const { messages, tools } = openai.requests[0];
    return [await tokensOf('user', anna.id), Buffer.byteLength(JSON.stringify({ messages, tools }))] as const;
  }

  test.each([-1_000_000, 0.5, 0])('%s is replaced by the estimate', async (tokens) => {
    const [charged, asked] = await charge(tokens);
    expect(charged).toBe(Math.ceil((asked + 'Fine.'.length) / 4));
  });

  test('is believed as far as a token is a byte of the question and of a longest answer', async () => {
    const [charged, asked] = await charge(1e12);
    expect(charged).toBe(asked + 1000 + 'Fine.'.length);
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

  test('are not shown again after an answer that did not say where they begin', async () => {
    const { anna, boris, chatId } = await scene();
    openai.behave({ pieces: ['Swim or not?\n', '</think>\n\n', 'Go.'] });
    await askAbout(anna, chatId);
    const watching = await connect(boris, chatId, { events: '1' });
    openai.behave({ pieces: ['Swim ', 'or not?\n', '</think>', '\n\n', 'Go ', 'to the ', 'lake. '], pause: 250 });
    await askAbout(anna, chatId);
    openai.behave({ pieces: ['No ', 'thoughts.'] });
    await askAbout(anna, chatId);
    openai.behave({ pieces: ['Swim ', 'now. '], pause: 250 });
    await askAbout(anna, chatId);
    const deltas = standIn.received(watching).filter(({ type }) => type === 'ai.delta');
    expect(deltas.map(({ delta }) => delta).join('')).toBe('Go to the lake. Swim now. ');
  });

  test.each([
    'What <think> means',
    '1 < 2',
    '<',
    'Say <think> and </think>.',
    'The closing tag is written </think> in DeepSeek.',
    'Tags:\n<think>\n</think>',
  ])('are not what is no thought: %s', async (text) => {
    const { anna, chatId } = await scene();
    openai.behave({ pieces: [...text] });
    expect((await askAbout(anna, chatId)).body.message.content).toBe(text);
  });
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
