import 'dart:collection';

import '../rest/models.dart';
import 'change_cursor.dart';

/// The messages of a chat by number, each in its newest known state. They may arrive in any order and more than once.
/// The list is complete in the end if the client asks for everything after [cursor] when it connects, and retries while
/// it is [behind].
class Reader {
  /// The newest known state of each message, also of those that are not in the list, such as pinned ones.
  final _states = <int, Message>{};

  /// The newest known quote of each message that was quoted or has changed.
  final _quotes = <int, Quote>{};
  final _listed = SplayTreeSet<int>();
  final _ids = <String>{};

  /// Which changes of the messages are here.
  final changes = ChangeCursor();

  /// No message up to this number is missing.
  int get cursor => _cursor;
  int _cursor = 0;

  /// Adds a message to the list.
  void receive(Message message) {
    learn(message);
    _listed.add(message.seq);
    _advance();
  }

  /// Takes a message that has changed. It may come before the message itself. One that is older than the list is only
  /// learned, because the list has no gaps.
  void changed(Message message) => _isOlder(message) ? learn(message) : receive(message);

  /// Takes the state of a message, unless a newer one is known. So a late frame or an old quote never brings a deleted
  /// text back. The same state may come with newer URLs of its files.
  void learn(Message message) {
    _ids.add(message.id);
    final known = _states[message.seq];
    if (known == null || !_isNewer(_versionOf(known), _versionOf(message))) _states[message.seq] = message;
    if (message.version != null) _learnQuote(_quoteFrom(message));
    final quote = message.replyTo;
    if (quote != null) _learnQuote(quote);
  }

  /// Takes the number of the `synced` frame, which ends the answer to a `sync`.
  void synced(int seq) {
    if (seq > _cursor) _cursor = seq;
    _advance();
  }

  /// Begins anew: the client has missed too much, or the backend has other messages.
  void forget() {
    _states.clear();
    _quotes.clear();
    _listed.clear();
    _ids.clear();
    _cursor = 0;
  }

  /// Whether there is a gap before the newest message.
  bool get behind => _listed.isNotEmpty && _listed.last > _cursor;

  bool has(String id) => _ids.contains(id);

  /// The list, in order of the numbers.
  List<Message> get messages => [for (final seq in _listed) _states[seq]!];

  /// The pinned messages that are known, the newest first.
  List<Message> get pinned =>
      _states.values.where((message) => message.pinned == true).toList()..sort((a, b) => b.seq.compareTo(a.seq));

  /// The message with this id, if it is known.
  Message? find(String? id) => _states.values.where((message) => message.id == id).firstOrNull;

  /// The newest known state of a message.
  Message stateOf(Message message) => _states[message.seq] ?? message;

  /// The message that this one replies to, in its newest known state. Null if it is no reply.
  Quote? quoteOf(Message message) {
    final quote = message.replyTo;
    return quote == null ? null : _quotes[quote.seq] ?? quote;
  }

  void _advance() {
    while (_listed.contains(_cursor + 1)) {
      _cursor++;
    }
  }

  bool _isOlder(Message message) => _listed.isNotEmpty && message.seq < _listed.first;

  void _learnQuote(Quote quote) {
    final known = _quotes[quote.seq];
    if (known == null || _isNewer(_versionOfQuote(quote), _versionOfQuote(known))) _quotes[quote.seq] = quote;
  }

  static Quote _quoteFrom(Message message) => Quote.fromJson({
    'messageId': message.id,
    'seq': message.seq,
    'version': message.version ?? 0,
    'userId': message.userId,
    'userName': message.userName,
    'content': message.content,
    'type': message.type,
    'deletedAt': ?message.deletedAt?.toIso8601String(),
  });
}

typedef _Version = ({int number, bool deleted});

_Version _versionOf(Message message) => (number: message.version ?? 0, deleted: message.deletedAt != null);

_Version _versionOfQuote(Quote quote) => (number: quote.version, deleted: quote.deletedAt != null);

/// A deleted message stays deleted, whatever the versions are.
bool _isNewer(_Version version, _Version known) =>
    version.deleted == known.deleted ? version.number > known.number : version.deleted;
