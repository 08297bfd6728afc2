import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { pushPlatform } from '#shared/contract/users/set-push.ts';
import type { Notification } from '#shared/push/notification.ts';

/** The Dart package in docs/flutter/push agrees with what the backend sends, and with its own parts in other languages. */

const root = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const folder = 'docs/flutter/push';
const files = (extension: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(extension));
const code = (file: string) => read(`${folder}/${file}`).replace(/\/\/.*/g, '');
const all = (extension: string) => files(extension).map(code).join('\n');
const matches = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, match = '']) => match);
const readme = read(`${folder}/README.md`);
const snippets = matches(readme, /^ *```dart\n(.*?)^ *```/gms).join('\n');

test('the client reads the data that the backend sends', () => {
  const sent: (keyof Notification['data'])[] = ['chatId', 'seq', 'unread', 'type'];
  const readByDart = code('lib/src/push_data.dart').match(/PushData\? read\(.*?\n {2}\}/s)?.[0] ?? '';
  expect([...new Set(matches(readByDart, /'(\w+)'(?::|\])/g))].sort()).toEqual(sent.sort());
  const readBySwift = new Set(matches(all('.swift'), /userInfo\["(\w+)"\]/g));
  expect(readBySwift).toEqual(new Set(['chatId', 'unread']));
  expect(sent).toEqual(expect.arrayContaining([...readBySwift]));
});

test('it names the platforms of the contract', () => {
  // The names of Flutter's TargetPlatform, in lower case.
  const registration = code('lib/src/registration.dart');
  expect(registration).toContain("platform: kIsWeb ? 'web' : defaultTargetPlatform.name.toLowerCase(),");
  expect(pushPlatform.options).toEqual(['android', 'ios', 'web']);
});

test('Android has the channel of the backend, and the tags with which notifications replace each other', () => {
  const [channel] = matches(code('lib/src/system_notifications.dart'), /AndroidNotificationChannel\('(\w+)'/g);
  const fcm = read('shared/push/fcm.ts');
  expect(matches(fcm, /channel_id: '(\w+)'/g)).toEqual([channel]);
  expect(readme).toContain(`**The channel** is \`${channel}\``);
  expect(fcm).toContain('const tag = data.chatId;');
  expect(code('lib/src/system_notifications.dart')).toContain('tag: push.chatId');
  expect(code('lib/src/system_notifications.dart')).toContain('cancel(id: _id, tag: chatId)');
});

test('Swift answers the calls of Dart', () => {
  const dart = code('lib/src/system_notifications.dart');
  const swift = code('ios/Runner/ChatNotifications.swift');
  expect(matches(swift, /FlutterMethodChannel\(name: "(\w+)"/g)).toEqual(matches(dart, /MethodChannel\('(\w+)'\)/g));
  const calls = matches(dart, /invokeMethod<void>\('(\w+)'/g);
  expect(calls.length).toBeGreaterThan(2);
  expect(matches(swift, /case "(\w+)":/g).sort()).toEqual(calls.sort());
});

test('Dart and Swift store the numbers under the same key, in the app group of the guide', () => {
  const swift = code('ios/NotificationService/NotificationService.swift');
  expect(matches(swift, /key = "(\w+)"/g)).toEqual(matches(code('lib/src/icon_badge.dart'), /_key = '(\w+)'/g));
  const groups = matches(`${readme}\n${swift}`, /(group\.com\.[\w.]+\w)/g);
  expect(groups.length).toBeGreaterThan(2);
  expect(new Set(groups).size).toBe(1);
});

test('the guide uses what ChatPush and PushData have', () => {
  const push = code('lib/src/chat_push.dart');
  const used = matches(snippets, /\bpush\.(\w+)/g);
  expect(used.length).toBeGreaterThan(6);
  for (const name of used)
    expect(push, name).toMatch(new RegExp(`^ {2}(?:set|Future<\\w+> get|Future<\\w+>|void) ${name}\\b`, 'm'));
  const [named = ''] = matches(push, /ChatPush\(\{(.*?)\}\);/g);
  const [given = ''] = matches(snippets, /ChatPush\((.*?)\);/g);
  expect(matches(given, /(\w+): /g).sort()).toEqual(matches(named, /this\.(\w+)/g).sort());
  const data = code('lib/src/push_data.dart');
  for (const name of matches(snippets, /\btapped\.(\w+)/g)) expect(data).toMatch(new RegExp(`final \\w+ ${name};`));
});

test('the versions of the guide are those of the package', () => {
  const pubspec = read(`${folder}/pubspec.yaml`);
  const [, table = ''] = /^\| package .*?\n\|---.*?\n(.*?)\n\n/ms.exec(readme) ?? [];
  const listed = table.split('\n').flatMap((row) => {
    const [, names = '', versions = ''] = row.split('|');
    const numbers = versions.replace(/\(.*\)/, '').split(',');
    return matches(names, /`(\w+)`/g).map((name, n) => [name, numbers[n]?.trim()] as const);
  });
  expect(listed.length).toBeGreaterThan(4);
  for (const [name, version] of listed) expect(`${pubspec}\n${readme}`, name).toContain(`${name}: ^${version}\n`);
  expect(pubspec).toContain('flutter: ">=3.38.1"');
  expect(readme).toContain('It needs Flutter 3.38.1');
});

test('the pure parts need no plugin', () => {
  for (const file of ['push_data', 'unread_numbers'])
    expect(matches(code(`lib/src/${file}.dart`), /^import '(.*?)'/gm)).toEqual(['dart:convert']);
});

interface Tab {
  focused: boolean;
  posted: unknown[];
}

/** Runs the service worker, and clicks on a notification with this data. */
async function click(data: unknown, tabs: Tab[]) {
  const listeners: ((event: object) => void)[] = [];
  const opened: string[] = [];
  const stopped: string[] = [];
  let done: Promise<unknown> | undefined;
  const clients = {
    matchAll: async () =>
      tabs.map((tab) => ({
        focus: async () => {
          tab.focused = true;
        },
        postMessage: (message: unknown) => tab.posted.push(message),
      })),
    openWindow: async (url: string) => opened.push(url),
  };
  const self = {
    clients,
    addEventListener: (_: string, listener: (event: object) => void) => listeners.push(listener),
  };
  const scripts: string[] = [];
  // Firebase's listener would come after the worker's own.
  const firebase = { initializeApp: () => {}, messaging: () => listeners.push(() => stopped.push('by Firebase')) };
  const importScripts = (url: string) => scripts.push(url);
  vm.runInNewContext(read(`${folder}/web/firebase-messaging-sw.js`), {
    self,
    firebase,
    importScripts,
    URLSearchParams,
  });
  let isStopped = false;
  const event = {
    notification: { data, close: () => {} },
    stopImmediatePropagation: () => {
      isStopped = true;
    },
    waitUntil: (promise: Promise<unknown>) => {
      done = promise;
    },
  };
  for (const listener of listeners) if (!isStopped) listener(event);
  await done;
  return { opened, stopped, scripts };
}

const push = { chatId: 'c1', seq: '7', rev: '0', unread: '2', type: 'message' } satisfies Notification['data'];

test('a click on a notification of the web opens the app with the push in its address', async () => {
  const { opened, stopped, scripts } = await click({ FCM_MSG: { data: push } }, []);
  expect(opened).toEqual(['/?chatId=c1&seq=7&rev=0&unread=2&type=message']);
  expect(stopped).toEqual([]);
  expect(scripts).toHaveLength(2);
});

test('a click reaches an open tab, whose page loads the same address', async () => {
  const tab: Tab = { focused: false, posted: [] };
  const { opened } = await click({ FCM_MSG: { data: push } }, [tab]);
  expect(opened).toEqual([]);
  expect(tab).toEqual({ focused: true, posted: [{ push }] });
  const [script = ''] = matches(readme, /<script>(.*?)<\/script>/gs);
  let listener: (message: { data: unknown }) => void = () => {};
  const location = { search: '' as unknown };
  const navigator = {
    serviceWorker: {
      addEventListener: (_: string, added: typeof listener) => {
        listener = added;
      },
    },
  };
  vm.runInNewContext(script, { navigator, location, URLSearchParams });
  listener({ data: { push } });
  expect(String(location.search)).toBe('chatId=c1&seq=7&rev=0&unread=2&type=message');
});

test('a click on a notification of somebody else is left alone', async () => {
  const { opened, stopped } = await click({ other: true }, []);
  expect({ opened, stopped }).toEqual({ opened: [], stopped: ['by Firebase'] });
});
