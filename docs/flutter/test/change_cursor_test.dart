import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/src/inbox/frames.dart';
import 'package:group_chat_client/src/realtime/change_cursor.dart';

SyncedFrame synced({int? rev, int? head, int? next, bool reset = false}) =>
    SyncedFrame('chat', 0, {'rev': ?rev, 'head': ?head, 'next': ?next, 'reset': reset});

void main() {
  late ChangeCursor cursor;

  setUp(() => cursor = ChangeCursor()..begin(5, 'table'));

  test('begins with the newest page', () {
    expect(cursor.request, {'rev': 5, 'epoch': 'table'});
    expect(cursor.behind, isFalse);
  });

  test('advances over live changes without a gap', () {
    cursor
      ..live(6)
      ..live(7);
    expect(cursor.request['rev'], 7);
    expect(cursor.behind, isFalse);
  });

  test('stays before a gap, and jumps over it once it is filled', () {
    cursor.live(7);
    expect(cursor.request['rev'], 5);
    expect(cursor.behind, isTrue);
    cursor.live(6);
    expect(cursor.request['rev'], 7);
  });

  test('hears of changes that have not come', () {
    cursor.hear(9);
    expect(cursor.behind, isTrue);
    cursor.synced(synced(rev: 9, head: 9));
    expect(cursor.behind, isFalse);
  });

  test('an answer in parts counts when its last part is there', () {
    cursor.synced(synced(rev: 9, head: 9, next: 7));
    expect(cursor.request['rev'], 7);
    cursor.interrupted();
    expect(cursor.request['rev'], 5);
    cursor
      ..synced(synced(rev: 9, head: 9, next: 7))
      ..synced(synced(rev: 11, head: 11));
    // The first part says how far the whole answer goes.
    expect(cursor.request['rev'], 9);
    expect(cursor.behind, isTrue);
  });

  test('a reset asks for the newest page', () {
    cursor.synced(synced(reset: true));
    expect(cursor.epoch, isNull);
  });

  test('an old change does not move the cursor back', () {
    cursor.live(3);
    expect(cursor.request['rev'], 5);
  });
}
