import '../rest/chat_api.dart';
import '../rest/models.dart';
import 'reader.dart';

/// The pages of a chat that are read over REST.
class Pages {
  Pages(this._api, this._chatId, this._reader, {required this.onMessages});

  static const _size = 50;

  final ChatApi _api;
  final String _chatId;
  final Reader _reader;

  /// Called when the reader has the messages of a page.
  final void Function(List<Message> messages) onMessages;

  /// How often the list has begun with the newest page.
  int _beginnings = 0;
  bool _hasOlder = true;
  bool _loadingOlder = false;
  bool _stopped = false;

  /// The chat was closed: reads no further page.
  void stop() => _stopped = true;

  /// Reads everything after the cursor. At first, after a reset, and if the numbers are those of another table, the
  /// list begins with the newest page instead.
  Future<void> missed() async {
    var after = _reader.cursor;
    while (_reader.changes.epoch != null && !_stopped) {
      final ListMessagesResponse(:messages, :epoch) = await _api.listMessages(_chatId, limit: _size, after: after);
      if (epoch != _reader.changes.epoch) break;
      _receive(messages);
      if (messages.length < _size) return;
      after = messages.last.seq;
    }
    if (!_stopped) await _newest();
  }

  Future<void> _newest() async {
    final ListMessagesResponse(:messages, :rev, :epoch) = await _api.listMessages(_chatId, limit: _size);
    _reader.forget();
    // Older messages are history that nobody asked for yet, not a gap.
    if (messages.isNotEmpty) _reader.synced(messages.first.seq - 1);
    _reader.changes.begin(rev, epoch);
    _beginnings++;
    _hasOlder = true;
    _receive(messages);
  }

  /// Reads the page before the oldest message, unless there is none or it is being read already.
  Future<void> older() async {
    final oldest = _reader.messages.firstOrNull;
    if (_loadingOlder || !_hasOlder || oldest == null || oldest.seq == 1) return;
    final beginning = _beginnings;
    _loadingOlder = true;
    try {
      final ListMessagesResponse(:messages) = await _api.listMessages(_chatId, limit: _size, before: oldest.seq);
      // The list has begun anew meanwhile.
      if (beginning != _beginnings) return;
      _hasOlder = messages.length == _size;
      _receive(messages);
    } on Exception {
      // No answer or a refusal. The connection reports the same.
    } finally {
      _loadingOlder = false;
    }
  }

  /// The messages around a number, which the list may not have.
  Future<List<Message>> around(int seq) async {
    final ListMessagesResponse(:messages) = await _api.listMessages(_chatId, limit: _size, around: seq);
    messages.forEach(_reader.learn);
    return messages;
  }

  /// Reads the pinned messages.
  Future<void> pinned() async {
    (await _api.listPins(_chatId)).forEach(_reader.learn);
    onMessages(const []);
  }

  void _receive(List<Message> messages) {
    if (_stopped) return;
    messages.forEach(_reader.receive);
    onMessages(messages);
  }
}
