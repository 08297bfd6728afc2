import 'dart:io';
import 'dart:typed_data';

import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_files/src/download.dart';
import 'package:group_chat_files/src/mp4_metadata.dart';
import 'package:group_chat_files/src/waveform.dart';

/// A box of an MP4 file.
List<int> box(String type, List<int> content) {
  final size = ByteData(4)..setUint32(0, content.length + 8);
  return [...size.buffer.asUint8List(), ...type.codeUnits, ...content];
}

void main() {
  test('a waveform has at most a hundred values, of which each is the loudest of its part', () {
    expect(waveformOf([]), [0]);
    expect(waveformOf([-50, -25, 0, -160]), [0, 50, 100, 0]);
    final long = waveformOf([for (var level = 0; level < 1000; level++) level == 555 ? 0 : -50]);
    expect(long, hasLength(100));
    expect(long.where((value) => value == 100), hasLength(1));
  });

  test('a downloaded file stays in its folder, whatever its sender has called it', () {
    expect(nameOnDevice('Отчёт за май.pdf'), 'Отчёт за май.pdf');
    expect(nameOnDevice('../../shared_prefs/a.xml'), '__.._shared_prefs_a.xml');
    expect(nameOnDevice('..'), '_');
    expect(nameOnDevice('${'ё' * 200}.pdf'), allOf(hasLength(80), endsWith('.pdf')));
  });

  group('an MP4 file', () {
    late Directory folder;
    late File file;

    setUp(() async {
      folder = await Directory.systemTemp.createTemp();
      file = File('${folder.path}/film.mp4');
    });
    tearDown(() => folder.delete(recursive: true));

    test('loses its position and keeps its film, byte for byte', () async {
      final place = box('udta', 'Moscow'.codeUnits);
      final film = box('mdat', 'film'.codeUnits);
      final head = box('moov', [...box('trak', place), ...place]);
      await file.writeAsBytes([...head, ...film]);
      await eraseMp4Metadata(file);
      final bytes = await file.readAsBytes();
      expect(bytes, hasLength(head.length + film.length));
      expect(String.fromCharCodes(bytes), isNot(contains('Moscow')));
      expect(String.fromCharCodes(bytes), isNot(contains('udta')));
      expect(bytes.sublist(head.length), film);
    });

    test('of another kind stays as it is', () async {
      await file.writeAsString('not a film at all');
      await eraseMp4Metadata(file);
      expect(await file.readAsString(), 'not a film at all');
    });
  });
}
