import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { explain } from '../../../infra/local/console/settings.ts';
import { DataFolder } from '../../../infra/local/data-folder.ts';

/** The tests may run as the superuser, whom no file refuses. */
const denied = vi.hoisted(() => ({ path: '' }));
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const accessSync = (path: string, mode: number) => {
    if (path === denied.path) throw Object.assign(new Error('EACCES'), { code: 'EACCES', path });
    fs.accessSync(path, mode);
  };
  return { ...fs, accessSync };
});
const deny = (path: string) => {
  denied.path = path;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['own', process.pid],
  ['npm’s', process.ppid],
])('a container that was killed and started again may use the data: the id in the file is its %s', (_whose, pid) => {
  writeFileSync(join(folder, 'pid'), String(pid));
  const data = new DataFolder(folder);
  expect(readFileSync(join(folder, 'pid'), 'utf8')).toBe(String(process.pid));
  data.release();
});

test('another process that runs keeps the folder', () => {
  writeFileSync(join(folder, 'pid'), '1');
  expect(() => new DataFolder(folder)).toThrow(
    /^Process 1 already uses the data in .* PORT=3001 npm start -- --memory .* delete .*pid\.\)$/,
  );
});

test('only its owner may look into a new folder', () => {
  const data = join(folder, 'new');
  new DataFolder(data).release();
  expect(statSync(data).mode & 0o777).toBe(0o700);
});

test('a file in it that belongs to another user is named', () => {
  const foreign = join(folder, 'dynamodb', 'db');
  mkdirSync(foreign, { recursive: true });
  deny(foreign);
  expect(() => new DataFolder(folder)).toThrow(expect.objectContaining({ code: 'EACCES', path: foreign }));
});

test.runIf(process.platform === 'linux')('tells whether the disk has room', () => {
  const [disk, link] = [join(folder, 'disk'), join(folder, 'link')];
  mkdirSync(disk);
  symlinkSync(disk, link);
  const data = new DataFolder(link);
  expect(data.hasRoom()).toBe(true);
  rmSync(link);
  // A file system without room for a single byte.
  symlinkSync('/proc', link);
  expect(data.hasRoom()).toBe(false);
});

const systemError = (fields: object) => Object.assign(new Error('the system’s own words'), fields);

test.each([
  [{ code: 'EACCES', syscall: 'listen', port: 80 }, /^You are not allowed to use port 80\./],
  [{ code: 'EADDRINUSE', syscall: 'listen', port: 3000 }, /^Port 3000 is in use/],
  [{ code: 'EACCES', syscall: 'open', path: '/d/pid' }, /^You may not read and write \/d\/pid\. .*chown.*--memory$/],
  [
    { code: 'ENOSPC', syscall: 'write', path: '/d/secrets.json' },
    /^The disk with \/d\/secrets.json is full\. .*--memory$/,
  ],
  [{ code: 'EROFS', syscall: 'open', path: '/d/pid' }, /^The disk with \/d\/pid is read-only\./],
  [{ code: 'ENOTDIR', syscall: 'mkdir', path: '/d' }, /^the system’s own words$/],
])('explains %j', (fields, expected) => {
  expect(explain(systemError(fields))).toMatch(expected);
});
