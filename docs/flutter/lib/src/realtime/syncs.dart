import 'dart:async';

import '../rest/json.dart';
import '../rest/models.dart';
import 'frames.dart';
import 'gap.dart';
import 'reader.dart';
import 'times.dart';

/// Asks on the socket for missed messages and changes: after it has opened, and once live while some are missing.
class Syncs {
  Syncs(
    this._reader, {
    required this.isLive,
    required this.ask,
    required this.onSynced,
    required this.onFailed,
    required this.onReset,
  });

  final Reader _reader;

  /// Whether the first answer is complete.
  final bool Function() isLive;
  final void Function(Json frame) ask;

  /// An answer is complete.
  final void Function() onSynced;

  /// There will be no answer.
  final void Function() onFailed;

  /// The list must begin with the newest page.
  final void Function() onReset;

  late final _gaps = [
    Gap(() => _reader.behind, request, Times.gap),
    Gap(() => _reader.changes.behind, request, Times.changes),
  ];

  /// Runs while a `sync` has no answer.
  Timer? _timer;

  /// One at a time, or the parts of two answers would be taken for those of one.
  void request() {
    if (_timer != null) return;
    ask({'type': 'sync', 'after': _reader.cursor, ..._reader.changes.request});
    // Other frames must not keep a connection waiting for a `synced` that was lost.
    _timer = Timer(Times.sync, failed);
  }

  void synced(SyncedFrame frame) {
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
  void failed() {
    _end();
    _reader.changes.interrupted();
    onFailed();
  }

  /// The list of chats says how many changes there are, and which table the numbers come from.
  void hear(Chat chat) {
    if (!isLive()) return;
    if (chat.epoch != _reader.changes.epoch) {
      _reader.changes.forget();
      return onReset();
    }
    _reader.changes.hear(chat.lastRev);
    look();
  }

  /// The reader has changed.
  void look() {
    if (!isLive()) return;
    for (final gap in _gaps) {
      gap.look();
    }
  }

  /// The socket is gone.
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
