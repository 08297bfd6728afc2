import 'dart:collection';

import 'models.dart';

/// What a client does with the messages of a chat, without the connection. Whatever comes, in whatever order and however
/// often, the list is right in the end, if the client asks for what came after [cursor] whenever it has connected, and
/// while it is [behind], after longer and longer waits.
class Reader {
  final _sorted = <Message>[];
  final _seqs = <int>{};
  final _ids = <String>{};

  /// Up to here nothing is missing.
  int get cursor => _cursor;
  int _cursor = 0;

  /// Takes a message; one that it has already is dropped.
  void receive(Message message) {
    if (!_seqs.add(message.seq)) return;
    _ids.add(message.id);
    // Looked for from the end: nearly always it is the newest.
    final before = _sorted.lastIndexWhere((other) => other.seq < message.seq);
    _sorted.insert(before + 1, message);
    _advance();
  }

  /// Takes the `synced` frame that ends an answer.
  void synced(int seq) {
    if (seq > _cursor) _cursor = seq;
    _advance();
  }

  /// Something is there that does not follow on what it has: ask again.
  bool get behind => (_sorted.lastOrNull?.seq ?? 0) > _cursor;

  bool has(String id) => _ids.contains(id);

  /// What the user sees, in order.
  late final List<Message> messages = UnmodifiableListView(_sorted);

  void _advance() {
    while (_seqs.contains(_cursor + 1)) {
      _cursor++;
    }
  }
}
