import 'dart:async';

import '../inbox/frames.dart';
import '../rest/json.dart';
import '../rest/refusal.dart';
import '../times.dart';
import 'gap.dart';
import 'reader.dart';

/// Asks on the inbox for the missed messages and changes of a chat: when it is opened, after a reconnect, and once live
/// while some are missing.
class Syncs {
  Syncs(
    this._chatId,
    this._reader, {
    required this.isLive,
    required this.ask,
    required this.onSynced,
    required this.onFailed,
    required this.onReset,
  });

  final String _chatId;
  final Reader _reader;

  /// Whether the first answer is complete.
  final bool Function() isLive;
  final void Function(Json frame) ask;

  /// An answer is complete.
  final void Function() onSynced;

  /// There will be no answer. Null says that the backend has not even refused.
  final void Function(Refusal? refusal) onFailed;

  /// The list must begin with the newest page.
  final void Function() onReset;

  late final _gaps = [
    Gap(() => _reader.behind, request, Times.gap),
    Gap(() => _reader.changes.behind, request, Times.changes),
  ];

  /// Runs while a `sync` has no answer.
  Timer? _timer;
  bool get _isAsking => _timer != null;

  /// One at a time, or the parts of two answers would be taken for those of one.
  void request() {
    if (_isAsking) return;
    ask({'type': 'sync', 'chatId': _chatId, 'after': _reader.cursor, ..._reader.changes.request});
    // Other frames must not keep the chat waiting for a `synced` that was lost.
    _timer = Timer(Times.sync, failed);
  }

  void synced(SyncedFrame frame) {
    if (!_isAsking) return;
    _end();
    _reader.changes.synced(frame);
    if (frame.reset) return onReset();
    _reader.synced(frame.seq);
    if (frame.isLast) {
      onSynced();
    } else {
      request();
    }
    look();
  }

  /// The backend has refused, or has not answered for too long. Once live, a gap repeats the request.
  void failed([Refusal? refusal]) {
    if (!_isAsking) return;
    _end();
    _reader.changes.interrupted();
    onFailed(refusal);
  }

  /// The reader has changed.
  void look() {
    if (!isLive()) return;
    for (final gap in _gaps) {
      gap.look();
    }
  }

  /// The connection is gone.
  void stop() {
    _end();
    _reader.changes.interrupted();
    for (final gap in _gaps) {
      gap.stop();
    }
  }

  void _end() {
    _timer?.cancel();
    _timer = null;
  }
}
