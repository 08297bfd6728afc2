import 'dart:collection';

import 'models.dart';

/// What a client does with the messages of a chat, without the connection. Whatever comes, in whatever order and however
/// often, the list is right in the end, if the client asks for what came after [cursor] whenever it has connected, and
/// while it is [behind], after longer and longer waits.
class Reader {
  final _bySeq = SplayTreeMap<int, Message>();
  final _ids = <String>{};

  /// Up to here nothing is missing.
  int get cursor => _cursor;
  int _cursor = 0;

  /// Takes a message; one that it has already is dropped.
  void receive(Message message) {
    if (_bySeq.containsKey(message.seq)) return;
    _bySeq[message.seq] = message;
    _ids.add(message.id);
    _advance();
  }

  /// Takes the `synced` frame that ends an answer.
  void synced(int seq) {
    if (seq > _cursor) _cursor = seq;
    _advance();
  }

  void _advance() {
    while (_bySeq.containsKey(_cursor + 1)) {
      _cursor++;
    }
  }

  /// Something is there that does not follow on what it has: ask again.
  bool get behind => (_bySeq.lastKey() ?? 0) > _cursor;

  bool has(String id) => _ids.contains(id);

  /// What the user sees, in order.
  List<Message> get messages => _bySeq.values.toList();
}
