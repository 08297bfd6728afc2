import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cachedFolder } from '../../infra/cached-folder.ts';

const name = `test-${crypto.randomUUID()}`;
const cache = join(import.meta.dirname, '../../node_modules/.cache', name);
afterAll(() => rmSync(cache, { recursive: true }));

const write = (text: string) => async (folder: string) => writeFileSync(join(folder, 'text'), text);
const textIn = (folder: string) => readFileSync(join(folder, 'text'), 'utf8');

test('a folder is written once for each key', async () => {
  expect(textIn(await cachedFolder(name, 'a', write('first')))).toBe('first');
  expect(textIn(await cachedFolder(name, 'a', write('second')))).toBe('first');
  expect(textIn(await cachedFolder(name, 'b', write('second')))).toBe('second');
});

test('two that write the same folder at once get one', async () => {
  const folders = await Promise.all([cachedFolder(name, 'c', write('one')), cachedFolder(name, 'c', write('other'))]);
  expect(folders).toEqual([join(cache, 'c'), join(cache, 'c')]);
  expect(readdirSync(cache).filter((entry) => entry.startsWith('c'))).toEqual(['c']);
});

test('nothing is kept of one that could not be written', async () => {
  const fail = async (folder: string) => {
    await write('half')(folder);
    throw new Error('no more');
  };
  await expect(cachedFolder(name, 'd', fail)).rejects.toThrow('no more');
  expect(readdirSync(cache).filter((entry) => entry.startsWith('d'))).toEqual([]);
  expect(textIn(await cachedFolder(name, 'd', write('whole')))).toBe('whole');
});

test('a folder of another key is removed an hour after it was last asked for', async () => {
  for (const [key, minutes] of Object.entries({ old: 61, used: 61, young: 59 })) {
    mkdirSync(join(cache, key), { recursive: true });
    utimesSync(join(cache, key), new Date(), new Date(Date.now() - minutes * 60_000));
  }
  await cachedFolder(name, 'used', write('again'));
  await cachedFolder(name, 'e', write('new'));
  expect(['old', 'used', 'young'].map((key) => existsSync(join(cache, key)))).toEqual([false, true, true]);
});

test('what has gone when it is looked at does no harm', async () => {
  // Listed, but without a time: like a folder that another process has just renamed.
  symlinkSync(join(cache, 'nowhere'), join(cache, 'gone'));
  expect(textIn(await cachedFolder(name, 'f', write('new')))).toBe('new');
});
