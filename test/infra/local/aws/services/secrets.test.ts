import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../../../../infra/local/aws/services/operation.ts';
import { Secrets } from '../../../../../infra/local/aws/services/secrets.ts';

/** What `npm start` keeps of the secrets. */

const folder = mkdtempSync(join(tmpdir(), 'chat-secrets-'));
const file = join(folder, 'secrets.json');
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const content = () => readFileSync(file, 'utf8');
const call = (secrets: Secrets, name: keyof Secrets['operations'], input: object) =>
  (secrets.operations[name] as Operation)(input).run();

/** As the rotation function does. */
function rotate(secrets: Secrets, version: string): void {
  const put = { SecretId: 'key', ClientRequestToken: version, SecretString: `value ${version}` };
  call(secrets, 'secretsmanager.PutSecretValue', { ...put, VersionStages: ['AWSPENDING'] });
  const move = { SecretId: 'key', VersionStage: 'AWSCURRENT', MoveToVersionId: version };
  call(secrets, 'secretsmanager.UpdateSecretVersionStage', move);
}

test('keeps the current value for the next run, and none from before', () => {
  const secrets = new Secrets(file);
  for (const version of ['1', '2', '3']) rotate(secrets, version);
  expect(new Secrets(file).valueOf('key')).toBe('value 3');
  expect(content()).not.toMatch(/value [12]/);
});

test('keeps a pending value until it is replaced', () => {
  const secrets = new Secrets(file);
  rotate(secrets, '1');
  const put = { SecretId: 'key', ClientRequestToken: '2', SecretString: 'value 2', VersionStages: ['AWSPENDING'] };
  call(secrets, 'secretsmanager.PutSecretValue', put);
  const again = new Secrets(file);
  expect(again.valueOf('key')).toBe('value 1');
  const pending = { SecretId: 'key', VersionStage: 'AWSPENDING' };
  expect(call(again, 'secretsmanager.GetSecretValue', pending)).toMatchObject({ SecretString: 'value 2' });
});

test('does not write the operator’s own keys to disk, and removes those of earlier versions', () => {
  const before = { old: { value: 'sk-old', stages: [] }, current: { value: 'sk-current', stages: ['AWSCURRENT'] } };
  writeFileSync(file, JSON.stringify({ secrets: { operator: before }, parameters: {} }));
  const secrets = new Secrets(file);
  secrets.setUntilExit('operator', 'sk-new');
  rotate(secrets, '1');
  expect(secrets.valueOf('operator')).toBe('sk-new');
  expect(content()).not.toContain('sk-');
  expect(content()).toContain('value 1');
});

test('drops what earlier versions kept of other secrets', () => {
  const key = { old: { value: 'old value', stages: [] }, current: { value: 'value', stages: ['AWSCURRENT'] } };
  writeFileSync(file, JSON.stringify({ secrets: { key }, parameters: {} }));
  new Secrets(file).set('other', 'x');
  expect(content()).not.toContain('old value');
});

test('only its owner may read the file', () => {
  new Secrets(file).set('key', 'value');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['secrets.json']);
});

test('a write that fails leaves the file as it was, and the error names the file', () => {
  const secrets = new Secrets(file);
  secrets.set('key', 'value');
  const before = content();
  const unfinished = `${file}.${process.pid}`;
  mkdirSync(join(unfinished, 'in the way'), { recursive: true });
  expect(() => secrets.set('key', 'another')).toThrow(expect.objectContaining({ path: file }));
  expect(content()).toBe(before);
});

test.each(['', '{"secrets":{"key":', '{}'])('a file with the content %j is reported by its name', (damaged) => {
  writeFileSync(file, damaged);
  expect(() => new Secrets(file)).toThrow(`${file} is damaged. Delete it to start with new keys`);
});
