import 'dart:io';

import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/fake_backend.dart';

void main() {
  late FakeBackend backend;
  late Directory folder;
  late Uploader uploader;
  final file = LocalFile(
    key: 'sea.jpg',
    name: 'sea.jpg',
    mimeType: 'image/jpeg',
    size: 5,
    thumbnail: LocalThumbnail(size: 2, width: 1, height: 1),
  );

  setUp(() async {
    backend = await FakeBackend.start();
    folder = await Directory.systemTemp.createTemp();
    uploader = Uploader(await backend.signIn(), folder.path);
    await File('${folder.path}/${file.key}').writeAsString('photo');
    await File('${folder.path}/${file.thumbnailKey}').writeAsString('th');
    Json upload(String name) => {
      'url': 'http://bucket.test/$name',
      'headers': {'content-type': 'image/jpeg', 'if-none-match': '*'},
      'expiresIn': 300,
    };
    backend.routes['POST /files'] = (received) => ok({
      'file': {...received.json, 'id': 'file-1', 'expiresIn': 86400}..remove('thumbnail'),
      'upload': upload('photo'),
      'thumbnailUpload': upload('thumbnail'),
    });
    backend.routes['PUT /photo'] = (_) => ok();
    backend.routes['PUT /thumbnail'] = (_) => ok();
  });
  tearDown(() async {
    await backend.stop();
    await folder.delete(recursive: true);
  });

  Future<String> upload({bool Function()? isWanted, void Function(int bytes)? onSent}) =>
      uploader.upload(file, purpose: 'message', onSent: onSent ?? (_) {}, isWanted: isWanted ?? () => true);

  test('uploads the thumbnail and the file without a token', () async {
    final sent = <int>[];
    expect(await upload(onSent: sent.add), 'file-1');
    final names = [for (final request in backend.requests) request.name];
    expect(names.skip(1), ['POST /files', 'PUT /thumbnail', 'PUT /photo']);
    expect(String.fromCharCodes(backend.requests.last.bytes), 'photo');
    expect(backend.requests.last.token, isNull);
    expect(sent.last, 7);
  });

  test('takes 412 for success: an earlier try has stored the file', () async {
    backend.routes['PUT /photo'] = (_) => refusal(412);
    expect(await upload(), 'file-1');
  });

  test('asks where to upload again after a refusal of S3', () async {
    backend.routes['PUT /photo'] = (_) => refusal(403);
    await expectLater(upload(), throwsA(isA<Exception>()));
    backend.routes['PUT /photo'] = (_) => ok();
    await upload();
    expect(backend.named('POST /files'), hasLength(2));
  });

  test('ends when the message is not wanted any more', () async {
    await expectLater(upload(isWanted: () => false), throwsA(isA<Exception>()));
    expect(backend.named('PUT /photo'), isEmpty);
  });

  test('a file that is gone from the device is named', () async {
    await File('${folder.path}/${file.key}').delete();
    await expectLater(upload(), throwsA(isA<FileSystemException>()));
  });
}
