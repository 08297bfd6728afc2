import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readSettings } from '../../../infra/local/console/settings.ts';
import { standInAccount } from '../../../infra/local/stand-ins/fcm-account.ts';

/** The settings of `npm start`, from its environment. */

const variables = [
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'OPENAI_MODEL',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'FCM_ROOT_URL',
];

beforeEach(() => {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'main.ts']);
  for (const name of variables) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const settingsWith = (variables: Record<string, string>) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return readSettings('/a folder without .env');
};
const assistantWith = (variables: Record<string, string>) => settingsWith(variables).openai;

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

describe('PUBLIC_URL', () => {
  test('is an origin', () => {
    expect(settingsWith({ PUBLIC_URL: 'http://192.0.2.7:3000/' }).publicUrl).toBe('http://192.0.2.7:3000');
    expect(settingsWith({ PUBLIC_URL: '' }).publicUrl).toBeUndefined();
  });

  test.each(['192.0.2.7:3000', 'ftp://192.0.2.7', 'http://192.0.2.7/files'])('is not %s', (PUBLIC_URL) => {
    expect(() => settingsWith({ PUBLIC_URL })).toThrow(/^Invalid PUBLIC_URL /);
  });
});

describe('FCM', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-settings-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fileWith = (text: string) => {
    const file = join(folder, 'account.json');
    writeFileSync(file, text);
    return file;
  };
  const fcmWith = (variables: Record<string, string>) => settingsWith(variables).fcm;

  test('is a stand-in without an account and a server', () => {
    expect(fcmWith({})).toBeUndefined();
  });

  test('is the real one with a service account', async () => {
    const { json } = await standInAccount();
    expect(fcmWith({ GOOGLE_APPLICATION_CREDENTIALS: fileWith(json) })).toEqual({ serviceAccount: json });
  });

  test('is another stand-in, which needs no account', () => {
    expect(fcmWith({ FCM_ROOT_URL: 'http://localhost:9' })).toEqual({ rootUrl: 'http://localhost:9' });
  });

  test('says that the file is missing', () => {
    const file = join(folder, 'missing.json');
    const attempt = () => fcmWith({ GOOGLE_APPLICATION_CREDENTIALS: file });
    expect(attempt).toThrow(`GOOGLE_APPLICATION_CREDENTIALS is "${file}", which cannot be read (ENOENT).`);
  });

  test.each([
    ['no JSON', 'private_key'],
    ["a developer's own credentials", '{"type":"authorized_user","client_id":"private_key"}'],
    [
      'an account whose key is none',
      '{"type":"service_account","project_id":"p","client_email":"e","private_key":"k"}',
    ],
  ])('says that the file has %s, without quoting it', (_what, text) => {
    const attempt = () => fcmWith({ GOOGLE_APPLICATION_CREDENTIALS: fileWith(text) });
    expect(attempt).toThrow(/account\.json", which is not the JSON of a service account\. /);
    expect(attempt).not.toThrow(/private_key|authorized/);
  });
});
