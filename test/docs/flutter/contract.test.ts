import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { draft } from '#shared/contract/chats/draft.ts';
import { typing } from '#shared/contract/chats/limits.ts';
import { unreadChat } from '#shared/contract/chats/list-unread.ts';
import { message, messageMetadata, quote } from '#shared/contract/chats/message.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import { level } from '#shared/contract/chats/own-settings.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { endpoints } from '#shared/contract/index.ts';
import { fieldError, fieldRules } from '#shared/contract/problem.ts';
import { operatorProblems, problems } from '#shared/contract/problems.ts';
import * as websocket from '#shared/contract/websocket/index.ts';
import {
  changedFrame,
  connectQuery,
  errorFrame,
  markReadFrame,
  messageFrame,
  pingFrame,
  syncedFrame,
  syncFrame,
  typingFrame,
  websocketRoutes,
} from '#shared/contract/websocket/index.ts';
import openapi from '../../../docs/openapi.json' with { type: 'json' };
import { maxCharacters } from '../../../infra/local/playground/client/realtime/message-length.ts';
import { en } from '../../../infra/local/playground/texts/en/index.ts';
import { ru } from '../../../infra/local/playground/texts/ru/index.ts';
import type { Json } from '../../support/api-client.ts';
import { filesOf, read } from './dart.ts';

/** The Dart package in docs/flutter and its guides agree with the contract. There is no Dart compiler here. */

const files = filesOf('.dart').filter((file) => !file.includes('/test/'));
const source = 'flutter/lib/src';
const dart = files.map(read).join('\n');
const matches = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, match = '']) => match);

const paths: Json = openapi.paths;
const notInDart = ['getOpenapi', 'getAsyncapi', 'refresh'];

test('ChatApi has a method for each operation, named after its id', () => {
  const operations = endpoints.map(({ method, path }) => {
    const { operationId, parameters = [] } = paths[path][method.toLowerCase()];
    const inDart = (_: string, name: string) => {
      const { example } = parameters.find((parameter: Json) => parameter.name === name);
      return encodeURIComponent(example) === example ? `$${name}` : `\${Uri.encodeComponent(${name})}`;
    };
    return [operationId, `'${method}' '${path.replace(/\{(\w+)\}/g, inDart)}'`];
  });
  const methods = Array.from(
    read(`${source}/rest/chat_api.dart`).matchAll(
      /^ {2}Future<.*?> (\w+)\([^;]*?await _client\.send\(\s*('\w+'),\s*('.*?')/gms,
    ),
    ([, name, method, path]) => [name, `${method} ${path}`],
  );
  expect(methods.length).toBeGreaterThan(39);
  expect(Object.fromEntries(methods)).toEqual(
    Object.fromEntries(operations.filter(([id]) => !notInDart.includes(id ?? ''))),
  );
});

test('ChatApi answers with models, not with raw JSON', () => {
  const answers = matches(read(`${source}/rest/chat_api.dart`), /^ {2}Future<(.*?)> \w+\(/gm);
  expect(answers).toContain('List<Presence>');
  expect(answers.filter((type) => /Json|dynamic|Map/.test(type))).toEqual([]);
});

test('the app calls methods of ChatApi with parameters that exist', () => {
  const api = read(`${source}/rest/chat_api.dart`);
  const guide = read('flutter.md');
  const readme = read('flutter/README.md');
  const calls = [...`${dart}\n${guide}\n${readme}`.matchAll(/\b_?api\.(\w+)\(([^()]*)/g)];
  expect(calls.length).toBeGreaterThan(15);
  for (const [, name = '', args = ''] of calls) {
    const [, parameters] = new RegExp(`> ${name}\\(([^)]*)\\) async`).exec(api) ?? [];
    expect(parameters, `ChatApi.${name}`).toBeDefined();
    for (const named of matches(args, /(\w+): /g))
      expect(parameters, `ChatApi.${name}`).toMatch(new RegExp(`\\b${named}\\b`));
  }
});

test('an answer with several fields is not taken for one of them', () => {
  const api = read(`${source}/rest/chat_api.dart`);
  const answers = matches(api, /Future<\w+Response> (\w+)\(/g);
  expect(answers).toContain('listChats');
  for (const file of [...files, 'flutter.md', 'flutter/README.md']) {
    const text = code(file);
    const named = matches(text, /\bfinal (\w+ = await _?api\.\w+)\(/g).map((call) => call.split(' = await '));
    for (const [variable, call = ''] of named) {
      if (answers.some((name) => call.endsWith(`.${name}`)))
        expect(text, `${file}: ${call}`).toMatch(new RegExp(`\\b${variable}\\.\\w`));
    }
  }
});

test('the values that the code compares with and sends are in the contract', () => {
  const { event, role, posting } = messageMetadata.shape;
  const optional = { event, role, posting };
  const values = Object.entries(optional).map(([name, field]) => [name, field._zod.def.innerType.options] as const);
  for (const [name, known] of [...values, ['level', level.options] as const]) {
    const used = matches(dart, new RegExp(`(?<!Message)${name} [!=]= '(\\w+)'`, 'gi'));
    expect(used.length, name).toBeGreaterThan(0);
    expect(known, name).toEqual(expect.arrayContaining(used));
  }
  const [rule = ''] = matches(dart, /setRules\(posting: (.*?)\)/g);
  expect(matches(rule, /'(\w+)'/g).sort()).toEqual([...posting._zod.def.innerType.options].sort());
  expect(level.options).toEqual(expect.arrayContaining(matches(dart, /setNotifications\('(\w+)'/g)));
});

/** The fields of flutter_chat_core 2.9.0. */
const flutterChat = {
  system: [
    ...['id', 'authorId', 'replyToMessageId', 'createdAt', 'deletedAt', 'failedAt', 'sentAt', 'deliveredAt', 'seenAt'],
    ...['updatedAt', 'reactions', 'pinned', 'metadata', 'status', 'text'],
  ],
  textOnly: ['editedAt', 'linkPreviewData'],
};

test('toFlutterChatMessage maps every field of a message, or the guides say that it does not', () => {
  const text = code('flutter/flutter_chat/lib/src/messages.dart');
  const made = Array.from(
    text.matchAll(/flyer\.Message\.(text|system)\((.*?)\n {2,6}\);/gs),
    ([, type, args = '']) => ({
      fields: matches(args, /^ +(\w+): /gm),
      known: [...flutterChat.system, ...(type === 'text' ? flutterChat.textOnly : [])],
    }),
  );
  expect(made).toHaveLength(3);
  for (const { fields, known } of made) expect(known).toEqual(expect.arrayContaining(fields));
  const [system, own] = made;
  expect(own?.fields.filter((field) => !flutterChat.textOnly.includes(field)).sort()).toEqual(system?.fields.sort());

  const [more = ''] = matches(text, /Json _more\(.*?\) => \{(.*?)\n {2}\};/gs);
  const keys = matches(more, /^ {4}(?:if \(.*?\) )?'(\w+)': /gm);
  for (const guide of ['flutter.md', 'flutter.ru.md']) {
    const [, table = ''] = /^\|.*\| flutter_chat_core 2\.9\.0 \|\n\|---.*?\n(.*?)\n\n/ms.exec(read(guide)) ?? [];
    const rows = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
    expect(rows.map(([, field]) => field)).toEqual(Object.keys(message.shape).map((field) => `\`${field}\``));
    const targets = rows.map(([, , to = '']) => to).join('\n');
    expect(matches(targets, /metadata\['(\w+)'\]/g).sort()).toEqual(keys.sort());
    const named = new Set(matches(targets.replace(/: .*$/gm, ''), /`(\w+)`/g));
    expect([...named, 'status', 'metadata'].sort()).toEqual(own?.fields.sort());
    for (const [, field = '', to = ''] of rows) {
      const isUsed = new RegExp(`(?<!['.\\w])${field.replaceAll('`', '')}\\b(?!:|')`).test(text);
      // The texts read the content, the name and what a system message reports.
      if (/^`/.test(to) && !/texts\./.test(to)) expect(isUsed, field).toBe(true);
    }
  }
});

test('the session reacts to endpoints that exist', () => {
  const called = matches(dart, /options\.path(?: ==|\.startsWith\() ?'(.*?)'/g);
  expect(new Set(called)).toEqual(new Set(['/auth/logout', '/users/me']));
  const [refresh = ''] = matches(read(`${source}/rest/session.dart`), /_dio\.post<Json>\(\s*'(.*?)'/g);
  for (const path of [...called, refresh]) expect(Object.keys(paths)).toContain(path);
});

/** The text of a file without its comments. */
const code = (file: string) => read(file).replace(/\/\/.*/g, '');

const declaredIn = (file: string) => [
  ...matches(code(file), /^(?:(?:abstract|interface|final|sealed) )*(?:class|enum|typedef) (\w+)/gm),
  ...matches(code(file), /^(?:[A-Z]\w*(?:<.*?>)?\??|void|final|const|late final \w+) (\w+)(?: =|\(|<|;)/gm),
];

/** The files of the package that a file imports or exports. */
const importsOf = (file: string): string[] =>
  matches(code(file), /^(?:import|export) '(?!dart:)(.*?)'/gm).flatMap((uri) => {
    if (!uri.startsWith('package:')) return join(dirname(file), uri);
    const [, name, rest] = /^package:group_chat_(\w+)\/(.*)$/.exec(uri) ?? [];
    return rest ? importsOf(`flutter/${name === 'client' ? '' : `${name}/`}lib/${rest}`) : [];
  });

test.each(files)('%s imports exactly the files whose names it uses', (file) => {
  const visible = files.filter(
    (other) => other !== file && (other.includes('/lib/src/') || dirname(other) === dirname(file)),
  );
  const withoutTexts = code(file).replace(/'[^'$\n]*'/g, '');
  const used = visible.filter((other) =>
    declaredIn(other).some((name) => new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(withoutTexts)),
  );
  const imported = importsOf(file);
  expect(files).toEqual(expect.arrayContaining(imported));
  if (file === 'flutter/lib/group_chat_client.dart') return;
  expect(imported).toEqual(expect.arrayContaining(used));
  if (file.startsWith('flutter/lib/')) expect(used).toEqual(expect.arrayContaining(imported));
});

const keysOf = (file: string, map: string) => {
  const [, entries = ''] = new RegExp(`^  ${map}: \\{\\n(.*?)^  \\},`, 'ms').exec(read(file)) ?? [];
  return matches(entries, /^ {4}'(\w+)': /gm);
};

test.each(['english', 'russian'])('%s.dart words each code, rule, event and role of the contract', (language) => {
  const file = `${source}/texts/${language}.dart`;
  const { event, role, posting } = messageMetadata.shape;
  // The web client has two codes of its own, one of which only a page needs.
  const shown = Object.keys(problems).filter((code) => !operatorProblems.some((own) => own === code));
  expect(keysOf(file, 'problems').sort()).toEqual(['no_answer', ...shown].sort());
  expect(keysOf(file, 'rules').sort()).toEqual([...fieldRules].sort());
  expect(keysOf(file, 'events').sort()).toEqual([...event._zod.def.innerType.options, 'left_to'].sort());
  expect(keysOf(file, 'roles').sort()).toEqual([...role._zod.def.innerType.options].sort());
  for (const who of posting._zod.def.innerType.options) expect(keysOf(file, 'writing')).toContain(who);
});

test('Texts fills in every placeholder of the words', () => {
  const templates = [en, ru].flatMap(({ rules, systemMessages, writing }) =>
    Object.values({ ...rules, ...systemMessages, ...writing }),
  );
  const placeholders = new Set(matches(templates.join('\n'), /\{(\w+)\}/g));
  expect(placeholders.size).toBeGreaterThan(4);
  for (const placeholder of placeholders) expect(read(`${source}/texts/texts.dart`)).toContain(`'${placeholder}': `);
});

test('the assistant, the operator and a message’s maximum length are those of the backend', () => {
  expect(read(`${source}/texts/texts.dart`)).toContain(`userId == '${operatorId}'`);
  expect(read(`${source}/texts/texts.dart`)).toContain(`deletedBy == '${operatorId}'`);
  expect(read(`${source}/texts/texts.dart`)).toContain(`userId == '${assistantId}'`);
  expect(read(`${source}/realtime/message_length.dart`)).toContain(`const maxCharacters = ${maxCharacters};`);
});

test('every problem code in the package and its guide is in the contract', () => {
  const [, table = ''] = /^\| `code` \|.*?\n\|---.*?\n(.*?)\n\n/ms.exec(read('flutter.md')) ?? [];
  const named = table.split('\n').flatMap((row) => row.split('|')[1]?.match(/\w+/g) ?? []);
  // A direct chat has no page on which members can be added.
  const { problems: adding } = addMembers;
  const optional = Object.keys(problems).filter((code) => /^(google|assistant)_/.test(code));
  expect(optional.length).toBeGreaterThan(8);
  const changing = endpoints
    .filter(({ name }) => name.startsWith('messages/'))
    .flatMap((endpoint) => endpoint.problems);
  expect(changing).toContain('too_many_pins');
  const expected = [...adding.filter((code) => code !== 'not_a_group'), ...optional, ...changing, 'unknown_reply'];
  for (const code of expected) expect(named).toContain(code);
  const sets = matches(dart, /\{((?:'[a-z]\w+'(?:, )?)+)\}/g).flatMap((list) => list.match(/\w+/g) ?? []);
  expect(named.length).toBeGreaterThan(15);
  expect(sets).toContain('session_ended');
  for (const code of [...named, ...sets]) expect(Object.keys(problems)).toContain(code);
});

const keysIn = (json: string) => matches(json, /'(\w+)':/g);

/** The frames that a client sends, with the fields that they may have. */
const clientFrames = {
  message: messageFrame,
  ping: pingFrame,
  read: markReadFrame,
  sync: syncFrame,
  typing: typingFrame,
};

test('the inbox has the URL of the contract', () => {
  const urls = matches(read('flutter/lib/src/app_config.dart'), /'\$wsBaseUrl(\S*\?\S+)'/g);
  // API Gateway's own URL has no path; CloudFront's has, and infra/edge/viewer-request.js moves it.
  expect(urls).toEqual(['?inbox=1&ticket=$ticket', '/ws/inbox?ticket=$ticket']);
  for (const url of urls)
    expect(connectQuery.safeParse(Object.fromEntries(new URLSearchParams(url.replace(/.*\?/, '')))).success).toBe(true);
  const opened = files.filter((file) => code(file).includes('WebSocketChannel.connect('));
  expect(opened).toEqual(['flutter/lib/src/inbox/inbox_socket.dart']);
});

test('the inbox sends frames of the contract, all but a ping with their chat', () => {
  const { ping, read: mark, ...ofChats } = clientFrames;
  const sent = files
    .filter((file) => !file.endsWith('/frames.dart'))
    .flatMap((file) => Array.from(read(file).matchAll(/\{'type': '(\w+)'(.*?)\}/g)));
  // Read marks go over REST, which says whether they have arrived.
  expect(new Set(sent.map(([, type]) => type))).toEqual(new Set(['ping', ...Object.keys(ofChats)]));
  for (const [frame, type = ''] of sent) {
    expect(Object.keys(websocketRoutes)).toContain(type);
    expect(frame.includes("'chatId': "), frame).toBe(type !== 'ping');
    const { shape } = clientFrames[type as keyof typeof clientFrames];
    for (const key of keysIn(frame)) expect(Object.keys(shape)).toContain(key);
  }
});

test('it handles all frames of the contract, with their fields', () => {
  const known = Array.from(read(`${source}/inbox/frames.dart`).matchAll(/\{'type': '([\w.]+)', (.*?)\} =>/g));
  const sent: unknown[] = Object.values(clientFrames);
  const frames = Object.values(websocket).flatMap((schema) => {
    if (!(schema instanceof z.ZodMiniObject) || !('type' in schema.shape) || sent.includes(schema)) return [];
    const [type] = (schema.shape.type as z.ZodMiniLiteral<string>).def.values;
    return [[type, schema] as const];
  });
  expect(known.map(([, type]) => type).sort()).toEqual(
    frames
      .map(([type]) => type)
      // Its arrival is all that matters.
      .filter((type) => type !== 'pong')
      .sort(),
  );
  for (const [, type, fields = ''] of known) {
    const shape = frames.find(([name]) => name === type)?.[1].shape ?? {};
    for (const key of keysIn(fields)) expect(Object.keys(shape), type).toContain(key);
    if (!['error', 'changed'].includes(type ?? '')) expect(keysIn(fields), type).toContain('chatId');
  }
});

test('a chat of the list is compared with all numbers of GET /chats/unread', () => {
  const [compared = ''] = matches(read(`${source}/inbox/listed_chat.dart`), /bool agreesWith\(.*?\) =>(.*?);/gs);
  const fields = new Set(matches(compared, /head\.(\w+)/g));
  // The list shows how much is unread, not from where on.
  expect([...fields, 'chatId', 'readSeq'].sort()).toEqual(Object.keys(unreadChat.shape).sort());
});

test('the client says less often that its user is writing than the backend allows', () => {
  const [seconds = ''] = matches(read(`${source}/times.dart`), /const writing = Duration\(seconds: (\d+)\)/g);
  expect(typing.allow).toBe(1);
  expect(Number(seconds)).toBeGreaterThan(typing.within);
});

test('the cursor over changes is sent and read in fields of the contract', () => {
  const cursor = read(`${source}/realtime/change_cursor.dart`);
  const [request = ''] = matches(cursor, /Json get request => \{(.*?)\};/gs);
  const [after = ''] = matches(read(`${source}/realtime/syncs.dart`), /\{'type': 'sync', (.*?)\}/g);
  const { type, ...asked } = syncFrame.shape;
  expect(type.safeParse('sync').success).toBe(true);
  expect(after).toContain('..._reader.changes.request');
  expect([...keysIn(after), ...keysIn(request)].sort()).toEqual(Object.keys(asked).sort());
  const frames = read(`${source}/inbox/frames.dart`);
  const [synced = ''] = matches(frames, /SyncedFrame\(super\.chatId, this\.seq, Json json\)(.*?);/gs);
  const { chatId, epoch, ...answered } = syncedFrame.shape;
  expect(['type', 'seq', ...matches(synced, /json\['(\w+)'\]/g)].sort()).toEqual(Object.keys(answered).sort());
  const [rev = ''] = matches(frames, /frame\['(\w+)'\] as int\?/g);
  expect(Object.keys(changedFrame.shape)).toContain(rev);
});

test('a draft has the fields of the contract, and both ways of sending use all of them', () => {
  const text = read(`${source}/realtime/message_draft.dart`);
  const [common = ''] = matches(text, /Json get _text => \{(.*?)\};/gs);
  const [sent = ''] = matches(text, /toFrame\(\) => \{(.*?)\};/gs);
  const [stored = ''] = matches(text, /toJson\(\) => \{(.*?)\};/gs);
  for (const form of [sent, stored]) expect(form).toMatch(/^\.\.\._text, /);
  const fields = [...keysIn(common), ...keysIn(sent), 'clientId'].sort();
  expect(fields).toEqual(Object.keys(draft.shape).sort());
  expect(matches(text, /json\['(\w+)'\]/g).sort()).toEqual([...keysIn(common), ...keysIn(stored)].sort());
  const [frame = ''] = matches(read(`${source}/realtime/chat_realtime.dart`), /\{'type': 'message', (.*?)\}\)/g);
  expect(frame).toBe("'chatId': chatId, ...draft.toFrame(), 'clientId': clientId");
  const [call = ''] = matches(read(`${source}/realtime/closed_chat.dart`), /_api\.sendMessage\((.*?)\);/gs);
  expect(matches(call, /(\w+): /g).sort()).toEqual(fields);
});

test('no future waits for itself', () => {
  // `remove` answers with the future whose end it is called at.
  expect(dart).not.toMatch(/whenComplete\(\(\) => [^;]*\.remove\(/);
});

test('a quote that is made of a message has all fields', () => {
  const [json = ''] = matches(read(`${source}/realtime/reader.dart`), /Quote\.fromJson\(\{(.*?)\}\)/gs);
  expect(keysIn(json)).toEqual(Object.keys(quote.shape));
});

test('a refusal is read from the fields of an error frame', () => {
  const refusal = read(`${source}/rest/refusal.dart`);
  const [, frame = ''] = /Refusal\.fromJson\(Json json\) : (.*?);/s.exec(refusal) ?? [];
  const fields = matches(frame, /json\['(\w+)'\]/g);
  expect(fields).toEqual(['code', 'message', 'errors', 'retryAfter']);
  for (const field of fields) expect(Object.keys(errorFrame.shape)).toContain(field);
  const [, error = ''] = /FieldError\.fromJson\(Json json\)(.*?);/s.exec(refusal) ?? [];
  expect(matches(error, /json\['(\w+)'\]/g).sort()).toEqual(Object.keys(fieldError.shape).sort());
});

test('a stored message keeps why it was refused', () => {
  const [field = '', refusal = ''] = matches(read(`${source}/rest/refusal.dart`), /toJson\(\) => \{(.*?)\};/gs);
  expect(keysIn(field).sort()).toEqual(Object.keys(fieldError.shape).sort());
  expect(keysIn(refusal)).toEqual(['code', 'message', 'errors']);
  const outbox = read(`${source}/realtime/outbox.dart`);
  expect(outbox).toContain('...?refusal?.toJson()');
  expect(outbox).toContain('Refusal.fromJson(json)');
});

test('what is stored of an unsent message is what is restored', () => {
  const [message = ''] = matches(read(`${source}/realtime/outbox.dart`), /toJson\(\) => \{(.*?)\};/gs);
  const restored = matches(read(`${source}/realtime/outbox.dart`), /json\['(\w+)'\] as/g);
  expect(keysIn(message)).toEqual(restored);
  expect(restored).toEqual(['clientId', 'writtenAt']);
  expect(message).toContain('...draft.toJson()');
  expect(read(`${source}/realtime/outbox.dart`)).toContain('draft = MessageDraft.fromJson(json)');
  const unsent = read(`${source}/realtime/unsent.dart`);
  const stored = keysIn(unsent).sort();
  expect(stored).toEqual(['chatId', 'drafts', 'messages']);
  expect(matches(unsent, /json\['(\w+)'\]/g).sort()).toEqual(stored);
});

test('the interceptor reads what the client noted in a request', () => {
  const rest = ['api_client', 'session_interceptor'].map((file) => code(`${source}/rest/${file}.dart`)).join('\n');
  const written = [...matches(rest, /extra\['(\w+)'\] = /g), ...matches(rest, /extra: \{'(\w+)':/g)];
  expect(written.sort()).toEqual(['repeated', 'token', 'userId']);
  expect(matches(rest, /extra\['(\w+)'\](?! = )/g).sort()).toEqual(written);
});

test('the end of a session reaches the caller, although Dio wraps it into an error without an answer', () => {
  const rest = files.filter((file) => file.includes('/rest/')).map(code);
  expect(rest.filter((text) => text.includes('error: ApiProblem.signedOut()')).length).toBe(1);
  const [unwrap = ''] = matches(code(`${source}/rest/api_problem.dart`), /ApiProblem\? of\(.*?\{\s*(.*?);/gs);
  expect(unwrap).toBe('if (error.error case final ApiProblem problem) return problem');
  const title = matches(code(`${source}/rest/api_problem.dart`), /'code': 'session_ended', 'title': '(.*?)'/g);
  expect(title).toEqual([problems.session_ended.title]);
});

test.each([...files, 'flutter.md'])('%s has no statement without an effect', (file) => {
  const statements = matches(code(file), /^ +([a-z][\w.]*);/gm);
  expect(statements.filter((text) => !['break', 'continue', 'rethrow', 'return'].includes(text))).toEqual([]);
});

test('the code of the guide is taken from the example', () => {
  const withoutIndent = (text: string) => text.replace(/^ +/gm, '');
  const example = files.filter((file) => file.startsWith('flutter/example/')).map((file) => withoutIndent(read(file)));
  const code = matches(read('flutter.md'), /^```dart\n(.*?)^```/gms);
  expect(code.length).toBeGreaterThan(3);
  for (const block of code)
    expect(
      example.some((file) => file.includes(withoutIndent(block))),
      block,
    ).toBe(true);
});
