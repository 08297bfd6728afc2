import { beforeEach, describe, expect, test } from 'vitest';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import { call } from '../../support/call.ts';
import { edit, remove, sent } from '../../support/changes.ts';
import type { Person } from '../../support/people.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { say, scene } from './scene.ts';

const suggest = (person: Person, chatId: string) => call(listSuggestions, person, { query: { chatId } });

beforeEach(() => openai.behave({ pieces: ['Go ', 'to ', 'the lake.'] }));

describe('suggestions', () => {
  const three = JSON.stringify({ suggestions: ['Yes', 'No', 'Maybe', 'Later'] });

  test('are at most three, and are generated once per state of the chat', async () => {
    const { anna, boris, chatId } = await scene();
    await say(anna, chatId, 'Lake?');
    openai.behave({ pieces: [three] });
    const { body } = await suggest(boris, chatId);
    expect(body.suggestions).toMatchObject([{ content: 'Yes' }, { content: 'No' }, { content: 'Maybe' }]);
    expect(body.suggestions[0]).toEqual({
      id: expect.any(String),
      chatId,
      userId: 'assistant',
      content: 'Yes',
      type: 'ai',
      createdAt: expect.any(String),
    });
    expect((await suggest(anna, chatId)).body).toEqual(body);
    expect(openai.requests).toHaveLength(1);
    await say(boris, chatId, 'Hills!');
    await suggest(anna, chatId);
    expect(openai.requests).toHaveLength(2);
  });

  test('are generated again, without the text, after a message was edited or deleted', async () => {
    const { anna, boris, chatId } = await scene();
    const [lake, secret] = [await sent(anna, chatId, 'Lake?'), await sent(anna, chatId, 'the secret')];
    openai.behave({ pieces: [three] });
    await suggest(boris, chatId);
    await edit(anna, lake, 'Hills?');
    await suggest(boris, chatId);
    await remove(anna, secret);
    await suggest(boris, chatId);
    expect(openai.requests).toHaveLength(3);
    const [first, second, third] = openai.requests.map((request) => JSON.stringify(request));
    expect(first).toContain('the secret');
    expect(second).toContain('Hills?');
    expect(second).not.toContain('Lake?');
    for (const gone of ['the secret', 'Message deleted']) expect(third).not.toContain(gone);
  });

  test('are empty for an empty chat, without a request to the model', async () => {
    const { anna, chatId } = await scene();
    expect((await suggest(anna, chatId)).body).toEqual({ suggestions: [] });
    expect(openai.requests).toHaveLength(0);
  });

  test('are cut between the characters that a reader sees', async () => {
    const { anna, chatId } = await scene();
    await say(anna, chatId, 'Lake?');
    openai.behave({ pieces: [JSON.stringify({ suggestions: [`${'x'.repeat(299)}🇷🇺`] })] });
    expect((await suggest(anna, chatId)).body.suggestions).toMatchObject([{ content: 'x'.repeat(299) }]);
  });

  test('are rejected in an unexpected shape, and not cached', async () => {
    const { anna, chatId } = await scene();
    await say(anna, chatId, 'Lake?');
    openai.behave({ pieces: ['{"suggestions":"Yes"}'] });
    expect(await suggest(anna, chatId)).toMatchObject({ status: 502, body: { code: 'assistant_failed' } });
    openai.behave({ pieces: [three] });
    expect((await suggest(anna, chatId)).body.suggestions).toHaveLength(3);
  });
});
