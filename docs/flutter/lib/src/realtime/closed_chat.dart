import 'dart:async';

import '../files/uploads.dart';
import '../rest/api_problem.dart';
import '../rest/chat_api.dart';
import '../rest/refusal.dart';
import 'message_draft.dart';
import 'outbox.dart';
import 'sender.dart';

/// Sends over REST what the user wrote in a chat that is not open.
class ClosedChat {
  ClosedChat(this._api, this._chatId, this._userId, this._outbox, this._uploads);

  final ChatApi _api;
  final String _chatId;
  final String _userId;
  final Outbox _outbox;
  final Uploads _uploads;
  late final _sender = Sender(_outbox, post: _post, upload: (message) => _uploads.complete(message, _outbox));

  /// Whether a request is under way. The sender repeats a message that has no answer yet.
  bool _busy = false;

  void start() => _sender.transmit();

  void stop() => _sender.stop();

  bool _post(Outgoing message) {
    if (!_busy) unawaited(_send(message));
    return true;
  }

  Future<void> _send(Outgoing message) async {
    _busy = true;
    final refusal = await _refusalOf(message);
    _busy = false;
    if (refusal == null) {
      _sender.remove([message.clientId]);
    } else {
      _sender.refused(message.clientId, refusal);
    }
  }

  /// Why the message was not stored. Null if it was.
  Future<Refusal?> _refusalOf(Outgoing message) async {
    // The message must not become that of somebody who has signed in since.
    if (_api.session.user?.id != _userId) return const Refusal('unavailable');
    try {
      final Outgoing(:clientId, draft: MessageDraft(:content, :replyToId, :mentions, :everyone, :fileIds)) = message;
      await _api.sendMessage(
        _chatId,
        content: content,
        clientId: clientId,
        replyToId: replyToId,
        mentions: mentions,
        everyone: everyone,
        fileIds: fileIds,
      );
      return null;
    } on ApiProblem catch (problem) {
      return problem.ofMessage;
    } on Object {
      return const Refusal('unavailable');
    }
  }
}
