import { expect, test } from 'vitest';
import { attachment, fileDescription } from '#shared/contract/files/attachment.ts';
import { createFile, filePurpose, thumbnail } from '#shared/contract/files/create-file.ts';
import { kindOf, maxThumbnailBytes, mimeTypes, pictureTypes, thumbnailType } from '#shared/contract/files/types.ts';
import { fieldRules } from '#shared/contract/problem.ts';
import { beginsAs } from '#shared/files/magic-bytes.ts';
import { filesOf, read } from './dart.ts';

/** The Dart code for files, in docs/flutter/lib/src/files and docs/flutter/files, agrees with the contract. */

const code = (file: string) => read(file).replace(/\/\/.*/g, '');
const matches = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, match = '']) => match);
const client = 'flutter/lib/src/files';
const folder = 'flutter/files';
const packageFiles = filesOf('.dart').filter((file) => file.startsWith(`${folder}/lib/`));
const all = packageFiles.map(code).join('\n');
const readme = read(`${folder}/README.md`);
const snippets = matches(readme, /^ *```dart\n(.*?)^ *```/gms).join('\n');

const described = Object.keys(fileDescription);
const keysIn = (json: string) => matches(json, /'(\w+)':/g);

test('a file on the device has the fields that the contract describes, and is restored as it was stored', () => {
  const text = code(`${client}/local_file.dart`);
  const [stored = ''] = matches(text, /toJson\(\) => \{(.*?)\};/gs);
  expect(keysIn(stored).sort()).toEqual([...described, 'key', 'id', 'thumbnail'].sort());
  expect([...new Set(matches(text, /json\['(\w+)'\]/g))].sort()).toEqual(keysIn(stored).sort());
  const [small = ''] = matches(code(`${client}/local_thumbnail.dart`), /toJson\(\) => \{(.*?)\};/gs);
  expect(keysIn(small)).toEqual(Object.keys(thumbnail.shape));
});

test('an upload announces all fields of the contract', () => {
  const uploader = code(`${client}/uploader.dart`);
  const [call = ''] = matches(uploader, /_api\.createFile\((.*?)\n {4}\);/gs);
  expect(matches(call, /^ +(\w+): /gm).sort()).toEqual(Object.keys(createFile.body?.shape ?? {}).sort());
  const purposes = matches(`${code(`${client}/uploads.dart`)}\n${all}`, /purpose: '(\w+)'/g);
  expect(purposes.sort()).toEqual([...filePurpose.options].sort());
});

test('an upload sends its exact length, and a repeated one counts as done', () => {
  const uploader = code(`${client}/uploader.dart`);
  expect(uploader).toContain('headers: {...upload.headers, Headers.contentLengthHeader: size}');
  expect(uploader).toMatch(/validateStatus: _isStored/);
  expect(uploader).toContain('status ~/ 100 == 2 || status == 412');
});

test('the types of files are those of the contract', () => {
  const text = code(`${client}/file_types.dart`).replaceAll(
    '$_office',
    'application/vnd.openxmlformats-officedocument',
  );
  const [types = ''] = matches(text, /const fileTypes = \{(.*?)\};/gs);
  expect([...new Set(matches(types, /: '(.*?)'/g))].sort()).toEqual([...mimeTypes].sort());
  const [avatars = ''] = matches(text, /const avatarTypes = \{(.*?)\};/gs);
  expect(matches(avatars, /'(.*?)'/g).sort()).toEqual([...pictureTypes].sort());
});

test('the backend accepts a film of an iPhone as the type that the client gives it', () => {
  expect(code(`${client}/file_types.dart`)).toContain("'mov': 'video/mp4'");
  expect(beginsAs('video/mp4', Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  wide', 'latin1'))).toBe(true);
});

test('the kinds of attachments follow from their types', () => {
  const kind = code(`${client}/attachment_kind.dart`);
  for (const [prefix, name] of [
    ['image/', 'image'],
    ['video/', 'video'],
    ['audio/', 'audio'],
  ] as const) {
    expect(kind).toContain(`mimeType.startsWith('${prefix}')`);
    expect(mimeTypes.filter((type) => type.startsWith(prefix))).toEqual(
      mimeTypes.filter((type) => kindOf(type) === name),
    );
  }
});

test('thumbnails are JPEGs of at most as many bytes as the contract allows', () => {
  const picture = code(`${folder}/lib/src/picture.dart`);
  expect(matches(picture, /_maxThumbnailBytes = (\d+)/g)).toEqual([String(maxThumbnailBytes)]);
  const [call = ''] = matches(picture, /compressWithList\((.*?)\);/gs);
  // The plugin's default.
  expect(call).not.toContain('format:');
  expect(thumbnailType).toBe('image/jpeg');
});

test('a waveform has at most as many values as the contract allows', () => {
  const [values = ''] = matches(code(`${folder}/lib/src/waveform.dart`), /_maxValues = (\d+)/g);
  const { waveform } = fileDescription;
  expect(waveform.safeParse(Array.from({ length: Number(values) }, () => 100)).success).toBe(true);
  expect(waveform.safeParse(Array.from({ length: Number(values) + 1 }, () => 100)).success).toBe(false);
});

test('the client keeps the metadata of no picture, film or sound', () => {
  expect(all).not.toContain('keepExif: true');
  expect(matches(all, /(LocalFile\()/g)).toHaveLength(4);
  const choice = code(`${folder}/lib/src/file_choice.dart`);
  expect(choice).toContain("if (type.startsWith('image/')) return preparePicture(");
  expect(choice).toContain("if (type.endsWith('/mp4')) await eraseMp4Metadata(file);");
  expect(mimeTypes.filter((type) => type.endsWith('/mp4'))).toEqual(['video/mp4', 'audio/mp4']);
});

test('a name that its sender has chosen leads nowhere else on the device', () => {
  const download = code(`${folder}/lib/src/download.dart`);
  expect(download).toMatch(/File\('[^']*\/\$id\/\$\{nameOnDevice\(name\)\}'\)/);
  const [pattern = ''] = matches(download, /RegExp\(r'(.*?)'\)/g);
  const stored = (name: string) => name.replace(new RegExp(pattern, 'g'), '_');
  expect(stored('Report.v2.pdf')).toBe('Report.v2.pdf');
  for (const name of ['../../shared_prefs/a.xml', '/a', '..', '.', 'a/../b', 'a\\b'])
    expect(stored(name)).toMatch(/^(?!\.{1,2}$)[^/\\]+$/);
});

test('flutter_chat_ui gets all fields of an attachment', () => {
  const [json = ''] = matches(code('flutter/flutter_chat/lib/src/messages.dart'), /Json _file\(.*?\) => \{(.*?)\};/gs);
  expect(keysIn(json).sort()).toEqual(Object.keys(attachment.shape).sort());
});

test('a file that is not on the device any more is refused as the backend refuses one', () => {
  const rules = matches(code(`${client}/uploads.dart`), /rule: '(\w+)'/g);
  expect(rules.length).toBe(1);
  for (const rule of rules) expect(fieldRules).toContain(rule);
});

test('the guide uses what the package has', () => {
  const members = { choice: 'file_choice', recorder: 'voice_recorder', folder: 'file_folder' };
  for (const [variable, file] of Object.entries(members)) {
    const used = matches(snippets, new RegExp(`\\b${variable}\\.(\\w+)`, 'g'));
    expect(used.length, variable).toBeGreaterThan(0);
    for (const name of used)
      expect(code(`${folder}/lib/src/${file}.dart`), name).toMatch(
        new RegExp(`^ {2}(?:static |final )*[\\w<>?]+ (?:get )?${name}\\b`, 'm'),
      );
  }
  for (const name of matches(snippets, /\b(AttachmentView|Avatar|chooseAvatar|choosePicture|WaveformBar)\(/g))
    expect(all).toMatch(new RegExp(`\\b${name}\\(`));
});

test('the code of the guide is taken from the example', () => {
  const withoutIndent = (text: string) => text.replace(/^ +/gm, '');
  const example = filesOf('.dart')
    .filter((file) => file.startsWith('flutter/example/'))
    .map((file) => withoutIndent(read(file)));
  const blocks = matches(readme, /^ *```dart\n(.*?)^ *```/gms).map(withoutIndent);
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks)
    expect(
      example.some((file) => file.includes(block)),
      block,
    ).toBe(true);
});

test('the library exports what the guide and the example use', () => {
  const exported = matches(read(`${folder}/lib/group_chat_files.dart`), /^export 'src\/(\w+)\.dart'/gm);
  const declared = exported.flatMap((file) =>
    matches(code(`${folder}/lib/src/${file}.dart`), /^(?:class|Future<\w+>) (\w+)/gm),
  );
  const inGuide = matches(snippets + readme, /\b(\w+)\(/g);
  const own = packageFiles.flatMap((file) => matches(code(file), /^(?:class|Future<\w+>) ([A-Za-z]\w*)/gm));
  const used = inGuide.filter((name) => own.includes(name));
  expect(used).toContain('WaveformBar');
  expect(declared).toEqual(expect.arrayContaining(used));
});

test('the versions of the guide are those of the package', () => {
  const pubspec = read(`${folder}/pubspec.yaml`);
  const [, table = ''] = /^\| package .*?\n\|---.*?\n(.*?)\n\n/ms.exec(readme) ?? [];
  const listed = table.split('\n').map((row) => {
    const [, name = '', minimum = ''] = row.split('|').map((cell) => cell.replaceAll('`', '').trim());
    return [name, minimum] as const;
  });
  const declared = Array.from(pubspec.matchAll(/^ {2}(\w+): \^([\d.]+)$/gm), ([, name, version]) => [name, version]);
  expect(listed).toEqual(declared.filter(([name]) => !['sdk', 'flutter_lints', 'dio'].includes(name ?? '')));
  expect(pubspec).toContain('flutter: ">=3.38.0"');
  expect(readme).toContain('It needs Flutter 3.38');
});
