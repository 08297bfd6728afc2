import { describe, expect, test } from 'vitest';
import { byWords } from '#shared/assistant/live-answer.ts';
import { hidingThoughts } from '#shared/assistant/model/thoughts.ts';
import { addToolCall, type ToolCall } from '#shared/assistant/model/tool-calls.ts';
import { safeText } from '#shared/assistant/safe-text.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { askAbout, scene } from './scene.ts';

describe('an answer of which', () => {
  test.each([
    ['a line', 'x'],
    ['text', 'data: {"choices":[{"delta":{"content":"many words "}}]}\n\n'],
    ['a call', 'data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"x","arguments":"many words"}}]}}]}\n\n'],
  ])('%s without an end is given up', async (_what, piece) => {
    const { anna, chatId } = await scene();
    openai.behave({ body: piece.repeat(100_000 / Math.min(10, piece.length)), fault: 'stalled' });
    expect(await askAbout(anna, chatId)).toMatchObject({ status: 502, body: { code: 'assistant_failed' } });
  });
});

describe('a long answer takes little time', () => {
  const pieces = Array.from({ length: 20_000 }, () => 'swims');
  function msOf(work: () => void) {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  }

  test('as thoughts in small pieces', () => {
    const add = hidingThoughts(() => {});
    expect(msOf(() => ['<think>', ...pieces].forEach(add))).toBeLessThan(500);
  });

  test('as text in small pieces', () => {
    const add = hidingThoughts(() => {});
    expect(msOf(() => pieces.forEach(add))).toBeLessThan(500);
  });

  test('as arguments in small pieces', () => {
    const calls: ToolCall[] = [{ name: 'x', arguments: '{"reply":"' }];
    const add = (piece: string) => addToolCall(calls, { arguments: piece });
    expect(msOf(() => pieces.forEach(add))).toBeLessThan(500);
    expect(calls).toHaveLength(1);
  });

  test('as brackets around nothing', () => {
    expect(msOf(() => safeText(`${')'.repeat(50_000)}x`, { meetUrls: ['https://a'], removed: '' }))).toBeLessThan(500);
  });

  test('as one word, which is shown whole', () => {
    const shown: string[] = [];
    const add = byWords((words) => shown.push(words));
    expect(msOf(() => [...pieces, `${pieces.join('')} and`].forEach(add))).toBeLessThan(500);
    expect(shown).toEqual([`${pieces.join('').repeat(2)} `]);
  });
});
