import 'dart:collection';

import '../rest/models.dart';

/// The messages of a chat by number. Messages may arrive in any order and more than once. The list is complete in the
/// end if the client asks for everything after [cursor] when it connects, and retries while it is [behind].
class Reader {
  final _bySeq = SplayTreeMap<int, Message>();
  final _ids = <String>{};

  /// No message up to this number is missing.
  int get cursor => _cursor;
  int _cursor = 0;

  /// Adds a message. Duplicates are dropped.
  void receive(Message message) {
    if (_bySeq.containsKey(message.seq)) return;
    _bySeq[message.seq] = message;
    _ids.add(message.id);
    _advance();
  }

  /// Takes the number of the `synced` frame, which ends the answer to a `sync`.
  void synced(int seq) {
    if (seq > _cursor) _cursor = seq;
    _advance();
  }

  void _advance() {
    while (_bySeq.containsKey(_cursor + 1)) {
      _cursor++;
    }
  }

  /// Whether there is a gap before the newest message.
  bool get behind => (_bySeq.lastKey() ?? 0) > _cursor;

  bool has(String id) => _ids.contains(id);

  /// In order of their numbers.
  List<Message> get messages => _bySeq.values.toList();
}
