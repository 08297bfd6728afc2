import 'chat_api.dart';
import 'models.dart';
import 'reader.dart';

/// What is read of a chat over REST.
class Pages {
  Pages(this._api, this._chatId, this._reader);

  final ChatApi _api;
  final String _chatId;
  final Reader _reader;

  /// Whether the newest page was read: later only what came after the cursor is asked for.
  bool _begun = false;

  /// Page by page what isn't there yet: at first the newest page, later everything after the cursor.
  Stream<List<Message>> missed() async* {
    if (!_begun) {
      yield await _newest();
      return;
    }
    for (var after = _reader.cursor;;) {
      final messages = await _api.listMessages(_chatId, after: after);
      yield messages;
      if (messages.length < ChatApi.pageSize) return;
      after = messages.last.seq;
    }
  }

  Future<List<Message>> _newest() async {
    final messages = await _api.listMessages(_chatId);
    // What is before this page is history that wasn't asked for, not missing.
    if (messages.isNotEmpty) _reader.synced(messages.first.seq - 1);
    _begun = true;
    return messages;
  }

  /// The page before what is there; `more` is false when nothing is before that.
  Future<({List<Message> messages, bool more})> older() async {
    final oldest = _reader.messages.firstOrNull;
    if (oldest == null || oldest.seq == 1) return (messages: const <Message>[], more: false);
    final messages = await _api.listMessages(_chatId, before: oldest.seq);
    return (messages: messages, more: messages.length == ChatApi.pageSize);
  }
}
