import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/messages.dart';

void main() {
  late Reader reader;

  setUp(() => reader = Reader());

  List<String> contents() => [for (final message in reader.messages) message.content];

  test('has each message once and in order, however they arrive', () {
    for (final seq in [2, 1, 3, 2]) {
      reader.receive(message(seq, content: '$seq'));
    }
    expect(contents(), ['1', '2', '3']);
    expect(reader.cursor, 3);
    expect(reader.behind, isFalse);
  });

  test('knows that a message is missing', () {
    reader
      ..receive(message(1))
      ..receive(message(3));
    expect((reader.cursor, reader.behind), (1, true));
    reader.receive(message(2));
    expect((reader.cursor, reader.behind), (3, false));
  });

  test('a number that stayed unused is not missing', () {
    reader
      ..receive(message(1))
      ..receive(message(3))
      ..synced(3);
    expect((reader.cursor, reader.behind), (3, false));
  });

  test('shows the newest version, whatever arrives last', () {
    reader
      ..receive(message(1, content: 'second', version: 2))
      ..changed(message(1, content: 'first', version: 1));
    expect(contents(), ['second']);
  });

  test('a deleted message stays deleted', () {
    reader
      ..receive(message(1, version: 1, more: {'deletedAt': '2026-01-05T12:00:00.000Z'}))
      ..changed(message(1, content: 'text', version: 2));
    expect(reader.messages.single.deletedAt, isNotNull);
  });

  test('an older message that has changed does not join the list', () {
    reader
      ..synced(9)
      ..receive(message(10))
      ..changed(message(4, content: 'edited', version: 1));
    expect(reader.messages, hasLength(1));
    expect(reader.stateOf(message(4)).content, 'edited');
  });

  test('a quote follows its original', () {
    final quote = {
      'messageId': 'chat-1',
      'seq': 1,
      'version': 0,
      'userId': 'boris',
      'userName': 'boris',
      'content': 'before',
      'type': 'text',
    };
    final reply = message(2, more: {'replyTo': quote});
    reader.receive(reply);
    expect(reader.quoteOf(reply)?.content, 'before');
    reader.changed(message(1, content: 'after', version: 1));
    expect(reader.quoteOf(reply)?.content, 'after');
  });

  test('lists pinned messages, the newest first', () {
    for (final seq in [1, 2, 3]) {
      reader.receive(message(seq, more: {'pinned': seq != 2}));
    }
    expect([for (final message in reader.pinned) message.seq], [3, 1]);
  });
}
