import 'dart:async';

import 'package:flutter_test/flutter_test.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'support/fake_backend.dart';
import 'support/messages.dart';

void main() {
  const request = 'GET /chats/chat/search';
  late FakeBackend backend;
  late MessageSearch search;

  setUp(() async {
    backend = await FakeBackend.start();
    search = MessageSearch(await backend.signIn(), chatId: 'chat');
  });
  tearDown(() async {
    search.dispose();
    await backend.stop();
  });

  Answer page(List<int> seqs, {int? searchedTo}) =>
      ok({'messages': seqs.map(messageJson).toList(), 'searchedTo': ?searchedTo});

  List<int> found() => [for (final hit in search.hits) hit.seq];

  test('searches older messages from where the page before has ended', () async {
    backend.routes[request] = (received) => received.query['before'] == null ? page([9, 7], searchedTo: 5) : page([3]);
    await search.start(' sea ');
    expect((search.query, found(), search.searchedTo), ('sea', [9, 7], 5));
    await search.more();
    expect(found(), [9, 7, 3]);
    expect(search.searchedTo, isNull);
    expect(backend.named(request).last.query, containsPair('before', '5'));
  });

  test('drops the answer to the search before', () async {
    final slow = Completer<Answer>();
    backend.routes[request] = (received) => received.query['q'] == 'first' ? slow.future : page([2]);
    final first = search.start('first');
    await search.start('second');
    slow.complete(page([1]));
    await first;
    expect(found(), [2]);
    expect(search.isSearching, isFalse);
  });

  test('goes on by itself after too many requests', () async {
    var tries = 0;
    backend.routes[request] = (_) => ++tries == 1 ? refusal(429, 'too_many_requests', 1) : page([4]);
    await search.start('sea');
    expect(found(), [4]);
    expect(search.waitsUntil, isNotNull);
  });

  test('an empty query ends the search without a request', () async {
    await search.start('  ');
    expect(backend.named(request), isEmpty);
    expect(search.isSearching, isFalse);
  });
}
