import '../rest/chat_api.dart';
import '../rest/models.dart';
import 'reader.dart';

/// The pages of a chat that are read over REST.
class Pages {
  Pages(this._api, this._chatId, this._reader);

  static const _size = 50;

  final ChatApi _api;
  final String _chatId;
  final Reader _reader;

  /// Whether the newest page was read. From then on only messages after the cursor are missing.
  bool _begun = false;
  bool _stopped = false;

  /// The chat was closed: reads no further page.
  void stop() => _stopped = true;

  /// The missing messages, page by page: first the newest page, later everything after the cursor.
  Stream<List<Message>> missed() async* {
    if (!_begun) {
      yield await _newest();
      return;
    }
    var after = _reader.cursor;
    while (!_stopped) {
      final messages = await _api.listMessages(_chatId, limit: _size, after: after);
      yield messages;
      if (messages.length < _size) return;
      after = messages.last.seq;
    }
  }

  Future<List<Message>> _newest() async {
    final messages = await _api.listMessages(_chatId, limit: _size);
    // Older messages are history that nobody asked for yet, not a gap.
    if (messages.isNotEmpty) _reader.synced(messages.first.seq - 1);
    _begun = true;
    return messages;
  }

  /// The page before the oldest message. `more` is false if nothing is before that page.
  Future<({List<Message> messages, bool more})> older() async {
    final oldest = _reader.messages.firstOrNull;
    if (oldest == null || oldest.seq == 1) return (messages: const <Message>[], more: false);
    final messages = await _api.listMessages(_chatId, limit: _size, before: oldest.seq);
    return (messages: messages, more: messages.length == _size);
  }
}
