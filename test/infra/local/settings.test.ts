import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readSettings } from '../../../infra/local/console/settings.ts';

/** The settings of `npm start`, from its environment. */

beforeEach(() => {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'main.ts']);
  for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL']) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const assistantWith = (variables: Record<string, string>) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return readSettings('/a folder without .env').openai;
};

describe('the assistant', () => {
  test('is a stand-in without a key and a server', () => {
    expect(assistantWith({ OPENAI_MODEL: 'qwen3' })).toBeUndefined();
  });

  test('is another model of another server', () => {
    const variables = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://localhost:11434/v1', OPENAI_MODEL: 'qwen3' };
    expect(assistantWith(variables)).toEqual({ apiKey: 'k', baseUrl: 'http://localhost:11434/v1', model: 'qwen3' });
  });

  test('is a server that needs no key', () => {
    const variables = { OPENAI_BASE_URL: 'http://localhost:11434/v1', OPENAI_MODEL: 'qwen3' };
    expect(assistantWith(variables)).toMatchObject({
      baseUrl: 'http://localhost:11434/v1',
      apiKey: expect.stringMatching(/./),
    });
  });
});
